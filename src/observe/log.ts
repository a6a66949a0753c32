import type { LogLevel } from '../config.ts';
import { faultOf } from '../core/fault-of.ts';
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

/**
 * Structured lines on standard output; tokens and words of people are cut out wherever somebody puts them, errors are cut to their cause, and
 * each line carries the id of the work that it belongs to.
 */
export const createLog = (
  level: LogLevel,
  destination?: DestinationStream,
  correlationId: () => string | undefined = () => undefined,
): Log => {
  const mixin = (): object => {
    const correlation = correlationId();
    return correlation === undefined ? {} : { correlation };
  };
  return pino(
    { level, mixin, redact: { paths: secrets, censor: '[cut]' }, serializers: { err: faultOf } },
    destination,
  );
};
