import type { Person } from '../person.ts';
import type { ScopeFilter } from '../tenant/scope-filter.ts';
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

export type RequestQuestion = {
  readonly inSight: RequestsInSight;
  readonly requester?: Person;
  readonly statuses?: readonly RequestStatus[];
  /** Only those that others than their requester may still approve, and that this person neither asked for nor has approved. */
  readonly leftTo?: Person;
};

/** A part of what was asked for: at most so many, after those that are skipped or after one of them. */
type RequestPart = {
  readonly most: number;
  readonly skip?: number;
  readonly after?: Pick<ExemptionRequest, 'createdAt' | 'reference'> | undefined;
};

/** Lists of requests, filtered, sorted and cut into pages in the database. */
export type RequestLists = {
  /** Newest first. */
  readonly page: (question: RequestQuestion, part: RequestPart) => Promise<ExemptionRequest[]>;
  /** Counts no further than to `most`. */
  readonly count: (question: RequestQuestion, most: number) => Promise<number>;
  /** Those that wait for an approval now, and those sent or decided from one instant to before another; newest first, in portions. */
  readonly inPeriod: (period: {
    readonly inSight: RequestsInSight;
    readonly from: Date;
    readonly before: Date;
  }) => AsyncIterable<ReportedRequest[]>;
  /** Every request in which a person (Entra object id) has any part. */
  readonly ofPerson: (objectId: string) => Promise<ExemptionRequest[]>;
};
