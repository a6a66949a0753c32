import { ArmError, answerFor } from './arm/arm-error.ts';
import type { Fault } from './arm/faults.ts';
import { throttledError } from './resource-graph/query-error.ts';
import type { Answer } from './arm/route.ts';

/** No answer at all: the call hangs for ever, or the connection breaks. */
export type Silence = 'hang' | 'break';

const usualRetryInMs = 5_000;

const throttled = (path: string, seconds: number): ArmError => {
  if (/\/microsoft\.resourcegraph\//i.test(path))
    return throttledError(seconds, {
      'x-ms-user-quota-remaining': '0',
      'x-ms-user-quota-resets-after': `00:00:${String(Math.min(seconds, 59)).padStart(2, '0')}`,
    });
  return new ArmError(429, 'TooManyRequests', 'The request is being throttled. Please try again later.', {
    headers: { 'retry-after': String(seconds) },
  });
};

const gatewayPage = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>502 Bad Gateway</body>\r\n</html>';

/** The answer that a fault causes; undefined if the true answer follows. */
export const failingAnswer = ({ kind, milliseconds }: Fault, path: string): Answer | Silence | undefined => {
  const seconds = Math.ceil((milliseconds ?? usualRetryInMs) / 1000);
  switch (kind) {
    case 'latency':
      return undefined;
    case '429':
      return answerFor(throttled(path, seconds));
    case '500':
      return answerFor(new ArmError(500, 'InternalServerError', 'The server encountered an internal error.'));
    case '503':
      return answerFor(
        new ArmError(503, 'ServiceUnavailable', 'The service is unavailable. Please try again later.', {
          ...(milliseconds !== undefined && { headers: { 'retry-after': String(seconds) } }),
        }),
      );
    case 'html':
      return { status: 502, html: gatewayPage };
    case 'reset':
      return 'break';
    case 'timeout':
      return 'hang';
  }
};
