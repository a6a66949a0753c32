import { sameId } from '../tenant/arm-id.ts';
import type { ExemptionCategory } from '../exemption/exemption.ts';
import { referencesOf, selectorsText, type SeenExemption } from './seen-exemption.ts';

/** One changed field of an exemption. */
export type ExemptionChange =
  | {
      readonly field: 'expiry';
      /** UTC; undefined: no expiry. */
      readonly from: Date | undefined;
      readonly to: Date | undefined;
      /** The approved expiry, if the new one is later. */
      readonly beyond: Date | undefined;
    }
  | { readonly field: 'category'; readonly from: ExemptionCategory; readonly to: ExemptionCategory }
  | { readonly field: 'name'; readonly from: string; readonly to: string }
  | { readonly field: 'description' }
  | {
      readonly field: 'policies';
      readonly added: readonly string[] | 'all';
      readonly removed: readonly string[] | 'all';
    }
  | { readonly field: 'assignment'; readonly from: string; readonly to: string }
  | { readonly field: 'selectors'; readonly narrowed: boolean; readonly narrowedBefore: boolean };

const sameMoment = (a: Date | undefined, b: Date | undefined): boolean => a?.getTime() === b?.getTime();

const isLater = (end: Date | undefined, than: Date | undefined): boolean =>
  than !== undefined && (end === undefined || end.getTime() > than.getTime());

const samePolicies = (a: SeenExemption, b: SeenExemption): boolean =>
  (a.referenceIds === undefined) === (b.referenceIds === undefined) &&
  referencesOf(a).join('\n') === referencesOf(b).join('\n');

const policyChange = (before: SeenExemption, now: SeenExemption): ExemptionChange => {
  const [old, current] = [referencesOf(before), referencesOf(now)];
  return {
    field: 'policies',
    added: now.referenceIds === undefined ? 'all' : current.filter((each) => !old.includes(each)),
    removed: before.referenceIds === undefined ? 'all' : old.filter((each) => !current.includes(each)),
  };
};

const isNarrowed = ({ resourceSelectors = [] }: SeenExemption): boolean => resourceSelectors.length > 0;

type Field = {
  readonly isSame: (a: SeenExemption, b: SeenExemption) => boolean;
  readonly change: (before: SeenExemption, now: SeenExemption, approved: SeenExemption | undefined) => ExemptionChange;
};

/** Every field whose change raises an alert, most serious first. */
const fields: readonly Field[] = [
  {
    isSame: (a, b) => sameMoment(a.expiresAt, b.expiresAt),
    change: ({ expiresAt: from }, { expiresAt: to }, approved) => ({
      field: 'expiry',
      from,
      to,
      beyond: isLater(to, approved?.expiresAt) ? approved?.expiresAt : undefined,
    }),
  },
  { isSame: samePolicies, change: policyChange },
  {
    isSame: (a, b) => sameId(a.policyAssignmentId, b.policyAssignmentId),
    change: ({ policyAssignmentId: from }, { policyAssignmentId: to }) => ({ field: 'assignment', from, to }),
  },
  {
    isSame: (a, b) => selectorsText(a) === selectorsText(b),
    change: (before, now) => ({
      field: 'selectors',
      narrowed: isNarrowed(now),
      narrowedBefore: isNarrowed(before),
    }),
  },
  {
    isSame: (a, b) => a.category === b.category,
    change: ({ category: from }, { category: to }) => ({ field: 'category', from, to }),
  },
  {
    isSame: (a, b) => a.displayName === b.displayName,
    change: ({ displayName: from }, { displayName: to }) => ({ field: 'name', from, to }),
  },
  { isSame: (a, b) => a.descriptionHash === b.descriptionHash, change: () => ({ field: 'description' }) },
];

/**
 * The changes to an exemption between two sweeps. If a request says what should be there (`approved`), a field that now matches it was
 * written by Exemption Desk and is no change. Pure.
 */
export const changesOf = (
  before: SeenExemption,
  now: SeenExemption,
  approved: SeenExemption | undefined,
): ExemptionChange[] =>
  fields
    .filter(({ isSame }) => !isSame(before, now) && (approved === undefined || !isSame(approved, now)))
    .map(({ change }) => change(before, now, approved));
