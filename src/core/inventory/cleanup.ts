/** The kinds of exemption that exempt nothing any more and can be deleted: expired, or without their policy assignment. */
export const cleanupKinds = ['expired', 'orphaned'] as const;
export type CleanupKind = (typeof cleanupKinds)[number];

/** Why an exemption made outside leaves Azure, although it still exempts something. */
type OutsideRevocation = { readonly byName: string; readonly reason: string };

export type CleanupItem = {
  readonly exemptionId: string;
  readonly scope: string;
  /** `revoked`: somebody takes out one that still exempts something. */
  readonly kind: CleanupKind | 'revoked';
  /** As seen in the dry run, ISO; undefined: none. */
  readonly expiresAt: string | undefined;
  /** Of a revoked one: by whom and why, and the fingerprint of what they were shown. */
  readonly revocation?: OutsideRevocation & { readonly fingerprint: string };
};

/** A message in Teams by its ids. */
type CardInTeams = { readonly conversationId: string; readonly activityId: string };

/** The result of a dry run, kept until it is ordered: nothing else is deleted. */
export type CleanupPlan = {
  readonly id: string;
  /** Entra object id of the person who asked, in lower case; nobody else may order it. */
  readonly askerId: string;
  readonly createdAt: Date;
  readonly items: readonly CleanupItem[];
  readonly orderedAt: Date | undefined;
  /**
   * The outcome for each exemption, by its id: `deleting` and a hash while Azure is asked, `deleted`, or the reason why it was left, as a
   * sentence.
   */
  readonly outcomes: Readonly<Record<string, string>>;
  /** The card on which it was ordered; left out: it is not known. */
  readonly card?: CardInTeams | undefined;
  /** When nothing more is done about it: it is done, or was given up. */
  readonly endedAt?: Date | undefined;
};

export type CleanupStore = {
  readonly add: (plan: CleanupPlan) => Promise<void>;
  readonly find: (id: string) => Promise<CleanupPlan | undefined>;
  /** True for the first order only, so that two clicks make one. */
  readonly order: (id: string, at: Date, byName: string, card?: CardInTeams) => Promise<boolean>;
  /** Records that a job works on it. */
  readonly noteTry: (id: string, at: Date) => Promise<void>;
  /** Ordered ones that have not ended, and on which no job has begun to work since then. */
  readonly abandoned: (since: Date) => Promise<CleanupPlan[]>;
  readonly end: (id: string, at: Date, gaveUp: boolean) => Promise<void>;
  /** How many of those still stored were given up. */
  readonly givenUp: () => Promise<number>;
  readonly keepOutcomes: (id: string, outcomes: CleanupPlan['outcomes']) => Promise<void>;
  /** How each of some exemptions, by normal id, was deleted that the clean-ups still stored deleted or were about to delete. */
  readonly deletedAmong: (exemptionIds: readonly string[]) => Promise<ReadonlyMap<string, DeletedHere>>;
};

/** How Exemption Desk deleted an exemption: somebody revoked it, or it was cleaned up (undefined); by whose order, and when they gave it. */
export type DeletedHere = {
  readonly revocation: OutsideRevocation | undefined;
  readonly by: { readonly objectId: string; readonly name: string };
  readonly at: Date;
};

/** The outcome of a deleted exemption. The other is recorded before Azure is asked, with a hash: if it is gone afterwards, Exemption Desk deleted it. */
export const deletedOutcome = 'deleted';
export const deletingOutcome = 'deleting ';

/** Whether it takes out what still exempts something. Such a plan has no dry run: it was ordered from the card of the exemption. */
export const isRevocation = ({ items }: Pick<CleanupPlan, 'items'>): boolean =>
  items.some(({ kind }) => kind === 'revoked');

const validMs = 60 * 60_000;

/** A dry run is valid for an hour. */
export const isOutdated = ({ createdAt }: Pick<CleanupPlan, 'createdAt'>, now: Date): boolean =>
  now.getTime() - createdAt.getTime() > validMs;
