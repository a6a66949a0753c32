import { readDefenderExemptions, readExemptions } from '../../core/access/access.ts';
import type { DefenderExemption } from '../../core/inventory/defender-exemption.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import { isLasting, overlapping } from '../../core/exemption/exemption-cover.ts';
import { exemptionStateOf, type ExemptionState, type StateContext } from '../../core/inventory/exemption-state.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { normalId, sameId } from '../../core/tenant/arm-id.ts';
import { covers, everything, scopeLabel, scopeNamed } from '../../core/tenant/hierarchy.ts';
import { isOrdinary, type ListedExemption, type ShownExemption } from '../../core/inventory/listed-exemption.ts';
import { isInitiative } from '../../core/tenant/policy.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { findDefenderExemptions } from './find-defender-exemptions.ts';
import type { Desk } from '../desk.ts';
import { assignmentOf, bearingOn, mapPolicies, type PolicyMap } from '../plan/map-policies.ts';
import {
  canSee,
  narrowByName,
  takeViewpoint,
  type Asker,
  type Sight,
  type Viewpoint,
} from '../rights/take-viewpoint.ts';

export type ExemptionFilter = {
  readonly text: string;
  /** Undefined: every exemption that belongs to a recommendation; `other-policies`: those that belong to none. */
  readonly state: ExemptionState | 'outside' | 'needless' | 'other-policies' | undefined;
  readonly withinDays: number;
  /** Name or id of a subscription or management group, as typed; empty for all. */
  readonly subscription: string;
};

