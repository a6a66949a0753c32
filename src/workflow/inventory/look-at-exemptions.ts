import { readDefenderExemptions, readExemptions } from '../../core/access/access.ts';
import type { DefenderExemption } from '../../core/inventory/defender-exemption.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import { exemptionStateOf, type StateContext } from '../../core/inventory/exemption-state.ts';
import { normalId, sameId } from '../../core/tenant/arm-id.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import { retiredNamed } from '../../core/tenant/retired-recommendation.ts';
import { severityOf } from '../../core/tenant/severity.ts';
import { isOrdinary, type ListedExemption } from '../../core/inventory/listed-exemption.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { describeExemption } from './describe-exemption.ts';
import { findDefenderExemptions } from './find-defender-exemptions.ts';
import type { Desk } from '../desk.ts';
import { mapPolicies, type PolicyMap } from '../plan/map-policies.ts';
import { canSee, takeViewpoint, type Asker, type Sight, type Viewpoint } from '../rights/take-viewpoint.ts';
import { together, soonestFirst } from './group-exemptions.ts';

export type ExemptionsInSight = {
  readonly rows: ListedExemption[];
  readonly viewpoint: Viewpoint;
  /** Azure did not return the exemptions made in Defender, so the list lacks them. */
  readonly withoutDefender: boolean;
};

const contextOf = (desk: Desk, withinDays: number, assignmentGone = false): StateContext => ({
  assignmentGone,
  now: desk.now(),
  timeZone: desk.timeZone,
  withinDays,
});

/** Finds the request behind an exemption. Trusted only if the stored request names this exemption id. */
export const requestsBehind = (
  requests: readonly ExemptionRequest[],
): ((exemption: Exemption) => ExemptionRequest | undefined) => {
  const byReference = new Map(requests.map((request) => [request.reference, request]));
  return ({ id, requestReference = '' }) => {
    const request = byReference.get(requestReference);
    return request?.targets.some((target) => sameId(target.exemptionId, id)) === true ? request : undefined;
  };
};

const listed = (
  desk: Desk,
  { map, requests, needless }: Awaited<ReturnType<typeof lookAtAll>>,
  { hierarchy }: Sight,
  withinDays: number,
) => {
  const requestBehind = requestsBehind(requests);
  return (exemption: Exemption): ListedExemption => {
    const { recommendations, wholeInitiative, assignmentName } = describeExemption(map, exemption);
    return {
      exemption,
      madeIn: 'policy',
      recommendations,
      wholeInitiative,
      needless: needless.has(normalId(exemption.id)),
      assignmentNames: assignmentName === undefined ? [] : [assignmentName],
      scopeLabel: scopeLabel(exemption.scope, hierarchy),
      state: exemptionStateOf(exemption, contextOf(desk, withinDays, assignmentName === undefined)),
      request: requestBehind(exemption),
    };
  };
};

/** A recommendation that Microsoft retired is in no catalogue any more. */
const formerly = (key = ''): ListedExemption['recommendations'] => {
  const retired = retiredNamed(key);
  return retired === undefined ? [] : [{ key: retired.key, title: retired.title, severity: severityOf('') }];
};

const listedFromDefender = (desk: Desk, map: PolicyMap, { hierarchy }: Viewpoint, withinDays: number) => {
  const byKey = Map.groupBy(map.catalogue, ({ key }) => normalId(key));
  return (exemption: DefenderExemption): ListedExemption => ({
    exemption,
    madeIn: 'defender',
    recommendations: byKey.get(normalId(exemption.recommendationKey ?? '')) ?? formerly(exemption.recommendationKey),
    wholeInitiative: false,
    needless: false,
    assignmentNames: [],
    scopeLabel: scopeLabel(exemption.scope, hierarchy),
    state: exemptionStateOf(exemption, contextOf(desk, withinDays)),
    request: undefined,
  });
};

const lookAtAll = async (desk: Desk) => {
  const [map, exemptions, needless] = await Promise.all([
    mapPolicies(desk),
    desk.exemptions.list(),
    desk.database.seen.needless(),
  ]);
  const references = new Set(exemptions.flatMap(({ requestReference }) => requestReference ?? []));
  const requests = references.size === 0 ? [] : await desk.database.requests.list({ references: [...references] });
  return { map, exemptions, requests, needless };
};

/** The exemptions of Azure Policy that may be shown there. */
const seenFrom = (
  desk: Desk,
  all: Awaited<ReturnType<typeof lookAtAll>>,
  sight: Sight,
  withinDays: number,
): ListedExemption[] =>
  all.exemptions.filter((exemption) => canSee(sight, exemption.scope)).map(listed(desk, all, sight, withinDays));

/** The exemptions that somebody may see, of Azure Policy and of Defender. */
export const lookAtExemptions = async (desk: Desk, asker: Asker, withinDays: number): Promise<ExemptionsInSight> => {
  const [viewpoint, defenderViewpoint, all, made] = await Promise.all([
    takeViewpoint(desk, asker, readExemptions),
    takeViewpoint(desk, asker, readDefenderExemptions),
    lookAtAll(desk),
    findDefenderExemptions(desk),
  ]);
  const rows = seenFrom(desk, all, viewpoint, withinDays);
  const others = (made ?? [])
    .filter((exemption) => canSee(defenderViewpoint, exemption.scope))
    .map(listedFromDefender(desk, all.map, defenderViewpoint, withinDays));
  return { rows: [...rows, ...others], viewpoint, withoutDefender: made === undefined };
};

/** Every exemption of Azure Policy that may be shown there, independent of the reader: for reports to channels. */
export const exemptionsSeenFrom = async (desk: Desk, sight: Sight, withinDays: number): Promise<ListedExemption[]> =>
  together(
    seenFrom(desk, await lookAtAll(desk), sight, withinDays)
      .filter((row) => !isOrdinary(row))
      .sort(soonestFirst),
  );
