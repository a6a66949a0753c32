import { normalId } from '../tenant/arm-id.ts';
import { moved, normalReference, type ExemptionRequest } from './request.ts';
import type { RequestStatus } from './request-status.ts';

/** holder: whose exemption stands in Azure. successor: who may write it next: a new request, a renewal, a change, an adoption, a cleanup. */
export type ClaimSlot = 'holder' | 'successor';

/** Each exemption has one holder and one successor at most. */
export type Claim = {
  /** The normalised id of an exemption, or the reference of a request that is to be replaced. */
  readonly key: string;
  readonly slot: ClaimSlot;
};

export type StandingClaim = Claim & {
  /** The reference of a request, or the name of a cleanup. */
  readonly by: string;
};

export type ClaimStore = {
  /** Gives each of these exactly its claims, as far as they are free, and frees its others. Returns those that somebody else has. */
  readonly settle: (
    all: readonly { readonly by: string; readonly claims: readonly Claim[] }[],
    at: Date,
  ) => Promise<StandingClaim[]>;
  /** All claims on these keys that count at this time. */
  readonly of: (keys: readonly string[], at: Date) => Promise<StandingClaim[]>;
  /** Claims a free slot for a while, or again for the same; false if somebody else has it. */
  readonly reserve: (claim: StandingClaim, at: Date, until: Date) => Promise<boolean>;
  /** Frees everything that was reserved or claimed by this name. */
  readonly release: (by: string) => Promise<void>;
};

type ClaimingRequest = Pick<ExemptionRequest, 'status' | 'targets' | 'absent' | 'appliedAt' | 'emergency' | 'renewal'>;

/** What a request does in each status: its exemptions stand in Azure, and it may write. */
const roles: Readonly<Record<RequestStatus, { readonly holds: boolean; readonly writes: boolean }>> = {
  pending: { holds: false, writes: true },
  // Written again after a part of it was refused, or after an emergency was approved.
  approved: { holds: true, writes: true },
  applied: { holds: true, writes: false },
  'partly-applied': { holds: true, writes: false },
  effective: { holds: true, writes: false },
  revoking: { holds: true, writes: false },
  rejected: { holds: false, writes: false },
  withdrawn: { holds: false, writes: false },
  lapsed: { holds: false, writes: false },
  failed: { holds: false, writes: false },
  expired: { holds: false, writes: false },
  revoked: { holds: false, writes: false },
  replaced: { holds: false, writes: false },
};

export const claimKey = (exemptionId: string): string => normalId(exemptionId);

/** Something of it stands in Azure. While it is approved, that is so only if it is written once more. */
const isWritten = ({ status, appliedAt }: ClaimingRequest): boolean =>
  roles[status].holds && (status !== 'approved' || appliedAt !== undefined);

/** The ids of the exemptions of a request that nobody else has written and that were not deleted, normalised. */
export const idsLeft = ({ targets, absent }: Pick<ClaimingRequest, 'targets' | 'absent'>): string[] => {
  const gone = new Set(absent.map(claimKey));
  return [...new Set(targets.map(({ exemptionId }) => claimKey(exemptionId)))].filter((key) => !gone.has(key));
};

/** The ids of the exemptions that stand in Azure for a request, normalised. */
export const heldIds = (request: ClaimingRequest): string[] => (isWritten(request) ? idsLeft(request) : []);

/**
 * Everything that a request claims, by its state alone: it holds what it has written, and until it is written it is the one that may write.
 * An emergency is its own successor until somebody approves it. A renewal is, as long as it lives, the only successor of what it replaces. Pure.
 */
export const claimsOf = (request: ClaimingRequest): Claim[] => {
  const { status, targets, emergency, renewal } = request;
  const waits = roles[status].writes || (isWritten(request) && emergency !== undefined);
  const next = [
    ...(waits ? targets.map(({ exemptionId }) => claimKey(exemptionId)) : []),
    ...(renewal !== undefined && (waits || isWritten(request)) ? [normalReference(renewal.of)] : []),
  ];
  return [
    ...heldIds(request).map((key) => ({ key, slot: 'holder' }) as const),
    ...[...new Set(next)].map((key) => ({ key, slot: 'successor' }) as const),
  ];
};

/** The request without exemptions that are no longer its own: deleted, or written by a later request. */
export const withoutExemptions = <Request extends ExemptionRequest>(
  request: Request,
  ids: readonly string[],
): Request => {
  const known = new Set(request.absent.map(claimKey));
  return { ...request, absent: [...request.absent, ...ids.filter((id) => !known.has(claimKey(id)))] };
};

/**
 * A request after another has written some of its exemptions: replaced if none is left, otherwise in force for the rest; one that is being
 * removed loses them to the other. Undefined if it is being written just now, so that nobody may take anything over. Pure.
 */
export const afterTakeover = (request: ExemptionRequest, ids: readonly string[]): ExemptionRequest | undefined => {
  const { status } = request;
  if (status === 'approved') return undefined;
  const rest = withoutExemptions(request, ids);
  return status === 'revoking' || heldIds(rest).length > 0
    ? { ...rest, version: request.version + 1 }
    : moved(request, 'replaced', 'UTC', { absent: rest.absent });
};

type Claimant = Pick<ExemptionRequest, 'reference' | 'requester' | 'emergency' | 'appliedAt'>;

/** Who stands in the way of a claim, as a sentence. Undefined request: a cleanup. */
export const claimedBy = ({ key, slot }: Claim, request: Claimant | undefined): string => {
  if (request === undefined)
    return 'Exemption Desk is deleting this exemption at the moment. Please try again in a minute.';
  const { reference, requester, emergency, appliedAt } = request;
  const by = `${reference} by ${requester.name}`;
  const toSee = `To see it, send: request ${reference}`;
  if (slot === 'holder') return `${by} already has this exemption in force. ${toSee}`;
  if (appliedAt === undefined) return `${by} already asks for this. ${toSee}`;
  if (!key.startsWith('/')) return `${by} has already taken the place of ${key}. ${toSee}`;
  return emergency === undefined
    ? `${by} is being written to Azure again. ${toSee}`
    : `${by} is in Azure as an emergency and waits for approval. ${toSee}`;
};
