import type { Observe, Observed } from '../core/observed.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

const sentences: Readonly<Record<Observed['what'], string>> = {
  activity: 'Received an activity from Teams',
  api: 'Answered a call of the API',
  decision: 'A request changed',
  'azure-call': 'Called Azure',
  alert: 'Handled an alert',
  told: 'Told a target of a connection',
  unread: 'A list had to leave out subscriptions',
  'mirror-drift': 'Compared what lists use with Azure',
  sweep: 'Swept all exemptions',
};

/** Successful reads are frequent. Changes and refusals deserve a line at level info. */
const isEveryday = (observed: Observed): boolean =>
  (observed.what === 'azure-call' && !['PUT', 'DELETE'].includes(observed.method) && observed.status < 400) ||
  (observed.what === 'api' && observed.status < 400);

/** Counts events and logs them under the id of their work. */
export const createObserve =
  (log: Pick<Log, 'info' | 'debug'>, metrics: Pick<Metrics, 'observe'>): Observe =>
  (observed) => {
    metrics.observe(observed);
    const { what, ...facts } = observed;
    log[isEveryday(observed) ? 'debug' : 'info'](facts, sentences[what]);
  };

/** The type of an activity that was not verified yet. */
export const typeOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'type' in body && typeof body.type === 'string' ? body.type : 'other';
