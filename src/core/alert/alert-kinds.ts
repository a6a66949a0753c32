import type { AlertKind } from './occurrence.ts';

/** What is to be known of a kind of alert besides the alert itself. */
type KindOfAlert = {
  /** What somebody says who subscribes to it; several kinds may share one. */
  readonly word: string;
  /** As a digest counts it: "3 created". */
  readonly counted: string;
  /** As a digest calls one: the day it is read on may be later than the day it was written on, so no days are left to say. */
  readonly called: string;
  /** It is told to the requester in their personal chat too, and they are mentioned in the channel. Not what the request's own news tells already. */
  readonly toRequester: boolean;
  /** Those who approved are mentioned as well: it is no longer what they agreed to. */
  readonly toApprovers: boolean;
};

export const alertKinds: Readonly<Record<AlertKind, KindOfAlert>> = {
  created: { word: 'created', counted: 'created', called: 'Created', toRequester: false, toApprovers: false },
  changed: {
    word: 'changes',
    counted: 'changed',
    called: 'Changed outside Exemption Desk',
    toRequester: true,
    toApprovers: true,
  },
  deleted: {
    word: 'changes',
    counted: 'deleted',
    called: 'Deleted outside Exemption Desk',
    toRequester: true,
    toApprovers: true,
  },
  expiring: {
    word: 'expiring',
    counted: 'about to expire',
    called: 'About to expire',
    toRequester: true,
    toApprovers: false,
  },
  expired: { word: 'expired', counted: 'expired', called: 'Expired', toRequester: false, toApprovers: false },
  orphaned: { word: 'orphaned', counted: 'orphaned', called: 'Orphaned', toRequester: true, toApprovers: false },
  gap: { word: 'gaps', counted: 'with a gap', called: 'No longer complete', toRequester: true, toApprovers: false },
  'no-longer-needed': {
    word: 'unneeded',
    counted: 'no longer needed',
    called: 'No longer needed',
    toRequester: true,
    toApprovers: false,
  },
  'not-effective': {
    word: 'ineffective',
    counted: 'not in effect',
    called: 'Not in effect',
    toRequester: false,
    toApprovers: false,
  },
};

const everyKind = Object.keys(alertKinds) as AlertKind[];

/** The words that choose kinds, each with what it chooses, in the order of the table. */
export const kindWords: ReadonlyMap<string, readonly AlertKind[]> = Map.groupBy(
  everyKind,
  (kind) => alertKinds[kind].word,
);
