import { readDefenderExemptions, readExemptions } from '../core/access.ts';
import type { DefenderExemption } from '../core/defender-exemption.ts';
import type { Exemption } from '../core/exemption.ts';
import { exemptionStateOf, type ExemptionState, type StateContext } from '../core/exemption-state.ts';
import { GovernanceError } from '../core/governance-error.ts';
import { normalId, sameId } from '../core/arm-id.ts';
import { scopeLabel } from '../core/hierarchy.ts';
import type { ListedExemption } from '../core/listed-exemption.ts';
import { isInitiative } from '../core/policy.ts';
import type { ExemptionRequest } from '../core/request.ts';
import { defenderExemptionsAround } from './defender-exemptions.ts';
import type { Desk } from './desk.ts';
import { assignmentOf, bearingOn, policyMap, type PolicyMap } from './policy-map.ts';
import { canSee, viewpointOf, type Asker, type Sight, type Viewpoint } from './viewpoint.ts';

export type ExemptionFilter = {
  readonly text: string;
  readonly state: ExemptionState | 'outside' | undefined;
  readonly withinDays: number;
};

export type ExemptionList = {
  readonly rows: ListedExemption[];
  readonly viewpoint: Viewpoint;
  /** Azure did not tell the exemptions that were made in Defender: the list lacks them. */
  readonly withoutDefender: boolean;
};

const contextOf = (desk: Desk, withinDays: number, assignmentGone = false): StateContext => ({
  assignmentGone,
  now: desk.now(),
  timeZone: desk.timeZone,
  withinDays,
});

/** The request of ours behind an exemption: believed only where that request itself names this exemption. */
export const requestBehind = (
  requests: readonly ExemptionRequest[],
  exemption: Exemption,
): ExemptionRequest | undefined =>
  requests.find(
    (request) =>
      request.reference === exemption.requestReference &&
      request.targets.some((target) => sameId(target.exemptionId, exemption.id)),
  );

const listed = (
  desk: Desk,
  map: PolicyMap,
  { hierarchy }: Sight,
  requests: readonly ExemptionRequest[],
  withinDays: number,
) => {
  return (exemption: Exemption): ListedExemption => {
    const assignment = assignmentOf(map, exemption);
    return {
      exemption,
      madeIn: 'policy',
      recommendations: bearingOn(map, exemption),
      wholeInitiative: exemption.referenceIds === undefined && isInitiative(assignment?.definitionId ?? ''),
      assignmentNames: assignment === undefined ? [] : [assignment.displayName],
      scopeLabel: scopeLabel(exemption.scope, hierarchy),
      state: exemptionStateOf(exemption, contextOf(desk, withinDays, assignment === undefined)),
      request: requestBehind(requests, exemption),
    };
  };
};

const listedFromDefender =
  (desk: Desk, map: PolicyMap, { hierarchy }: Viewpoint, withinDays: number) =>
  (exemption: DefenderExemption): ListedExemption => ({
    exemption,
    madeIn: 'defender',
    recommendations: map.catalogue.filter(({ key }) => sameId(key, exemption.recommendationKey)),
    wholeInitiative: false,
    assignmentNames: [],
    scopeLabel: scopeLabel(exemption.scope, hierarchy),
    state: exemptionStateOf(exemption, contextOf(desk, withinDays)),
    request: undefined,
  });

const lookAtAll = async (desk: Desk) => {
  const [map, exemptions, requests] = await Promise.all([
    policyMap(desk),
    desk.exemptions.list(),
    desk.database.requests.list({}),
  ]);
  return { map, exemptions, requests };
};

/** Exemptions of Azure Policy, as far as they may be seen from there. */
const seenFrom = (
  desk: Desk,
  { map, exemptions, requests }: Awaited<ReturnType<typeof lookAtAll>>,
  sight: Sight,
  withinDays: number,
): ListedExemption[] =>
  exemptions
    .filter((exemption) => canSee(sight, exemption.scope))
    .map(listed(desk, map, sight, requests, withinDays))
    .filter((row) => row.recommendations.length > 0 || row.state === 'orphaned');

