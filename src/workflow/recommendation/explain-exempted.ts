import { mostExempting, type KeptListing } from '../../core/inventory/listing-filter.ts';
import { nameOf } from '../../core/tenant/arm-id.ts';
import { normalChain, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { atOrAbove } from '../../core/tenant/scope-sets.ts';
import type { Assessment } from '../../core/tenant/recommendation.ts';
import type { Desk } from '../desk.ts';
import { requestsBehind } from '../inventory/requests-behind.ts';
import type { PolicyMap } from '../plan/map-policies.ts';
import { findWhatExempts, type ExemptedAssessment } from './find-what-exempts.ts';

/**
 * What lists know to exempt resources of one recommendation, by the ids of the resources. Left out is what they do not explain for certain: lists do not
 * know which scopes an exemption made in Defender leaves out, so one of several there may be the wrong one.
 */
const explainFromLists = async (
  { database, now }: Pick<Desk, 'database' | 'now'>,
  exempt: readonly Assessment[],
  hierarchy: Hierarchy,
): Promise<ReadonlyMap<string, ExemptedAssessment>> => {
  const [first] = exempt;
  const { policy, defender } = await database.listings.readAt();
  if (first === undefined || policy === undefined || defender === undefined) return new Map();
  const scopes = [...new Set(exempt.flatMap(({ resourceId }) => normalChain(resourceId, hierarchy)))];
  const kept = await database.listings.exempting(first.recommendationKey, scopes, now());
  if (kept.length >= mostExempting) return new Map();
  const there = atOrAbove(
    kept.map((row) => ({ row, scope: row.exemption.scope })),
    hierarchy,
  );
  const certain = (resourceId: string): KeptListing | undefined => {
    const rows = there(resourceId).map(({ row }) => row);
    const [only, ...others] = rows;
    return rows.find(({ madeIn }) => madeIn === 'policy') ?? (others.length === 0 ? only : undefined);
  };
  const references = [...new Set(kept.flatMap(({ reference }) => reference ?? []))];
  const requestOf = requestsBehind(references.length === 0 ? [] : await database.requests.list({ references }));
  return new Map(
    exempt.flatMap((assessment): [string, ExemptedAssessment][] => {
      const row = certain(assessment.resourceId);
      if (row === undefined) return [];
      const { exemption, madeIn, reference } = row;
      const request = requestOf({ id: exemption.id, requestReference: reference });
      const facts = { ...exemption, name: nameOf(exemption.id), description: '' };
      return [[assessment.resourceId, { assessment, exemption: facts, madeIn, request }]];
    }),
  );
};

/**
 * The exemptions of some resources of one recommendation, and the requests behind them, as lists know them: without descriptions. Azure is asked only about the
 * resources that lists do not explain, for instance right after an exemption was made outside.
 */
export const explainExempted = async (
  desk: Desk,
  exempt: readonly Assessment[],
  hierarchy: Hierarchy,
  mapped: Promise<PolicyMap>,
): Promise<ExemptedAssessment[]> => {
  const explained = await explainFromLists(desk, exempt, hierarchy);
  const others = exempt.filter(({ resourceId }) => !explained.has(resourceId));
  const asked = await findWhatExempts(desk, others, hierarchy, mapped);
  const live = new Map(asked.map((each) => [each.assessment.resourceId, each]));
  return exempt.flatMap(({ resourceId }) => explained.get(resourceId) ?? live.get(resourceId) ?? []);
};