export type ExemptionList = {
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

/** The request behind an exemption. Trusted only if the stored request names this exemption id. */
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
  { map, requests, needless }: Awaited<ReturnType<typeof lookAtAll>>,
  { hierarchy }: Sight,
  withinDays: number,
) => {
  return (exemption: Exemption): ListedExemption => {
    const assignment = assignmentOf(map, exemption);
    return {
      exemption,
      madeIn: 'policy',
      recommendations: bearingOn(map, exemption),
      wholeInitiative: exemption.referenceIds === undefined && isInitiative(assignment?.definitionId ?? ''),
      needless: needless.has(normalId(exemption.id)),
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
    needless: false,
    assignmentNames: [],
    scopeLabel: scopeLabel(exemption.scope, hierarchy),
    state: exemptionStateOf(exemption, contextOf(desk, withinDays)),
    request: undefined,
  });

const lookAtAll = async (desk: Desk) => {
  const [map, exemptions, requests, needless] = await Promise.all([
    mapPolicies(desk),
    desk.exemptions.list(),
    desk.database.requests.list({}),
    desk.database.seen.needless(),
  ]);
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

const visible = async (desk: Desk, asker: Asker, withinDays: number): Promise<ExemptionList> => {
  const [viewpoint, defenderViewpoint, all] = await Promise.all([
    takeViewpoint(desk, asker, readExemptions),
    takeViewpoint(desk, asker, readDefenderExemptions),
    lookAtAll(desk),
  ]);
  const rows = seenFrom(desk, all, viewpoint, withinDays);
  const made = await findDefenderExemptions(desk, defenderViewpoint);
  const others = (made ?? [])
    .filter((exemption) => canSee(defenderViewpoint, exemption.scope))
    .map(listedFromDefender(desk, all.map, defenderViewpoint, withinDays));
  return { rows: [...rows, ...others], viewpoint, withoutDefender: made === undefined };
};

/** A key that is equal for exemptions made together: for the same recommendations at the same scope, by the same person, until the same expiry. */
const occasionOf = ({ exemption, recommendations, request, state }: ListedExemption): string =>
  JSON.stringify([
    normalId(exemption.scope),
    recommendations.map(({ key }) => key),
    exemption.category,
    exemption.expiresAt,
    request?.reference ?? exemption.createdBy,
    // Without a recommendation nothing shows that these were made together.
    state === 'orphaned' || recommendations.length === 0 ? exemption.id : state,
  ]);

const together = (rows: readonly ListedExemption[]): ListedExemption[] =>
  [...Map.groupBy(rows, occasionOf).values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            ...first,
            needless: [first, ...others].every(({ needless }) => needless),
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

const isWanted = (row: ListedExemption, state: ExemptionFilter['state']): boolean => {
  if (isOrdinary(row) || state === 'other-policies') return isOrdinary(row) && state === 'other-policies';
  // The state of the whole is known only after grouping.
  if (state === undefined || state === 'needless') return true;
  return state === 'outside' ? row.request === undefined : row.state === state;
};

/**
 * Every exemption of a Defender recommendation that the asker may see and that covers something in the wanted scope, whoever made it;
 * earliest expiry first.
 */
export const listExemptions = async (desk: Desk, asker: Asker, filter: ExemptionFilter): Promise<ExemptionList> => {
  const { rows, viewpoint: whole, withoutDefender } = await visible(desk, asker, filter.withinDays);
  const viewpoint = filter.subscription === '' ? whole : narrowByName(whole, filter.subscription);
  const { hierarchy } = viewpoint;
  const place = scopeNamed(filter.subscription, hierarchy) ?? everything;
  const kept = rows
    .filter((row) => isWanted(row, filter.state) && contains(row, filter.text))
    .filter(({ exemption: { scope } }) => covers(place, scope, hierarchy) || covers(scope, place, hierarchy));
  const made = together(kept.sort(soonestFirst));
  return { rows: made.filter((row) => filter.state !== 'needless' || row.needless), viewpoint, withoutDefender };
};

const isCalled = ({ exemption }: ListedExemption, words: string): boolean =>
  [exemption.id, exemption.name, exemption.displayName].some((each) => each.toLowerCase() === words.toLowerCase());

const notFound = (words: string): GovernanceError =>
  new GovernanceError(
    'not-found',
    `There is no exemption “${words}” that you may see here. To list them, send: exemptions`,
  );

/** The exemption with an id or name, and those made together with it, as far as the asker may see them; not grouped. */
export const exemptionsMadeTogether = async (
  desk: Desk,
  asker: Asker,
  words: string,
): Promise<[ListedExemption, ...ListedExemption[]]> => {
  const rows = (await visible(desk, asker, 30)).rows.toSorted(soonestFirst);
  const called = rows.filter((row) => isCalled(row, words));
  const first = called.find((row) => !isOrdinary(row)) ?? called[0];
  if (first === undefined) throw notFound(words);
  return [first, ...rows.filter((each) => each !== first && occasionOf(each) === occasionOf(first))];
};

/**
 * The ids of the exemptions that a person may mean: one with that id or name, otherwise one from each row that a list by these words shows.
 * Never empty.
 */
export const exemptionIdsOf = async (desk: Desk, asker: Asker, words: string): Promise<[string, ...string[]]> => {
  const rows = (await visible(desk, asker, 30)).rows.toSorted(soonestFirst);
  const ofDefender = rows.filter((row) => !isOrdinary(row));
  const called = ofDefender.filter((row) => isCalled(row, words));
  const ordinary = rows.find((row) => isOrdinary(row) && isCalled(row, words));
  const isNamed = called.length > 0 || ordinary !== undefined;
  const meant = isNamed ? called : ofDefender.filter((row) => contains(row, words));
  const [first = ordinary?.exemption.id, ...others] = together(meant).map(({ exemption }) => exemption.id);
  if (first === undefined) throw notFound(words);
  return [first, ...others];
};

/** The name of another exemption that makes all of these redundant; undefined if one of them is needed. */
const coverOfAll = async (desk: Desk, asker: Asker, made: readonly ListedExemption[]): Promise<string | undefined> => {
  const [exemptions, sight] = await Promise.all([desk.exemptions.list(), takeViewpoint(desk, asker, readExemptions)]);
  const existing = exemptions.filter(({ scope }) => canSee(sight, scope));
  const context = { hierarchy: sight.hierarchy, now: desk.now(), location: undefined, existing };
  const covers = made.map(({ exemption }) => {
    const itself = existing.find(({ id }) => sameId(id, exemption.id));
    return itself === undefined
      ? undefined
      : overlapping(itself, context).find(
          (each) => (each.overlap.kind === 'wider' || each.overlap.kind === 'whole-initiative') && isLasting(each),
        );
  });
  const [first] = covers;
  if (first === undefined || covers.includes(undefined)) return undefined;
  return first.exemption.displayName || first.exemption.name;
};

/** One exemption by its id or name, grouped with those made together with it, as far as the asker may see them. */
export const showExemption = async (desk: Desk, asker: Asker, words: string): Promise<ShownExemption> => {
  const made = await exemptionsMadeTogether(desk, asker, words);
  return { ...(together(made)[0] ?? made[0]), coveredBy: await coverOfAll(desk, asker, made) };
};

/** Every exemption of Azure Policy that may be shown there, independent of the reader: for reports to channels. */
export const exemptionsSeenFrom = async (desk: Desk, sight: Sight, withinDays: number): Promise<ListedExemption[]> =>
  together(
    seenFrom(desk, await lookAtAll(desk), sight, withinDays)
      .filter((row) => !isOrdinary(row))
      .sort(soonestFirst),
  );
