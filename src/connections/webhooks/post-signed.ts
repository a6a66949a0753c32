import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { DeliveryResult } from '../../core/connection/connection.ts';
import { waitIn } from '../../core/retry-after.ts';
import type { CloudEvent } from './cloud-event.ts';
import { guardedLookup, RefusedAddress, type Resolve } from './guarded-lookup.ts';
import { whyNotThere, type PrivateReceivers } from './receiver-address.ts';
import { signatureHeaders } from './sign.ts';

export type Receiver = {
  readonly url: URL;
  readonly secrets: readonly Buffer[];
  readonly privateReceivers: PrivateReceivers;
};

export type Outside = {
  readonly resolve: Resolve;
  /** The time of the machine: receivers refuse signatures that are some minutes old. */
  readonly machineTime: () => Date;
  readonly timeoutMs: number;
};

/** More of an answer is not taken. Nothing of it is read, kept or shown. */
const longestAnswer = 64 * 1024;

/** The outcome that a receiver's status means. */
const meaningOf = (status: number, retryAfter: string | undefined, now: number): DeliveryResult => {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status === 410) return { kind: 'off', reason: 'The receiver wants nothing any more (410).' };
  if (status >= 300 && status < 400)
    return {
      kind: 'retry',
      reason: `The receiver redirects (${status}), which is never followed: write the final address into the connections file.`,
    };
  const waitMs = waitIn(retryAfter, now);
  return { kind: 'retry', reason: `The receiver refused it (${status}).`, ...(waitMs === undefined ? {} : { waitMs }) };
};

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? ` (${error.code})`
    : '';

/** The outcome where there was no answer; before a connection stands, nothing can have arrived. */
const withoutAnswer = (error: unknown, isConnected: boolean): DeliveryResult => {
  if (error instanceof RefusedAddress)
    return {
      kind: 'retry',
      reason:
        'The host of the receiver has an address that is not public: name it in privateReceivers, if you mean it.',
    };
  return isConnected
    ? { kind: 'ambiguous', reason: `The receiver took it and did not answer${codeOf(error)}.` }
    : { kind: 'retry', reason: `The receiver cannot be reached${codeOf(error)}.` };
};

/** Posts one event, signed anew for each attempt. Follows no redirect, and sends nothing to an address that is not allowed. */
export const postSigned = (
  { url, secrets, privateReceivers }: Receiver,
  { id, body }: CloudEvent,
  { resolve, machineTime, timeoutMs }: Outside,
): Promise<DeliveryResult> => {
  const refused = whyNotThere(url, privateReceivers);
  if (refused !== undefined) return Promise.resolve({ kind: 'retry', reason: `Nothing is sent: ${refused}.` });
  const send = url.protocol === 'http:' ? requestPlain : requestSecure;
  return new Promise((done) => {
    let isConnected = false;
    const call = send(
      url,
      {
        method: 'POST',
        agent: false,
        lookup: guardedLookup(privateReceivers, resolve),
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Exemption-Desk',
          ...signatureHeaders({ id, at: machineTime(), body }, secrets),
        },
      },
      (response) => {
        const { statusCode = 0, headers } = response;
        done(meaningOf(statusCode, headers['retry-after'], machineTime().getTime()));
        let taken = 0;
        response.on('error', () => undefined);
        response.on('data', (chunk: Buffer) => {
          taken += chunk.length;
          if (taken > longestAnswer) response.destroy();
        });
      },
    );
    call.on('socket', (socket) => {
      socket.once(url.protocol === 'http:' ? 'connect' : 'secureConnect', () => (isConnected = true));
    });
    call.on('error', (error) => done(withoutAnswer(error, isConnected)));
    call.end(body);
  });
};
