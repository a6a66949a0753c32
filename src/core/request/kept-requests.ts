import { GovernanceError } from '../governance-error.ts';
import type { DueRequests } from './due-requests.ts';
import type { RequestLists } from './listed-requests.ts';
import type { EffectProgress, ExemptionRequest } from './request.ts';
import type { RequestStatus } from './request-status.ts';

/** How many requests are about one recommendation. */
type RequestsAbout = { readonly key: string; readonly requests: number; readonly reference: string };

/** Named requests, or those of one person in some statuses: never all that there are. */
type RequestsNamed =
  /** The references in any casing. */
  | { readonly references: readonly string[]; readonly statuses?: readonly RequestStatus[] }
  | { readonly requesterId: string; readonly statuses: readonly RequestStatus[] };

/** What was decided about a request, and who may see that. */
export type DecidedRequest = Pick<ExemptionRequest, 'reference' | 'requester' | 'approvals' | 'decision'> & {
  readonly terms: Pick<ExemptionRequest['terms'], 'scopes'>;
};

type KeptRequests = {
  /** Throws GovernanceError conflict if the reference is taken. */
  readonly add: (request: ExemptionRequest) => Promise<void>;
  /** The reference in any casing. */
  readonly find: (reference: string) => Promise<ExemptionRequest | undefined>;
  /** Newest first. */
  readonly list: (which: RequestsNamed) => Promise<ExemptionRequest[]>;
  /**
   * The waiting requests that nobody has looked after since, the longest neglected first, at most so many. From now on they count as looked
   * after, so that no other replica gets them.
   */
  readonly takeToLookAfter: (which: {
    readonly since: Date;
    readonly most: number;
    readonly now: Date;
  }) => Promise<ExemptionRequest[]>;
  /**
   * What was decided last at each of these scopes and anywhere inside each of these (normal ids), at most so often each: inside a resource group or a
   * resource among the last decisions in its subscription, and about several scopes among the last decisions of all; the last first. Reads by an index,
   * so it costs the same however much was decided.
   */
  readonly decidedNear: (which: {
    readonly scopes: readonly string[];
    /** Subscriptions, resource groups and resources. */
    readonly inside: readonly string[];
    readonly most: number;
  }) => Promise<DecidedRequest[]>;
  /** All requests in these statuses, in portions, so that they never have to fit in memory together. The order is undefined. */
  readonly inPortions: (statuses: readonly RequestStatus[]) => AsyncIterable<ExemptionRequest[]>;
  /** How many requests are about each of these recommendations, and one of them; only those of which there is one. Keys in lower case. */
  readonly countAbout: (
    keys: readonly string[],
    statuses: readonly RequestStatus[],
  ) => Promise<readonly RequestsAbout[]>;
  /** Saves the next version of a request. False if the stored version is not `version - 1`: somebody was faster, and nothing was changed. */
  readonly replace: (request: ExemptionRequest) => Promise<boolean>;
  /** Records how far a request has taken effect, without a new version. */
  readonly recordProgress: (reference: string, progress: EffectProgress) => Promise<void>;
};

export type RequestStore = KeptRequests & RequestLists & DueRequests;

export class NoRequestToSee extends GovernanceError {}

/** The error for a request that somebody may not see: the same as for one that does not exist, so that it reveals nothing. */
export const noRequestToSee = (reference: string): GovernanceError =>
  new NoRequestToSee(
    'not-found',
    `There is no request ${reference} that you may see here. To list yours, send: requests`,
  );
