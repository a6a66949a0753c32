import type { AlertKind } from './occurrence.ts';

/** The properties of a kind of alert. */
type KindOfAlert = {
  /** The word that subscribes to it; several kinds may share one. */
  readonly word: string;
  /** Its name in the count of a digest: "3 created". */
  readonly counted: string;
  /** Its name in a row of a digest. It mentions no days, because a digest may be read later than it was written. */
  readonly called: string;
  /** Also sent to the requester in their personal chat, and mentions them in the channel. Not for news that the request itself already sends them. */
  readonly toRequester: boolean;
  /** Also mentions the approvers, because the exemption is no longer what they approved. */
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
  gap: { word: 'gaps', counted: 'with a coverage gap', called: 'Coverage gap', toRequester: true, toApprovers: false },
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

/** The words that choose kinds, each with the kinds that it chooses, in the order of the table. */
export const kindWords: ReadonlyMap<string, readonly AlertKind[]> = Map.groupBy(
  everyKind,
  (kind) => alertKinds[kind].word,
);