const visible = async (desk: Desk, asker: Asker, withinDays: number): Promise<ExemptionList> => {
  const [viewpoint, defenderViewpoint, all] = await Promise.all([
    viewpointOf(desk, asker, readExemptions),
    viewpointOf(desk, asker, readDefenderExemptions),
    lookAtAll(desk),
  ]);
  const rows = seenFrom(desk, all, viewpoint, withinDays);
  const made = await defenderExemptionsAround(desk, defenderViewpoint);
  const others = (made ?? [])
    .filter((exemption) => canSee(defenderViewpoint, exemption.scope))
    .map(listedFromDefender(desk, all.map, defenderViewpoint, withinDays));
  return { rows: [...rows, ...others], viewpoint, withoutDefender: made === undefined };
};

/** Tells which exemptions were made together: for the same thing at the same scope, by the same person, until the same end. */
const occasionOf = ({ exemption, recommendations, request, state }: ListedExemption): string =>
  JSON.stringify([
    normalId(exemption.scope),
    recommendations.map(({ key }) => key),
    exemption.category,
    exemption.expiresAt,
    request?.reference ?? exemption.createdBy,
    state === 'orphaned' ? exemption.id : state,
  ]);

const together = (rows: readonly ListedExemption[]): ListedExemption[] =>
  [...Map.groupBy(rows, occasionOf).values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            ...first,
            assignmentNames: [first, ...others]
              .flatMap(({ assignmentNames }) => assignmentNames)
              .toSorted((a, b) => a.localeCompare(b)),
          },
        ],
  );

const soonestFirst = (a: ListedExemption, b: ListedExemption): number =>
  (a.exemption.expiresAt?.getTime() ?? Infinity) - (b.exemption.expiresAt?.getTime() ?? Infinity) ||
  a.exemption.id.localeCompare(b.exemption.id);

const contains = (row: ListedExemption, text: string): boolean =>
  [
    row.exemption.displayName,
    row.exemption.name,
    row.scopeLabel,
    ...row.recommendations.map((each) => each.title),
  ].some((each) => each.toLowerCase().includes(text.toLowerCase()));

/** Every exemption of a Defender recommendation that the asker may see, whoever made it; what ends first comes first. */
export const listExemptions = async (desk: Desk, asker: Asker, filter: ExemptionFilter): Promise<ExemptionList> => {
  const { rows, ...rest } = await visible(desk, asker, filter.withinDays);
  const kept = rows
    .filter(
      (row) =>
        filter.state === undefined ||
        (filter.state === 'outside' ? row.request === undefined : row.state === filter.state),
    )
    .filter((row) => contains(row, filter.text));
  return { rows: together(kept.sort(soonestFirst)), ...rest };
};

/** The exemption that an id or a name means, and those that were made together with it, as far as the asker may see them; each for itself. */
export const exemptionsMadeTogether = async (
  desk: Desk,
  asker: Asker,
  words: string,
): Promise<[ListedExemption, ...ListedExemption[]]> => {
  const rows = (await visible(desk, asker, 30)).rows.toSorted(soonestFirst);
  const wanted = words.toLowerCase();
  const found = rows.filter(({ exemption }) =>
    [exemption.id, exemption.name, exemption.displayName].some((each) => each.toLowerCase() === wanted),
  );
  const [first] = found;
  if (first === undefined)
    throw new GovernanceError('not-found', `There is no exemption “${words}” that you may see here. Say: exemptions`);
  return [first, ...rows.filter((each) => each !== first && occasionOf(each) === occasionOf(first))];
};

/** One exemption by its id or its name, as far as the asker may see it. */
export const showExemption = async (desk: Desk, asker: Asker, words: string): Promise<ListedExemption> => {
  const made = await exemptionsMadeTogether(desk, asker, words);
  return together(made)[0] ?? made[0];
};

/** Every exemption of Azure Policy that may be seen from there, whoever looks: for what a channel was subscribed to. */
export const exemptionsSeenFrom = async (desk: Desk, sight: Sight, withinDays: number): Promise<ListedExemption[]> =>
  together(seenFrom(desk, await lookAtAll(desk), sight, withinDays).sort(soonestFirst));
