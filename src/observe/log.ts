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
  'evidence',
  '*.justification',
  '*.evidence',
  'text',
  '*.text',
];

/**
 * Writes structured lines to standard output. Tokens and texts by people are removed wherever they occur, errors are reduced to their
 * cause, and each line has the id of its work.
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
