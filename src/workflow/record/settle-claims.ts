import { GovernanceError } from '../../core/governance-error.ts';
import {
  afterTakeover,
  claimKey,
  claimedBy,
  claimsOf,
  heldIds,
  type Claim,
  type StandingClaim,
} from '../../core/request/exemption-claims.ts';
import { isInForce, normalReference, type ExemptionRequest } from '../../core/request/request.ts';
import type { Store } from '../../core/desk/store.ts';

/** Undefined before: a new request. */
type ClaimingChange = { readonly before: ExemptionRequest | undefined; readonly after: ExemptionRequest };

/** Somebody else already asks for the same exemption, or has it in force. */
export class AlreadyClaimed extends GovernanceError {}

/** Who has one of the claims that are in the way, as a sentence. */
export const whoHas = async ({ requests }: Pick<Store, 'requests'>, claim: StandingClaim): Promise<string> =>
  claimedBy(claim, await requests.find(claim.by));

const nameOf = ({ key, slot }: Claim): string => `${slot} ${key}`;

/** The claims that a request has after a change and had not before. */
const gainedBy = ({ before, after }: ClaimingChange): Claim[] => {
  const had = new Set(before === undefined ? [] : claimsOf(before).map(nameOf));
  return claimsOf(after).filter((claim) => !had.has(nameOf(claim)));
};

/**
 * Gives requests what they claim after a change. Throws AlreadyClaimed, naming whoever has what they have newly claimed; then the transaction
 * must end. What an earlier version let two requests have stays with the later one.
 */
export const settleClaims = async (store: Store, at: Date, changes: readonly ClaimingChange[]): Promise<void> => {
  const others = await store.claims.settle(
    changes.map(({ after }) => ({ by: normalReference(after.reference), claims: claimsOf(after) })),
    at,
  );
  const gained = new Set(changes.flatMap(gainedBy).map(nameOf));
  const first = others.find((claim) => gained.has(nameOf(claim)));
  if (first !== undefined) throw new AlreadyClaimed('conflict', await whoHas(store, first));
};

/** The later requests for which exemptions of this one stand in Azure. */
export const laterHolders = async (
  { claims }: Pick<Store, 'claims'>,
  at: Date,
  { reference, targets }: ExemptionRequest,
): Promise<string[]> => {
  const keys = targets.map(({ exemptionId }) => claimKey(exemptionId));
  const holders = (await claims.of(keys, at)).filter(({ slot, by }) => slot === 'holder' && by !== reference);
  return [...new Set(holders.map(({ by }) => by))];
};

export type Takeover = { readonly before: ExemptionRequest; readonly after: ExemptionRequest; readonly ids: string[] };

/**
 * What the others lose whose exemptions a request has written by this change: those that hold them, and the one that it renews. Throws
 * GovernanceError conflict if one of them is being written just now.
 */
export const takenOver = async (store: Store, at: Date, change: ClaimingChange): Promise<Takeover[]> => {
  const { after } = change;
  const gained = gainedBy(change)
    .filter(({ slot }) => slot === 'holder')
    .map(({ key }) => key);
  if (gained.length === 0 && after.status !== 'applied') return [];
  const holders = (await store.claims.of(gained, at)).filter(({ slot }) => slot === 'holder').map(({ by }) => by);
  const references = [...new Set([...holders, ...(after.renewal === undefined ? [] : [after.renewal.of])])];
  const others = references.length === 0 ? [] : await store.requests.list({ references });
  return others.flatMap((other) => {
    // A renewal replaces all of it: what it does not write, such as for an assignment that is gone, exempts nothing any more.
    const isRenewed = after.status === 'applied' && other.reference === after.renewal?.of && isInForce(other);
    const ids = heldIds(other).filter((key) => isRenewed || gained.includes(key));
    if (other.reference === after.reference || (ids.length === 0 && !isRenewed)) return [];
    const rest = afterTakeover(other, ids);
    if (rest === undefined)
      throw new GovernanceError(
        'conflict',
        `${other.reference} is being written to Azure at the same place just now. Please try again when that has ended.`,
      );
    return [{ before: other, after: rest, ids }];
  });
};
