import type { ReaderTime } from '../calendar.ts';

/** One number of the home card. unread: why it is not known, as a sentence. no-role: no Azure role of the person reaches there. */
export type HomeNumber =
  | {
      readonly kind: 'counted';
      readonly found: number;
      /** There are more; they were not counted. */ readonly isOpen: boolean;
    }
  | { readonly kind: 'unread'; readonly because: string }
  | { readonly kind: 'no-role' };

/** The numbers that the home card shows, each the length of a list. */
export const homeLists = ['toDecide', 'mine', 'endingSoon', 'open'] as const;
export type HomeList = (typeof homeLists)[number];

export type HomeView = {
  readonly numbers: Readonly<Record<HomeList, HomeNumber>>;
  readonly countedAt: Date;
  /** When what is open in Azure was counted, which only the person's own question does. */
  readonly openCountedAt: Date;
  readonly timeZone: string;
  readonly readerTime?: ReaderTime | undefined;
};

/** What is kept of it. */
export type HomeCount = Omit<HomeView, 'timeZone' | 'readerTime'>;

/** The newest home card of a person, in their own chat. */
export type HomeCard = {
  /** Entra object id and tenant of the person. */
  readonly objectId: string;
  readonly tenantId: string;
  readonly conversationId: string;
  readonly activityId: string;
  readonly view: HomeCount;
};

export type HomeCardStore = {
  /** Replaces the one of the same person; it is up to date then. */
  readonly keep: (card: HomeCard) => Promise<void>;
  readonly of: (objectId: string) => Promise<HomeCard | undefined>;
  /** Something happened that may change the numbers of these people; does nothing for somebody without a home card. */
  readonly markStale: (objectIds: readonly string[], at: Date) => Promise<void>;
  /** Those that are stale and were last drawn before a moment, those that wait longest first; at most so many. */
  readonly stale: (drawnBefore: Date, most: number) => Promise<HomeCard[]>;
  readonly remove: (objectId: string) => Promise<number>;
};
