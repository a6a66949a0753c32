import { sameId } from './arm-id.ts';
import { isInitiative, type Initiative, type InitiativeReference, type PolicyAssignment } from './policy.ts';

/**
 * How an assignment evaluates a definition: directly, by references of its initiative (at least one), not at all, or unknown because the
 * initiative could not be read.
 */
export type Holding =
  | { readonly kind: 'direct' }
  | { readonly kind: 'references'; readonly referenceIds: readonly string[] }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unread' };

/** The initiative of an assignment, in the version that the assignment uses; undefined if it was not read. */
export const initiativeOf = (
  { definitionId, definitionVersion }: Pick<PolicyAssignment, 'definitionId' | 'definitionVersion'>,
  initiatives: readonly Initiative[],
): Initiative | undefined =>
  initiatives.find(
    (candidate) => sameId(candidate.id, definitionId) && candidate.definitionVersion === definitionVersion,
  );

const referencesTo = (initiative: Initiative | undefined, definitionId: string): InitiativeReference[] =>
  initiative?.references.filter((each) => sameId(each.definitionId, definitionId)) ?? [];

export const holdingOf = (
  assignment: PolicyAssignment,
  definitionId: string,
  initiatives: readonly Initiative[],
): Holding => {
  if (!isInitiative(assignment.definitionId))
    return { kind: sameId(assignment.definitionId, definitionId) ? 'direct' : 'nothing' };
  const initiative = initiativeOf(assignment, initiatives);
  if (initiative === undefined) return { kind: 'unread' };
  const references = referencesTo(initiative, definitionId);
  return references.length === 0
    ? { kind: 'nothing' }
    : { kind: 'references', referenceIds: references.map((each) => each.referenceId) };
};

const isOff = (assignment: PolicyAssignment, reference: InitiativeReference | undefined): boolean => {
  const { switchedOff, parameters } = assignment;
  const byOverride =
    switchedOff === 'all' ||
    (reference !== undefined && switchedOff.some((each) => each.toLowerCase() === reference.referenceId.toLowerCase()));
  const parameter = reference === undefined ? 'effect' : reference.effect?.parameter;
  const effect = (parameter === undefined ? undefined : parameters[parameter]) ?? reference?.effect?.otherwise;
  return byOverride || effect?.toLowerCase() === 'disabled';
};

/**
 * Whether the assignment includes the definition with its effect disabled everywhere. Then it evaluates nothing, and Defender shows "off by
 * policy".
 */
export const isSwitchedOff = (
  assignment: PolicyAssignment,
  definitionId: string,
  initiatives: readonly Initiative[],
): boolean => {
  if (!isInitiative(assignment.definitionId)) return isOff(assignment, undefined);
  const references = referencesTo(initiativeOf(assignment, initiatives), definitionId);
  return references.length > 0 && references.every((reference) => isOff(assignment, reference));
};
