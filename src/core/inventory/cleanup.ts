/** What can be cleaned up, for it exempts nothing any more: past its end, or its policy assignment is gone. */
export const cleanupKinds = ['expired', 'orphaned'] as const;
export type CleanupKind = (typeof cleanupKinds)[number];

export type CleanupItem = {
  readonly exemptionId: string;
  readonly scope: string;
  readonly kind: CleanupKind;
  /** As it was seen, ISO; undefined: none. */
  readonly expiresAt: string | undefined;
};

/** What a dry run found, kept until it is ordered: nothing else is ever deleted by it. */
export type CleanupPlan = {
  readonly id: string;
  /** Entra object id of whoever asked, in lower case: nobody else may order it. */
  readonly askerId: string;
  readonly createdAt: Date;
  readonly items: readonly CleanupItem[];
  readonly orderedAt: Date | undefined;
  /** What became of each exemption that was looked at, by its id: `deleting` and a hash while Azure is asked, `deleted`, or why it was left, as a sentence. */
  readonly outcomes: Readonly<Record<string, string>>;
};

export type CleanupStore = {
  readonly add: (plan: CleanupPlan) => Promise<void>;
  readonly find: (id: string) => Promise<CleanupPlan | undefined>;
  /** True for the first order only: two clicks make one. */
  readonly order: (id: string, at: Date) => Promise<boolean>;
  readonly keepOutcomes: (id: string, outcomes: CleanupPlan['outcomes']) => Promise<void>;
};

const validMs = 60 * 60_000;

/** A dry run is believed for an hour. */
export const isOutdated = ({ createdAt }: Pick<CleanupPlan, 'createdAt'>, now: Date): boolean =>
  now.getTime() - createdAt.getTime() > validMs;
