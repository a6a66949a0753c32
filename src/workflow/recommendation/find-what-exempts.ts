import { isExpired, type Exemption, type ExemptionFacts } from '../../core/exemption/exemption.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { isGuid, scopeKind } from '../../core/tenant/arm-id.ts';
import { scopeLabel, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import type { Assessment } from '../../core/tenant/recommendation.ts';
import { atOrAbove } from '../../core/tenant/scope-sets.ts';
import type { Desk } from '../desk.ts';
import { exempts, findDefenderExemptions } from '../inventory/find-defender-exemptions.ts';
import { requestsBehind } from '../inventory/requests-behind.ts';
import { bearingOn, type PolicyMap } from '../plan/map-policies.ts';

export type ExemptedAssessment = {
  readonly assessment: Assessment;
  /** The exemption of this resource; undefined if Azure shows none. */
  readonly exemption: ExemptionFacts | undefined;
  readonly madeIn: 'policy' | 'defender';
  /** The request that wrote it; undefined: made outside Exemption Desk. */
  readonly request: Pick<ExemptionRequest, 'reference' | 'requester'> | undefined;
};

/** Shows a subscription by its name, not by its GUID. */
export const withReadableName = <Named extends Pick<Assessment, 'resourceId' | 'resourceName'>>(
  assessment: Named,
  hierarchy: Hierarchy,
): Named =>
  scopeKind(assessment.resourceId) === 'resource'
    ? assessment
    : { ...assessment, resourceName: scopeLabel(assessment.resourceId, hierarchy) };

/** Of what Exemption Desk wrote, Azure knows only the id of its identity; the request or the description names the people. */
const byPeople = (exemption: Exemption): Exemption =>
  exemption.requestReference !== undefined && isGuid(exemption.createdBy ?? '')
    ? { ...exemption, createdBy: undefined }
    : exemption;

type Found = Omit<ExemptedAssessment, 'request' | 'exemption'> & {
  readonly exemption: (ExemptionFacts & Partial<Pick<Exemption, 'requestReference'>>) | undefined;
};

const withRequests = async (
  { database }: Pick<Desk, 'database'>,
  found: readonly Found[],
): Promise<ExemptedAssessment[]> => {
  const references = [...new Set(found.flatMap(({ exemption }) => exemption?.requestReference ?? []))];
  const requestOf = requestsBehind(references.length === 0 ? [] : await database.requests.list({ references }));
  return found.map((each) => {
    const { exemption } = each;
    const { requestReference } = exemption ?? {};
    const request = exemption === undefined ? undefined : requestOf({ id: exemption.id, requestReference });
    return { ...each, request };
  });
};

/**
 * The exemptions of some resources, and the requests behind them. Asks Azure only for those at and above them, so the size of the tenant does
 * not matter.
 */
export const findWhatExempts = async (
  desk: Desk,
  exempt: readonly Assessment[],
  hierarchy: Hierarchy,
  mapped: Promise<PolicyMap>,
): Promise<ExemptedAssessment[]> => {
  if (exempt.length === 0) return [];
  const scopes = exempt.map(({ resourceId }) => resourceId);
  const [map, near, inDefender = []] = await Promise.all([
    mapped,
    desk.exemptions.near(scopes, hierarchy),
    findDefenderExemptions(desk, scopes, hierarchy),
  ]);
  const isInForce = (each: ExemptionFacts): boolean => !isExpired(each, desk.now());
  const byPolicy = atOrAbove(near.filter(isInForce), hierarchy);
  const byDefender = atOrAbove(inDefender.filter(isInForce), hierarchy);
  const found = exempt.map((assessment): Found => {
    const { recommendationKey: key, resourceId } = assessment;
    const inPolicy = byPolicy(resourceId).find((each) => bearingOn(map, each).some((one) => one.key === key));
    if (inPolicy !== undefined) return { assessment, exemption: byPeople(inPolicy), madeIn: 'policy' };
    const made = byDefender(resourceId).find((each) => exempts(each, assessment, hierarchy));
    return { assessment, exemption: made, madeIn: made === undefined ? 'policy' : 'defender' };
  });
  return withRequests(desk, found);
};
