import { normalId } from '../tenant/arm-id.ts';
import type { Exemption } from '../exemption/exemption.ts';
import type { ExemptState } from '../tenant/policy.ts';
import type { Recommendation } from '../tenant/recommendation.ts';

/**
 * What is kept of an exemption from one look at Azure to the next, so that a change can be told. Of people's words only the name that lists show;
 * the description is there as a digest.
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

/** A kept exemption together with what was found out about it. */
export type Sighting = {
  readonly exemption: SeenExemption;
  /** Digest of everything whose change is told; see `fingerprintOf`. */
  readonly fingerprint: string;
  /** What it is told of together with; see exemption-units.ts. */
  readonly unitKey: string;
  /** The request of ours behind it; undefined: made outside. */
  readonly reference: string | undefined;
  /** Undefined for an ordinary Azure Policy exemption, of which nobody is told. */
  readonly recommendation: Pick<Recommendation, 'title' | 'severity'> | undefined;
  /** Counts the changes that were seen. */
  readonly version: number;
  /** Its policy assignment is gone, by Azure's own word. */
  readonly orphaned: boolean;
  /** Everything that it exempts is compliant underneath. */
  readonly needless: boolean;
  /** Since when no list shows it although Azure has not said that it is gone. */
  readonly missingSince: Date | undefined;
  /** Until then we ourselves write there, and what is found is no news. */
  readonly silentUntil: Date | undefined;
};

/** As much of a sighting as every sweep reads of every exemption. */
export type SightingInBrief = Pick<Sighting, 'fingerprint' | 'orphaned' | 'missingSince' | 'silentUntil'> & {
  /** Small and lasting, for remembering which ones a look has met. */
  readonly number: number;
};

/** The memory of the sweep. Ids are compared without case. */
export type SeenStore = {
  /** Those of the exemptions that are known, by normal id. */
  readonly inBrief: (exemptionIds: readonly string[]) => Promise<ReadonlyMap<string, SightingInBrief>>;
  readonly find: (exemptionIds: readonly string[]) => Promise<Sighting[]>;
  readonly inUnits: (unitKeys: readonly string[]) => Promise<Sighting[]>;
  /** Those that stand at one of the scopes on one of the policy assignments. */
  readonly at: (scopes: readonly string[], assignmentIds: readonly string[]) => Promise<Sighting[]>;
  /** Everything known, in portions, so that the whole never has to fit in memory. */
  readonly all: () => AsyncIterable<Sighting[]>;
  /** Keeps exemptions as they were found, over whatever was known of them but `silentUntil`; their numbers. */
  readonly save: (sightings: readonly Sighting[], at: Date) => Promise<number[]>;
  readonly remove: (exemptionIds: readonly string[]) => Promise<void>;
  /** How many are known and not missing. */
  readonly countInSight: () => Promise<number>;
  /** Of those in sight some, `limit` at most, that are not among these numbers. */
  readonly unlisted: (numbers: readonly number[], limit: number) => Promise<Sighting[]>;
  /** Notes all in sight that are not among these numbers as missing. */
  readonly markMissing: (numbers: readonly number[], at: Date) => Promise<void>;
  /** Missing no longer. */
  readonly markFound: (exemptionIds: readonly string[]) => Promise<void>;
  /** Missing ones to ask Azure for, those first that were not asked for the longest; asking is noted. */
  readonly missingToAsk: (limit: number, at: Date) => Promise<Sighting[]>;
  readonly markOrphaned: (exemptionIds: readonly string[], orphaned: boolean) => Promise<void>;
  /** Of the known exemptions without selectors the numbers of those behind each state, as pairs of number and position of the state. */
  readonly behind: (
    states: readonly (ExemptState & { readonly scopes: readonly string[] })[],
  ) => Promise<{ readonly number: number; readonly state: number }[]>;
  /** Notes that all but these are needed. */
  readonly markNeeded: (except: readonly number[]) => Promise<void>;
  /** Of these, those that still count as needed. */
  readonly needed: (numbers: readonly number[]) => Promise<Sighting[]>;
  /** The ids, in lower case, of all that count as not needed. */
  readonly needless: () => Promise<ReadonlySet<string>>;
  readonly markNeedless: (numbers: readonly number[]) => Promise<void>;
  /** Until then whatever is found at these ids, also that they are gone, is taken in without telling: we ourselves write there. */
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

/** Reference ids as a set: Azure keeps neither their order nor their casing. */
export const referencesOf = ({ referenceIds }: Pick<SeenExemption, 'referenceIds'>): string[] =>
  [...new Set((referenceIds ?? []).map((each) => each.toLowerCase()))].sort();

/** Selectors as one text, to compare. */
export const selectorsText = ({ resourceSelectors = [] }: Pick<SeenExemption, 'resourceSelectors'>): string =>
  JSON.stringify(resourceSelectors);

/** Equal for two looks at an exemption between which nothing changed that is told; without regard to casing and order. */
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
