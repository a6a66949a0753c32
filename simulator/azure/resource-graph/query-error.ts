import { ArmError } from '../arm/arm-error.ts';

/** Resource Graph says little in the error itself and the reason in its details. */
export const queryError = (code: string, message: string): ArmError =>
  new ArmError(400, 'BadRequest', 'Please provide below info when asking for support: timestamp and correlationId.', {
    details: [{ code, message }],
  });

export const throttledError = (retryAfterSeconds: number, headers: Readonly<Record<string, string>>): ArmError =>
  new ArmError(429, 'RateLimiting', 'Please provide below info when asking for support: timestamp and correlationId.', {
    details: [
      {
        code: 'RateLimiting',
        message:
          'Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.',
      },
    ],
    headers: { ...headers, 'retry-after': String(retryAfterSeconds) },
  });
