import { normalId } from '../tenant/arm-id.ts';
import type { Exemption } from '../exemption/exemption.ts';
import type { ExemptState } from '../tenant/policy.ts';
import type { Recommendation } from '../tenant/recommendation.ts';

/**
 * The stored state of an exemption, kept from one sweep to the next to detect changes. Of texts by people it contains only the name that
 * lists show; the description is stored as a digest.
 */
export type SeenExemption = Pick<
  Exemption,
  | 'id'
  | 'scope'
  | 'policyAssignmentId'
  | 'referenceIds'
  | 'category'
  | 'displayName'
  | 'expiresAt'
  | 'createdAt'
  | 'resourceSelectors'
> & { readonly descriptionHash: string };

/** A stored exemption with everything that was found out about it. */
export type Sighting = {
  readonly exemption: SeenExemption;
  /** Digest of every field whose change raises an alert; see `fingerprintOf`. */
  readonly fingerprint: string;
  /** The unit that alerts report it with; see exemption-units.ts. */
  readonly unitKey: string;
  /** The reference of its request; undefined: made outside Exemption Desk. */
  readonly reference: string | undefined;
  /** Undefined for an ordinary exemption of Azure Policy, about which nobody is alerted. */
  readonly recommendation: Pick<Recommendation, 'title' | 'severity'> | undefined;
  /** Counts the changes that were seen. */
  readonly version: number;
  /** Azure confirmed that its policy assignment is gone. */
  readonly orphaned: boolean;
  /** Everything that it exempts would be compliant without it. */
  readonly needless: boolean;
  /** Since when no list shows it, although Azure has not confirmed that it was deleted. */
  readonly missingSince: Date | undefined;
  /** Until then Exemption Desk itself writes there, and changes raise no alerts. */
  readonly silentUntil: Date | undefined;
};

/** The part of a sighting that every sweep reads for every exemption. */
export type SightingInBrief = Pick<
  Sighting,
  'fingerprint' | 'unitKey' | 'reference' | 'orphaned' | 'missingSince' | 'silentUntil'
> & {
  /** A small permanent number, for remembering which exemptions a sweep has met. */
  readonly number: number;
  /** The digest of what lists show of it; undefined: not worked out yet. */
  readonly listed: string | undefined;
};

/** From one instant (included) to another (excluded), in milliseconds of UTC. */
type Span = { readonly from: number; readonly until: number };

/** The memory of the sweep. Ids are compared without case. */
export type SeenStore = {
  /** The known ones among these exemptions, by normal id. */
  readonly inBrief: (exemptionIds: readonly string[]) => Promise<ReadonlyMap<string, SightingInBrief>>;
  readonly find: (exemptionIds: readonly string[]) => Promise<Sighting[]>;
  readonly inUnits: (unitKeys: readonly string[]) => Promise<Sighting[]>;
  /** The exemptions at one of the scopes on one of the policy assignments. */
  readonly at: (scopes: readonly string[], assignmentIds: readonly string[]) => Promise<Sighting[]>;
  /** Everything known, in portions, so that it never has to fit in memory together. */
  readonly all: () => AsyncIterable<Sighting[]>;
  /** The normal ids of exemptions in sight that expire within one of the spans, at most so many. */
  readonly endingWithin: (spans: readonly Span[], most: number) => Promise<string[]>;
  /** The exemptions in sight on these policy assignments that are not orphaned. */
  readonly on: (assignmentIds: readonly string[]) => Promise<Sighting[]>;
  /** Stores exemptions as they were found, replacing everything known except `silentUntil`; returns their numbers. */
  readonly save: (sightings: readonly Sighting[], at: Date) => Promise<number[]>;
  readonly remove: (exemptionIds: readonly string[]) => Promise<void>;
  /** The number of known exemptions that are not missing. */
  readonly countInSight: () => Promise<number>;
  /** Up to `limit` exemptions in sight that are not among these numbers. */
  readonly unlisted: (numbers: readonly number[], limit: number) => Promise<Sighting[]>;
  /** Marks all exemptions in sight that are not among these numbers as missing. */
  readonly markMissing: (numbers: readonly number[], at: Date) => Promise<void>;
  /** Marks exemptions as no longer missing. */
  readonly markFound: (exemptionIds: readonly string[]) => Promise<void>;
  /** Missing exemptions to ask Azure about, starting with those not asked about for the longest time; records that they are asked about. */
  readonly missingToAsk: (limit: number, at: Date) => Promise<Sighting[]>;
  /** Being in force again counts as a change, so that a second loss of the assignment is another event. */
  readonly markOrphaned: (exemptionIds: readonly string[], orphaned: boolean) => Promise<void>;
  /** The known exemptions without selectors behind each state, as pairs of their number and the position of the state. */
  readonly behind: (
    states: readonly (ExemptState & { readonly scopes: readonly string[] })[],
  ) => Promise<{ readonly number: number; readonly state: number }[]>;
  /** Being needed again counts as a change, so that not being needed once more is another event. */
  readonly markNeeded: (numbers: readonly number[]) => Promise<void>;
  /** Of these, the ones that still count as needed. */
  readonly needed: (numbers: readonly number[]) => Promise<Sighting[]>;
  /** Of these, the ones that count as not needed. */
  readonly needlessAmong: (numbers: readonly number[]) => Promise<Sighting[]>;
  readonly markNeedless: (numbers: readonly number[]) => Promise<void>;
  /** Until then changes at these ids, including deletion, are stored without an alert, because Exemption Desk itself writes there. */
  readonly silence: (exemptionIds: readonly string[], until: Date) => Promise<void>;
};

export const seenOf = (exemption: Exemption, hash: (text: string) => string): SeenExemption => ({
  id: exemption.id,
  scope: exemption.scope,
  policyAssignmentId: exemption.policyAssignmentId,
  referenceIds: exemption.referenceIds,
  category: exemption.category,
  displayName: exemption.displayName,
  expiresAt: exemption.expiresAt,
  createdAt: exemption.createdAt,
  resourceSelectors: exemption.resourceSelectors ?? [],
  descriptionHash: hash(exemption.description),
});

/** Reference ids as a set, because Azure keeps neither their order nor their casing. */
export const referencesOf = ({ referenceIds }: Pick<SeenExemption, 'referenceIds'>): string[] =>
  [...new Set((referenceIds ?? []).map((each) => each.toLowerCase()))].sort();

/** Selectors as one text, for comparison, whatever order a database gives their members. */
export const selectorsText = ({ resourceSelectors = [] }: Pick<SeenExemption, 'resourceSelectors'>): string =>
  JSON.stringify(
    resourceSelectors.map((conditions) =>
      conditions.map(({ kind, in: wanted, notIn }) => ({ kind, in: wanted, notIn })),
    ),
  );

/** A digest that is equal for two sweeps if no field changed whose change raises an alert; ignores casing and order. */
export const fingerprintOf = (
  exemption: SeenExemption,
  requestReference: string | undefined,
  hash: (text: string) => string,
): string =>
  hash(
    JSON.stringify([
      normalId(exemption.policyAssignmentId),
      exemption.referenceIds === undefined ? 'all' : referencesOf(exemption),
      exemption.category,
      exemption.displayName,
      exemption.descriptionHash,
      exemption.expiresAt?.getTime() ?? 'never',
      selectorsText(exemption),
      requestReference ?? '',
    ]),
  );
