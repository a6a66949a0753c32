import type { Person } from '../person.ts';
import type { Severity } from '../tenant/severity.ts';
import type { ScopeFilter, ScopeReach } from '../tenant/scope-filter.ts';
import type { ExemptionRequest } from './request.ts';
import type { RequestStatus } from './request-status.ts';

/** What may be shown: requests of which every scope may be seen, and all of `own`. */
export type RequestsInSight = { readonly scopes: ScopeFilter; readonly own: Person | undefined };

/** What a report needs of a request. */
export type ReportedRequest = Pick<
  ExemptionRequest,
  | 'reference'
  | 'status'
  | 'requester'
  | 'createdAt'
  | 'waitingSince'
  | 'decision'
  | 'emergency'
  | 'revocation'
  | 'appliedAt'
> & {
  readonly terms: Pick<ExemptionRequest['terms'], 'recommendation' | 'scopes' | 'category' | 'expiresAt'>;
  readonly governance: Pick<ExemptionRequest['governance'], 'approvals'>;
  /** An earlier request in sight wrote one of its exemptions. */
  readonly isRenewal: boolean;
};

/** Scopes in which somebody may write exemptions, and scopes from whose policy assignments they may exempt. */
export type WritableIn = { readonly exemptions: ScopeReach; readonly assignments: ScopeReach };

/** What narrows a list of requests. */
export type RequestFilter = {
  /** Only those of recommendations with the severity that is meant: with high also critical. */
  readonly severity?: Severity | undefined;
  /** Only wide ones, by the rule of `isWide`. */
  readonly isWide?: boolean | undefined;
  /** Only those that were asked for until this instant or a later one; what never ends is left out. */
  readonly endsFrom?: Date | undefined;
  /** Only those that were asked for until this instant or an earlier one; what never ends is left out. */
  readonly endsBy?: Date | undefined;
  /** Only those whose reference, or the title of whose recommendation, holds this text. */
  readonly text?: string | undefined;
};

/**
 * The orders of a list of requests: `newest` first; `waiting` longest first; soonest `end` first, what never ends last; by `severity`, that is
 * emergencies first, because they end by themselves, then the worst severity, then what waits longest; `wide` ones first, by the widest scope and
 * then by what they hit. What is alike stands with the oldest first, except under `newest`.
 */
export const requestSorts = ['severity', 'waiting', 'end', 'wide', 'newest'] as const;
export type RequestSort = (typeof requestSorts)[number];

/** Somebody's own requests, those that they may decide, or all that they see. */
export type WhichRequests = 'mine' | 'to-decide' | 'all';

/** The order of a list where nobody chose one: what is most urgent first for whoever decides. */
export const usualSort = (which: WhichRequests): RequestSort => (which === 'to-decide' ? 'severity' : 'newest');

export const isRequestSort = (word: string): word is RequestSort => requestSorts.some((each) => each === word);

export type RequestQuestion = {
  readonly inSight: RequestsInSight;
  readonly requester?: Person;
  readonly statuses?: readonly RequestStatus[];
  /** Only those that still wait for an approval, emergencies too. */
  readonly isWaiting?: boolean;
  /** Only those for the recommendation with this key. */
  readonly recommendationKey?: string;
  /**
   * Only those of which every exemption lies in one of the first scopes, and every policy assignment in one of the second; also some of which the
   * database cannot tell.
   */
  readonly couldBeWrittenIn?: WritableIn;
  /** Only those for which the governance file named the person with this Entra object id as an approver. */
  readonly namedApprover?: string;
  /** Only those of which no card for this audience stands in a conversation, given without its thread. */
  readonly withoutCardIn?: { readonly conversationId: string; readonly audience: 'approvers' | 'requester' };
  /** Only those that others than their requester may still approve, and that this person neither asked for nor has approved. */
  readonly leftTo?: Person;
  /** Only those that it leaves. */
  readonly filter?: RequestFilter;
};

/** The numbers of requests in a period. */
export type DecisionNumbers = {
  /** Sent in the period; of these, the undecided and the withdrawn ones, whenever that happened. */
  readonly sent: number;
  readonly lapsed: number;
  readonly withdrawn: number;
  /** Decided in the period by somebody other than the requester, whenever they were sent. */
  readonly approved: number;
  readonly rejected: number;
  /** Passed in the period without an approval, so that there is no decision to time. */
  readonly unneeded: number;
  /** Of those that were approved or needed no approval. */
  readonly renewals: number;
  /** Milliseconds from sending to decision, over all that were approved or rejected; undefined if there are none. */
  readonly medianMs: number | undefined;
};

/** The numbers of requests that wait for a decision now, emergencies too. */
export type OpenNumbers = {
  readonly all: number;
  /** Those that have waited past their last reminder, more than 2 days. */
  readonly overdue: number;
  /** By the subscription or management group that they lie in, a normal id; one that lies in several counts in each. */
  readonly byPlace: ReadonlyMap<string, number>;
  readonly bySeverity: ReadonlyMap<Severity, number>;
};

/** What a report says of requests. */
export type RequestTally = { readonly open: OpenNumbers; readonly decisions: DecisionNumbers };

/** The requests that a report counts: those that wait for an approval now, and those sent or decided from one instant to before another. */
type ReportQuestion = { readonly inSight: RequestsInSight; readonly from: Date; readonly before: Date };

/** A part of what was asked for: at most so many, after those that are skipped or after one of them in the same order. */
type RequestPart = {
  readonly most: number;
  readonly skip?: number;
  readonly after?:
    | Pick<ExemptionRequest, 'createdAt' | 'reference' | 'waitingSince' | 'terms' | 'governance' | 'emergency'>
    | undefined;
  /** Newest first unless it says otherwise. */
  readonly sort?: RequestSort | undefined;
};

/** Lists of requests, filtered, sorted and cut into pages in the database. */
export type RequestLists = {
  readonly page: (question: RequestQuestion, part: RequestPart) => Promise<ExemptionRequest[]>;
  /** Counts no further than to `most`. */
  readonly count: (question: RequestQuestion, most: number) => Promise<number>;
  /** Those that a report counts; newest first, in portions. */
  readonly inPeriod: (question: ReportQuestion) => AsyncIterable<ReportedRequest[]>;
  /** The numbers of the same requests, counted in the database. `now` decides which of them are overdue. */
  readonly tally: (question: ReportQuestion & { readonly now: Date }) => Promise<RequestTally>;
  /**
   * Every request that still names a person (Entra object id) or has words of theirs, in portions that may be changed meanwhile. The order is
   * undefined. The database goes through all requests.
   */
  readonly naming: (objectId: string) => AsyncIterable<ExemptionRequest[]>;
};
