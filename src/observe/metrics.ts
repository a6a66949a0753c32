import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Observe, Observed } from '../core/observed.ts';
import type { Pulse } from '../core/desk/status.ts';
import { inTime } from '../timers.ts';
import { targetGauges } from './target-gauges.ts';

export type Metrics = {
  readonly observe: Observe;
  /**
   * All metrics in the text format of Prometheus. `pulse` reads the numbers from the database, which are the same on every replica. If that
   * fails or takes too long, they are left out and `database_up` is 0: the other numbers are needed most then.
   */
  readonly page: (pulse: () => Promise<Pulse>) => Promise<{ readonly type: string; readonly body: string }>;
};

const prefix = 'exemption_desk_';
const name = (rest: string): string => `${prefix}${rest}`;
const types = new Set(['message', 'invoke', 'conversationUpdate', 'installationUpdate', 'messageReaction', 'typing']);
const seconds = (milliseconds: number): number => milliseconds / 1000;
const secondsSince = (then: Date, now: Date): number => seconds(now.getTime() - then.getTime());

type Counted = { readonly [What in Observed['what']]: (observed: Extract<Observed, { what: What }>) => void };

/** Counts since the start of this process. */
const countsIn = (registers: Registry[]): Counted => {
  const counter = <Label extends string>(rest: string, help: string, labelNames: Label[]) =>
    new Counter({ name: name(rest), help, labelNames, registers });
  const activities = counter(
    'activities_total',
    'Activities received from Teams, by type and HTTP status of the answer.',
    ['type', 'status'],
  );
  const api = counter('api_calls_total', 'Calls of the API, by kind of caller and HTTP status of the answer.', [
    'caller',
    'status',
  ]);
  const decisions = counter('request_events_total', 'Events of requests, named as in the ledger.', ['event']);
  const calls = new Histogram({
    name: name('azure_call_seconds'),
    help: 'Calls to Azure by service, method and HTTP status; status 0 means no answer.',
    labelNames: ['service', 'method', 'status'],
    buckets: [0.1, 0.3, 1, 3, 10],
    registers,
  });
  const left = new Gauge({
    name: name('resource_graph_quota_left'),
    help: 'Queries that Resource Graph still allowed at its last answer.',
    registers,
  });
  left.remove();
  const alerts = counter('alerts_total', 'Alert deliveries by outcome.', ['outcome']);
  const told = counter('connection_deliveries_total', 'What became of telling a target of a connection.', [
    'target',
    'outcome',
  ]);
  const unread = counter('unread_subscriptions_total', 'Subscriptions that lists had to leave out.', []);
  const drift = counter('mirror_drift_rows_total', 'Rows of nightly samples that lists had otherwise than Azure.', [
    'part',
  ]);
  const sweeps = new Histogram({
    name: name('sweep_seconds'),
    help: 'Duration of a sweep of all exemptions; compared: their change times showed that none had changed.',
    labelNames: ['way'],
    buckets: [1, 3, 10, 30, 100, 300],
    registers,
  });
  return {
    activity: ({ type, status }) => activities.inc({ type: types.has(type) ? type : 'other', status }),
    api: ({ caller, status }) => api.inc({ caller, status }),
    decision: ({ event }) => decisions.inc({ event }),
    'azure-call': ({ service, method, status, milliseconds, left: questions }) => {
      calls.observe({ service, method, status }, seconds(milliseconds));
      if (questions !== undefined) left.set(questions);
    },
    alert: ({ outcome, count }) => alerts.inc({ outcome }, count),
    told: ({ target, outcome, count }) => told.inc({ target, outcome }, count),
    unread: ({ subscriptions }) => unread.inc(subscriptions),
    'mirror-drift': ({ part, rows }) => drift.inc({ part }, rows),
    sweep: ({ milliseconds, way }) => sweeps.observe({ way }, seconds(milliseconds)),
  };
};

