import { isExpired, type Exemption } from '../../core/exemption/exemption.ts';
import { normalId, scopeKind } from '../../core/tenant/arm-id.ts';
import { gapsOf } from '../../core/inventory/coverage-gaps.ts';
import type { Target } from '../../core/plan/exemption-plan.ts';
import { covers, scopeChain } from '../../core/tenant/hierarchy.ts';
import type { PolicyAssignment } from '../../core/tenant/policy.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { RequestStatus } from '../../core/request/request-status.ts';
import type { Sighting } from '../../core/inventory/seen-exemption.ts';
import type { Desk } from '../desk.ts';
import type { PolicyMap } from '../plan/map-policies.ts';
import type { SweepLook } from './look-around.ts';

export type Gap = { readonly request: ExemptionRequest; readonly targets: readonly Target[] };

const written: readonly RequestStatus[] = ['applied', 'partly-applied', 'effective'];

export const isWritten = ({ status }: Pick<ExemptionRequest, 'status'>): boolean => written.includes(status);

/** A digest of everything that decides which assignment includes what, where. */
export const digestOf = (map: PolicyMap, hash: (text: string) => string): string =>
  hash(
    JSON.stringify([
      map.assignments.map(({ id, definitionId, definitionVersion, excludedScopes, resourceSelectors, switchedOff }) => [
        normalId(id),
        normalId(definitionId),
        definitionVersion,
        excludedScopes,
        resourceSelectors,
        switchedOff,
      ]),
      map.initiatives.map(({ id, definitionVersion, references }) => [normalId(id), definitionVersion, references]),
    ]),
  );

/** The assignments that include a policy definition, by their scope. */
const holdersByScope = (map: PolicyMap) => {
  const known = new Map<string, ReadonlyMap<string, readonly PolicyAssignment[]>>();
  return (definitionId: string): ReadonlyMap<string, readonly PolicyAssignment[]> => {
    const before = known.get(normalId(definitionId));
    if (before !== undefined) return before;
    const holders = map.assignments.filter((assignment) => map.holds(assignment, definitionId));
    const byScope = Map.groupBy(holders, ({ scope }) => normalId(scope));
    known.set(normalId(definitionId), byScope);
    return byScope;
  };
};

/** Those at, above and below a scope; only a scope wider than a resource has something below it. */
const aroundScope = (
  holders: ReadonlyMap<string, readonly PolicyAssignment[]>,
  scope: string,
  { hierarchy }: SweepLook,
): PolicyAssignment[] => {
  const above = scopeChain(scope, hierarchy).flatMap((each) => holders.get(normalId(each)) ?? []);
  if (scopeKind(scope) === 'resource') return above;
  const below = [...holders].flatMap(([place, assignments]) => (covers(scope, place, hierarchy) ? assignments : []));
  return [...new Set([...above, ...below])];
};

/** The fields of an exemption that planning reads. */
const exemptionOf = ({ exemption, reference }: Sighting): Exemption => ({
  ...exemption,
  name: '',
  description: '',
  createdBy: undefined,
  requestReference: reference,
});

/** The gap of one request, without targets if it has none. Undefined: nothing can be said, or the request has expired. */
const gapIn = async (
  desk: Desk,
  look: SweepLook,
  holdersOf: ReturnType<typeof holdersByScope>,
  request: ExemptionRequest,
): Promise<Gap | undefined> => {
  const { terms, targets } = request;
  const wanted = terms.recommendation.key.toLowerCase();
  const definitionId = look.map.catalogue.find(({ key }) => key.toLowerCase() === wanted)?.policyDefinitionId;
  if (definitionId === undefined || isExpired(terms, look.at)) return undefined;
  const approved = new Set(targets.map(({ assignmentId }) => normalId(assignmentId)));
  const assignments = [...new Set(terms.scopes.flatMap((scope) => aroundScope(holdersOf(definitionId), scope, look)))];
  const strangers = assignments.filter(({ id }) => !approved.has(normalId(id)));
  if (strangers.length === 0) return { request, targets: [] };
  const places = [...terms.scopes, ...strangers.map(({ scope }) => scope)];
  const existing = await desk.database.seen.at(
    places.flatMap((scope) => scopeChain(scope, look.hierarchy)),
    strangers.map(({ id }) => id),
  );
  const gaps = gapsOf(request, {
    policyDefinitionId: definitionId,
    assignments: strangers,
    initiatives: look.map.initiatives,
    existing: existing.map(exemptionOf),
    hierarchy: look.hierarchy,
    // Not read: a selector that uses the location gives an uncertain answer.
    location: undefined,
    now: look.at,
    category: terms.category,
    // Whatever is exempt now is no gap, however soon that expires.
    expiresAt: look.at,
    hash: desk.hash,
  });
  return { request, targets: gaps };
};

/** Finds the gaps of requests; a followed one is also returned without any, as long as something can be said of it. */
export type FindGaps = (requests: readonly ExemptionRequest[], isFollowed: boolean) => Promise<Gap[]>;

/** Looks for policy assignments that bring a recommendation back at scopes that a request exempted. */
export const gapFinder = (desk: Desk, look: SweepLook): FindGaps => {
  const holdersOf = holdersByScope(look.map);
  return async (requests, isFollowed) => {
    const gaps: Gap[] = [];
    for (const request of requests) {
      const gap = await gapIn(desk, look, holdersOf, request);
      if (gap !== undefined && (gap.targets.length > 0 || isFollowed)) gaps.push(gap);
    }
    return gaps;
  };
};

/** Every request whose exemptions should be in Azure, in portions. */
export const standingRequests = (desk: Desk): AsyncIterable<ExemptionRequest[]> =>
  desk.database.requests.inPortions(written);
