import type { ApiCalls } from './api-calls.ts';
import { azureTroubles, type AzureServiceHealth } from './azure-health.ts';
import type { SweepReading } from '../inventory/sweep.ts';
import type { DeliveryHealth } from '../alert/alert-delivery.ts';
import { mirrorTroubles, type MirrorReading } from '../mirror/mirror-health.ts';
import { targetTroubles, type TargetHealth } from '../connection/target-health.ts';
import type { QueueHealth } from './job-queue.ts';
import { publishedTroubles, type PublishedHealth } from '../ledger/published-heads.ts';
import type { ReadOnly } from '../request/read-only.ts';

/** Alerts that could not be delivered to one place, or to several that the person may not know, for one reason. */
export type UndeliveredAt = {
  readonly where: string;
  readonly reason: string;
  readonly places: number;
  readonly alerts: number;
};

/** The health of Exemption Desk. */
export type Status = {
  readonly now: Date;
  readonly lastSweep: Date | undefined;
  /** The minutes between two sweeps. */
  readonly sweepMinutes: number;
  /** In milliseconds. */
  readonly sweepTook: number | undefined;
  /** How the last sweep read exemptions; undefined before the first. */
  readonly sweepReading: SweepReading | undefined;
  /** Azure shows too little, so that alerts are paused, and why. */
  readonly blind: { readonly since: Date; readonly reason: string } | undefined;
  /** Why nothing may be changed now. */
  readonly readOnly: ReadOnly | undefined;
  /** How Azure answers, as far as this replica knows. */
  readonly azure: readonly AzureServiceHealth[];
  /** The calls of the API that this replica has answered; undefined: it is off. */
  readonly api?: ApiCalls | undefined;
  /** What was read of the tenant for lists. */
  readonly readings: readonly MirrorReading[];
  /** Of how many groups that may approve Microsoft Graph does not tell who is in them. */
  readonly hiddenGroups: number;
  /** How many subscriptions Exemption Desk sees; undefined if Azure does not say. */
  readonly subscriptions: number | undefined;
  readonly alerts: DeliveryHealth;
  readonly jobs: QueueHealth;
  /** Clean-ups of the last week that gave up before they had deleted everything. */
  readonly cleanupsGivenUp: number;
  readonly published: PublishedHealth;
  /** The targets of connections; none if nothing is connected. */
  readonly targets: readonly TargetHealth[];
  /** How many places there are to which something could not be delivered, and those with the most of it. */
  readonly undelivered: { readonly places: number; readonly worst: readonly UndeliveredAt[] };
  /** People without a personal chat, and the messages that wait until they begin one. */
  readonly unreached: { readonly people: number; readonly messages: number };
};

/** The part of it that stands in the database, the same for every replica. */
export type Pulse = Omit<Status, 'undelivered' | 'unreached' | 'api' | 'azure' | 'subscriptions'>;

const minute = 60_000;
/** Everything that waits should have had its turn after this time. */
const tooLongMinutes = 15;
/** This many sweeps in a row may be missed before it counts as trouble; more if they are short. */
const missedSweeps = 3;

const isOld = (since: Date | undefined, now: Date, minutes = tooLongMinutes): boolean =>
  since !== undefined && now.getTime() - since.getTime() > minutes * minute;

const quietFor = (minutes: number): string =>
  minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 6) / 10} hours`;

/** The problems that an operator should look into, as sentences; empty if all is well. */
export const troublesIn = ({
  now,
  lastSweep,
  sweepMinutes,
  blind,
  readOnly,
  azure,
  readings,
  alerts,
  jobs,
  published,
  targets,
  undelivered,
  cleanupsGivenUp,
}: Status): string[] => {
  const tooLongUnseen = Math.max(tooLongMinutes, missedSweeps * sweepMinutes);
  return [
    ...(readOnly === undefined ? [] : [`Exemption Desk is read-only: ${readOnly.reason}`]),
    ...azureTroubles(azure, now),
    ...mirrorTroubles(readings, now),
    ...(blind === undefined ? [] : [`Alerts are paused: ${blind.reason}`]),
    ...(lastSweep === undefined ? ['Exemption Desk has not read Azure yet.'] : []),
    ...(isOld(lastSweep, now, tooLongUnseen)
      ? [`Exemption Desk has not read Azure for more than ${quietFor(tooLongUnseen)}.`]
      : []),
    ...(isOld(alerts.longestWaitingSince, now) ? ['An alert has been waiting for more than 15 minutes.'] : []),
    ...(jobs.waiting.some(({ seconds }) => seconds > tooLongMinutes * 60)
      ? ['A job has been waiting for more than 15 minutes.']
      : []),
    ...(jobs.givenUp > 0 ? ['Jobs have failed permanently: the log says why.'] : []),
    ...(cleanupsGivenUp > 0
      ? ['A clean-up gave up before it had deleted everything. Whoever ordered it was told what is left.']
      : []),
    ...publishedTroubles(published, now),
    ...targetTroubles(targets, now),
    ...(undelivered.places > 0 ? ['Some alerts could not be delivered.'] : []),
  ];
};