/** Numbers from the database, which all replicas share. */
const gaugesIn = (registers: Registry[]): ((pulse: Pulse) => void) => {
  const gauge = (rest: string, help: string) => new Gauge({ name: name(rest), help, registers });
  const waiting = gauge('alerts_waiting', 'Alerts that are due and not posted yet.');
  const oldest = gauge('alerts_oldest_seconds', 'How long the oldest alert that is due has been waiting.');
  const held = gauge('alerts_held', 'Alerts held back for quiet hours, a digest or the next attempt.');
  const unknown = gauge('alerts_unknown_outcomes', 'Delivery attempts of the last 30 days whose outcome is unknown.');
  const looked = gauge('last_sweep_age_seconds', 'Time since the last complete sweep; absent before the first.');
  // A new gauge is 0, which would mean that all is well.
  looked.remove();
  const read = new Gauge({
    name: name('mirror_age_seconds'),
    help: 'Time since a part of the tenant was read for lists; of several slices the oldest.',
    labelNames: ['part'],
    registers,
  });
  const hidden = gauge('approver_groups_hidden', 'Groups that may approve and whose members cannot be read.');
  const blind = gauge('blind', '1 while Azure shows too little, so that alerts are paused.');
  const reads = gauge('read_only', '1 while Exemption Desk is read-only.');
  const givenUp = gauge('jobs_given_up', 'Jobs that failed permanently in the last 14 days.');
  const published = gauge(
    'ledger_published_age_seconds',
    'Time since a head of the ledger was published; absent before.',
  );
  published.remove();
  const isHeld = gauge('ledger_published_held', '1 while the ledger has the last head that was published.');
  const queue = new Gauge({
    name: name('queue_age_seconds'),
    help: 'How long the oldest job of a queue has been ready to start.',
    labelNames: ['job'],
    registers,
  });
  const ofTargets = targetGauges(name, registers);
  return ({
    now,
    lastSweep,
    readings,
    hiddenGroups,
    blind: isBlind,
    readOnly,
    alerts,
    jobs,
    published: heads,
    targets,
  }) => {
    waiting.set(alerts.waiting);
    oldest.set(alerts.longestWaitingSince === undefined ? 0 : secondsSince(alerts.longestWaitingSince, now));
    held.set(alerts.held);
    unknown.set(alerts.unknowns);
    if (lastSweep !== undefined) looked.set(secondsSince(lastSweep, now));
    read.reset();
    for (const { part, oldest } of readings) read.set({ part }, secondsSince(oldest, now));
    hidden.set(hiddenGroups);
    blind.set(isBlind === undefined ? 0 : 1);
    reads.set(readOnly === undefined ? 0 : 1);
    givenUp.set(jobs.givenUp);
    if (heads.last !== undefined) published.set(secondsSince(heads.last.at, now));
    isHeld.set(heads.isHeld ? 1 : 0);
    ofTargets(targets, now);
    queue.reset();
    for (const { job, seconds: age } of jobs.waiting) queue.set({ job }, age);
  };
};

/** In milliseconds. The ten of the package wake the process a hundred times a second, which costs more than all else at rest. */
const eventLoopMonitoringPrecision = 100;

const once = (work: () => void): (() => void) => {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
};

/**
 * Metrics for Prometheus, which by default gives up a page after ten seconds; each app has its own. The process is measured from the first page on,
 * because measuring costs and most people never ask.
 */
export const createMetrics = (longestPulseMs = 2000): Metrics => {
  const [ofProcess, ofDatabase] = [new Registry(), new Registry()];
  const measureProcess = once(() => collectDefaultMetrics({ register: ofProcess, eventLoopMonitoringPrecision }));
  const counts = countsIn([ofProcess]);
  const up = new Gauge({ name: name('database_up'), help: '1 while the database answers.', registers: [ofProcess] });
  const gauges = gaugesIn([ofDatabase]);
  return {
    observe: (observed) => (counts[observed.what] as (each: Observed) => void)(observed),
    async page(pulse) {
      measureProcess();
      const felt = await inTime(pulse(), longestPulseMs).catch(() => undefined);
      up.set(felt === undefined ? 0 : 1);
      if (felt !== undefined) gauges(felt);
      const registries = felt === undefined ? [ofProcess] : [ofProcess, ofDatabase];
      return { type: ofProcess.contentType, body: await Registry.merge(registries).metrics() };
    },
  };
};
