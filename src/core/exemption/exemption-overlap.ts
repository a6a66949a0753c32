import { resourceTypeOf, sameId } from '../tenant/arm-id.ts';
import { isExpired, type Exemption } from './exemption.ts';
import { covers, type Hierarchy } from '../tenant/hierarchy.ts';
import { selects } from '../tenant/resource-selector.ts';

/** An exemption as it would be written; no selectors narrow it. */
export type PlannedExemption = Pick<
  Exemption,
  'id' | 'scope' | 'policyAssignmentId' | 'referenceIds' | 'category' | 'expiresAt'
>;

/** What an exemption frees of its assignment: one reference id; undefined: the whole assignment. */
export type Reference = string | undefined;

/**
 * How an existing exemption stands to a planned one. Exactly one holds. Whatever is not `apart` is of the same assignment; whatever is not
 * `expired-twin` either is in force now. Ends are compared apart from this: see Overlap.
 * - `apart`: they have nothing in common: another assignment, no common scope or reference id, selectors that surely select nothing of it, or expired.
 * - `same`: it frees exactly the same.
 * - `wider`: it frees all of the planned one and more, by its scope or its reference ids.
 * - `whole-initiative`: it does so without naming reference ids, so everything else in the initiative is exempt there too.
 * - `narrower`: the planned one frees all of it and more.
 * - `partial`: they have something in common, and each frees something that the other does not.
 * - `unclear`: it reaches the planned scope, but nobody can tell here what its selectors select of it.
 * - `expired-twin`: it has expired, and is of the same scope and reference ids, or stands at the id that would be written.
 */
export type OverlapKind =
  'apart' | 'same' | 'wider' | 'whole-initiative' | 'narrower' | 'partial' | 'unclear' | 'expired-twin';

export type Overlap = {
  readonly kind: OverlapKind;
  /** The planned references that it surely frees at all of the planned scope for as long as it lasts: all for `same`, `wider` and `whole-initiative`, perhaps some for `narrower` and `partial`. */
  readonly frees: readonly Reference[];
  /** Its end against the planned one; never ending is the latest. */
  readonly ends: 'earlier' | 'together' | 'later';
  /** It is in force for something of the planned one under the other category. */
  readonly contradicts: boolean;
  /** It stands at the id that would be written, so writing replaces it. */
  readonly isReplaced: boolean;
};

export type OverlapContext = {
  readonly hierarchy: Hierarchy;
  readonly now: Date;
  /** Where the resource at the planned scope is; undefined: not known, or the scope is no resource. */
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

/** In milliseconds; never ending is the latest. */
export const endOf = ({ expiresAt }: Pick<Exemption, 'expiresAt'>): number => expiresAt?.getTime() ?? Infinity;

const compareEnds = (planned: PlannedExemption, existing: Exemption): Overlap['ends'] => {
  const [asked, found] = [endOf(planned), endOf(existing)];
  return found < asked ? 'earlier' : found > asked ? 'later' : 'together';
};

const hasNothingOf = ({ referenceIds }: Exemption, reference: Reference): boolean =>
  referenceIds !== undefined && reference !== undefined && !includes(referenceIds, reference);

/** What an exemption that reaches all of the planned scope frees there of a reference. Where selectors look at a resource, its children do not count. */
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

/** What one somewhere below the planned scope frees of a reference: never all, and nothing only where its own selectors say so. */
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
 * How an existing exemption stands to a planned one, by scope segments, assignment, reference ids, selectors and time. Casing and the order of
 * reference ids do not matter; selectors count only where they surely select; what has expired frees nothing. Pure.
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
