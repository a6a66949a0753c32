import { resourceTypeOf, sameId } from '../tenant/arm-id.ts';
import { isExpired, type Exemption } from './exemption.ts';
import { covers, type Hierarchy } from '../tenant/hierarchy.ts';
import { selects } from '../tenant/resource-selector.ts';

/** An exemption as it would be written, without resource selectors. */
export type PlannedExemption = Pick<
  Exemption,
  'id' | 'scope' | 'policyAssignmentId' | 'referenceIds' | 'category' | 'expiresAt'
>;

/** The part of its assignment that an exemption covers: one reference id, or undefined for the whole assignment. */
export type Reference = string | undefined;

/**
 * The relation of an existing exemption to a planned one; exactly one applies. All except `apart` belong to the same assignment; all except
 * `apart` and `expired-twin` are in force now. Expiry dates are compared separately, see Overlap.
 * - `apart`: nothing in common: another assignment, no common scope or reference id, selectors that certainly exclude it, or expired.
 * - `same`: covers exactly the same.
 * - `wider`: covers everything planned and more, by its scope or reference ids.
 * - `whole-initiative`: the same without naming reference ids, so everything else in the initiative is exempt there too.
 * - `narrower`: the planned one covers everything it covers and more.
 * - `partial`: they overlap, and each covers something that the other does not.
 * - `unclear`: it reaches the planned scope, but its selectors cannot be evaluated here.
 * - `expired-twin`: expired, and with the same scope and reference ids or at the id that would be written.
 */
export type OverlapKind =
  'apart' | 'same' | 'wider' | 'whole-initiative' | 'narrower' | 'partial' | 'unclear' | 'expired-twin';

export type Overlap = {
  readonly kind: OverlapKind;
  /**
   * The planned references that it certainly covers at the whole planned scope while it lasts: all for `same`, `wider` and
   * `whole-initiative`; possibly some for `narrower` and `partial`.
   */
  readonly frees: readonly Reference[];
  /** Its expiry compared with the planned one; no expiry is the latest. */
  readonly ends: 'earlier' | 'together' | 'later';
  /** It is in force under the other category for something that the planned one covers. */
  readonly contradicts: boolean;
  /** It has the id that would be written, so writing replaces it. */
  readonly isReplaced: boolean;
};

export type OverlapContext = {
  readonly hierarchy: Hierarchy;
  readonly now: Date;
  /** The location of the resource at the planned scope; undefined if unknown, or if the scope is not a resource. */
  readonly location: string | undefined;
};

type References = readonly string[] | undefined;
type Share = 'all' | 'part' | 'unclear' | 'none';

const includes = (ids: readonly string[], id: string): boolean =>
  ids.some((each) => each.toLowerCase() === id.toLowerCase());

const within = (inner: References, outer: References): boolean =>
  outer === undefined || (inner?.every((each) => includes(outer, each)) ?? false);

const isTwin = (planned: PlannedExemption, { scope, referenceIds }: Exemption): boolean =>
  sameId(planned.scope, scope) &&
  within(planned.referenceIds, referenceIds) &&
  within(referenceIds, planned.referenceIds);

/** In milliseconds; Infinity for no expiry. */
export const endOf = ({ expiresAt }: Pick<Exemption, 'expiresAt'>): number => expiresAt?.getTime() ?? Infinity;

const compareEnds = (planned: PlannedExemption, existing: Exemption): Overlap['ends'] => {
  const [asked, found] = [endOf(planned), endOf(existing)];
  return found < asked ? 'earlier' : found > asked ? 'later' : 'together';
};

const hasNothingOf = ({ referenceIds }: Exemption, reference: Reference): boolean =>
  referenceIds !== undefined && reference !== undefined && !includes(referenceIds, reference);

/**
 * How much an exemption that reaches the whole planned scope covers of a reference there. Where selectors depend on a resource, its child
 * resources are ignored.
 */
const shareAbove = (
  { scope }: PlannedExemption,
  existing: Exemption,
  { location }: OverlapContext,
  reference: Reference,
): Share => {
  if (hasNothingOf(existing, reference)) return 'none';
  const { referenceIds, resourceSelectors = [] } = existing;
  const selected = selects(resourceSelectors, {
    resourceType: resourceTypeOf(scope),
    location,
    referenceId: reference,
  });
  if (selected !== 'yes') return selected === 'no' ? 'none' : 'unclear';
  return referenceIds !== undefined && reference === undefined ? 'part' : 'all';
};

/** How much an exemption below the planned scope covers of a reference: never all of it, and nothing only if its own selectors say so. */
const shareBelow = (existing: Exemption, reference: Reference): Share => {
  if (hasNothingOf(existing, reference)) return 'none';
  const { scope, resourceSelectors = [] } = existing;
  const at = { resourceType: resourceTypeOf(scope), location: undefined, referenceId: reference };
  return selects(resourceSelectors, at) === 'no' ? 'none' : 'part';
};

const inForce = (
  planned: PlannedExemption,
  existing: Exemption,
  context: OverlapContext,
): Pick<Overlap, 'kind' | 'frees'> => {
  const references = planned.referenceIds ?? [undefined];
  if (references.every((reference) => hasNothingOf(existing, reference))) return { kind: 'apart', frees: [] };
  const isAbove = covers(existing.scope, planned.scope, context.hierarchy);
  const isBelow = covers(planned.scope, existing.scope, context.hierarchy);
  if (!isAbove && !isBelow) return { kind: 'apart', frees: [] };
  const shareOf = (reference: Reference): Share =>
    isAbove ? shareAbove(planned, existing, context, reference) : shareBelow(existing, reference);
  const shares = references.map(shareOf);
  const frees = references.filter((_, index) => shares[index] === 'all');
  const isInside = isBelow && within(existing.referenceIds, planned.referenceIds);
  if (shares.every((share) => share === 'none')) return { kind: 'apart', frees };
  if (frees.length === references.length) {
    const isWhole = planned.referenceIds !== undefined && shareOf(undefined) === 'all';
    return { kind: isInside ? 'same' : isWhole ? 'whole-initiative' : 'wider', frees };
  }
  if (isInside) return { kind: 'narrower', frees };
  return { kind: shares.some((share) => share === 'all' || share === 'part') ? 'partial' : 'unclear', frees };
};

/**
 * The relation of an existing exemption to a planned one, by scope, assignment, reference ids, selectors and time. Casing and the order of
 * reference ids do not matter; selectors count only where their result is certain; an expired exemption covers nothing. Pure.
 */
export const overlapOf = (planned: PlannedExemption, existing: Exemption, context: OverlapContext): Overlap => {
  const isReplaced = sameId(planned.id, existing.id);
  const ends = compareEnds(planned, existing);
  const isSameAssignment = sameId(planned.policyAssignmentId, existing.policyAssignmentId);
  if (!isSameAssignment) return { kind: 'apart', frees: [], ends, contradicts: false, isReplaced };
  if (isExpired(existing, context.now)) {
    const kind = isReplaced || isTwin(planned, existing) ? 'expired-twin' : 'apart';
    return { kind, frees: [], ends, contradicts: false, isReplaced };
  }
  const { kind, frees } = inForce(planned, existing, context);
  const isCommon = kind !== 'apart' && kind !== 'unclear';
  return { kind, frees, ends, contradicts: isCommon && planned.category !== existing.category, isReplaced };
};
