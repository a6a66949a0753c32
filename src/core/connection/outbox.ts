import { matchesWildcard } from '../wildcard.ts';
import type { TargetHealth } from './target-health.ts';

/**
 * The order of what one target is told: each thing by itself, the things about one request one after another, or everything in the order of the
 * ledger. What was given up holds nobody back.
 */
export type TargetOrder = 'none' | 'by-request' | 'as-in-ledger';

/** Something outside that is told what stands in the ledger: one webhook, one mailbox, one workspace. */
export type Target = {
  /** Its connection and its own name, such as `webhooks/soc`. */
  readonly name: string;
  /** The events that it wants, named as in the ledger; `*` stands for any letters. */
  readonly events: readonly string[];
  readonly order: TargetOrder;
};

/** True if a target wants to hear of events of this name. */
export const wantsEvent = ({ events }: Pick<Target, 'events'>, event: string): boolean =>
  events.some((pattern) => matchesWildcard(pattern, event));

/** The lane of a row: its rows are told one after another; undefined: it is told by itself. */
export const laneOf = ({ order }: Pick<Target, 'order'>, reference: string | undefined): string | undefined =>
  ({ none: undefined, 'by-request': reference, 'as-in-ledger': 'ledger' })[order];

/**
 * The state of a row of the outbox. `ambiguous`: it may have arrived, nobody knows; it is tried again. `dead`: given up, until somebody sends it
 * again.
 */
export type OutboxState = 'pending' | 'ambiguous' | 'sent' | 'dead';

/** One thing to tell one target. */
export type OutboxRow = {
  /** The same for every attempt and replay, and for nothing else: what the other side recognises a repetition by. */
  readonly key: string;
  readonly target: string;
  /** The row of the ledger that it tells of; undefined: it tells something else, which `content` has. */
  readonly sequence: number | undefined;
  /** The part into which one row of the ledger was divided, such as a recipient; empty if it was not. */
  readonly part: string;
  readonly content: OutboxContent | undefined;
  /** Attempts that were refused, and those of which nobody knows. */
  readonly attempts: number;
  readonly unknowns: number;
  /** When it was written, or last sent again by somebody. */
  readonly since: Date;
};

/** The facts that a row carries itself. Words of people belong into the ledger, where they can be erased. */
export type OutboxContent = Readonly<Record<string, string>>;

/** Something that does not stand in the ledger, such as a reminder; `about` names it, and one target hears of it once. */
type OutboxNews = {
  readonly target: string;
  readonly about: string;
  readonly content: OutboxContent;
  /** Rows of one lane are delivered in the order in which they were written; undefined: by itself. */
  readonly lane?: string;
};

/** The outbox: all that is to be told to other systems. Rows about the ledger are written by `Ledger.append`, in its transaction. */
export type Outbox = {
  /** Sets which targets there are; the rows of others stay for 30 days, in case one comes back. */
  readonly keepTargets: (targets: readonly Target[], at: Date) => Promise<void>;
  /** Adds what does not stand in the ledger, each once for ever. Joins the transaction of the caller. */
  readonly add: (news: readonly OutboxNews[], at: Date) => Promise<void>;
  /** Divides a row: it is done, and each part is to be told by itself. */
  readonly split: (row: OutboxRow, parts: readonly OutboxPart[], at: Date) => Promise<void>;
  /** The targets for which something is due, unless they are paused or switched off. */
  readonly targetsDue: (at: Date) => Promise<string[]>;
  /**
   * Takes what is to be told a target next; nobody else gets it before `until`. A take that was never ended counts as an attempt of which
   * nobody knows.
   */
  readonly take: (
    target: string,
    times: { readonly at: Date; readonly until: Date },
    atMost: number,
  ) => Promise<OutboxRow[]>;
  /** Ends rows. The target answered, so it counts as working. */
  readonly close: (keys: readonly string[], state: 'sent' | 'dead', at: Date, reason?: string) => Promise<void>;
  /** Puts rows back until `dueAt`; without a failure no attempt is counted. */
  readonly putBack: (keys: readonly string[], dueAt: Date, failure?: OutboxFailure) => Promise<void>;
  /** Forgets rows that the target does not want. */
  readonly drop: (keys: readonly string[]) => Promise<void>;
  /** Notes how the target itself behaved; see `afterFailure`. */
  readonly noteTarget: (target: string, noted: TargetNote) => Promise<void>;
  /** The attempts in a row that have failed at a target. */
  readonly failuresOf: (target: string) => Promise<number>;
  /** Makes due again what was given up, at one target or at all; returns how much it was. */
  readonly sendAgain: (target: string | undefined, at: Date) => Promise<number>;
  /** Tells a target again everything that it wants from a row of the ledger on, under the same keys; returns how much it was. */
  readonly replay: (target: string, fromSequence: number, at: Date) => Promise<number>;
  readonly health: (at: Date) => Promise<TargetHealth[]>;
};

export type OutboxPart = { readonly part: string; readonly content?: OutboxContent };

type OutboxFailure = { readonly kind: 'refused' | 'unknown'; readonly reason: string };

/** `paused`: nothing is tried before. `off`: nothing is tried until somebody switches it on. */
type TargetNote =
  | { readonly kind: 'works'; readonly sentAt?: Date }
  | { readonly kind: 'failed'; readonly at: Date; readonly reason: string; readonly pausedUntil: Date | undefined }
  | { readonly kind: 'off'; readonly at: Date; readonly reason: string }
  | { readonly kind: 'on' };
