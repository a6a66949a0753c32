import type { LogLevel } from './config.ts';
import { currentCorrelation } from './core/correlation.ts';
import { faultOf } from './core/fault-of.ts';
import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

const secrets = [
  'authorization',
  '*.authorization',
  'password',
  '*.password',
  'token',
  '*.token',
  'justification',
  '*.justification',
  'text',
  '*.text',
];

/** One id in all lines that follow from one request. */
const correlated = (): object => {
  const correlation = currentCorrelation();
  return correlation === undefined ? {} : { correlation };
};

/** Structured lines on standard output; tokens and words of people are cut out wherever somebody puts them, and errors are cut to their cause. */
export const createLog = (level: LogLevel, destination?: DestinationStream): Log =>
  pino(
    { level, redact: { paths: secrets, censor: '[cut]' }, serializers: { err: faultOf }, mixin: correlated },
    destination,
  );
