import type { Assessment } from '../../tenant/assessments.ts';
import type { Recommendation } from '../../tenant/tenant.ts';
import type { RowWish } from '../kql/row-wish.ts';

/** Columns that say nothing about the resource of an assessment, apart from its subscription. */
const aboutNoResource: ReadonlySet<string> = new Set(['name', 'type', 'subscriptionId', 'tenantId', 'properties']);
/** The same for the members of `properties`. */
const membersAboutNoResource: ReadonlySet<string> = new Set(['displayName', 'status', 'additionalData', 'metadata']);
/** The same for the members of `resourceDetails`. Members that it does not have say nothing either. */
const detailsOfResources: ReadonlySet<string> = new Set(['Id']);

/** True if a query that takes counted rows looks at nothing by which it could tell the resources of a subscription apart. */
export const seesNoResources = ({ isCounted, columns, members }: RowWish = {}): boolean => {
  if (isCounted !== true || columns === undefined || ![...columns].every((name) => aboutNoResource.has(name)))
    return false;
  if (!columns.has('properties')) return true;
  if (members === undefined) return false;
  return [...members].every(([name, details]) =>
    name === 'resourceDetails'
      ? details !== undefined && ![...details].some((detail) => detailsOfResources.has(detail))
      : membersAboutNoResource.has(name),
  );
};

/** So many assessments with the same recommendation and status, of which this is the first. */
export type Alike = { readonly assessment: Assessment; readonly count: number };

/** The same with each recommendation and status only once, in the order of the first ones. */
export const countAlike = (counted: Iterable<Alike>): readonly Alike[] => {
  type Growing = { readonly assessment: Assessment; count: number };
  const known = new Map<Recommendation, Map<Assessment['status'], Growing>>();
  const found: Alike[] = [];
  for (const { assessment, count } of counted) {
    const { recommendation, status } = assessment;
    const ofRecommendation = known.get(recommendation) ?? new Map<Assessment['status'], Growing>();
    if (ofRecommendation.size === 0) known.set(recommendation, ofRecommendation);
    const alike = ofRecommendation.get(status);
    if (alike !== undefined) {
      alike.count += count;
      continue;
    }
    const first = { assessment, count };
    ofRecommendation.set(status, first);
    found.push(first);
  }
  return found;
};

const known = new WeakMap<readonly Assessment[], readonly Alike[]>();

/** The alike assessments of a list. Counted once for each list. */
export const alikeIn = (assessments: readonly Assessment[]): readonly Alike[] => {
  const alike = known.get(assessments) ?? countAlike(assessments.map((assessment) => ({ assessment, count: 1 })));
  known.set(assessments, alike);
  return alike;
};
