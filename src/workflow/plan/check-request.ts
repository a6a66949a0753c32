import { distinctBy } from '../../core/lists.ts';
import { subscriptionOf } from '../../core/tenant/arm-id.ts';
import { rightsFor, type NeededRight } from '../../core/plan/exemption-rights.ts';
import type { ExemptionPlan, Target } from '../../core/plan/exemption-plan.ts';
import { atEarlierIds } from '../../core/plan/narrow-targets.ts';
import { goneObstacles } from '../../core/plan/gone-scopes.ts';
import { hiddenSentence } from '../../core/exemption/hidden-sentence.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { isBlocking, type Obstacle } from '../../core/plan/obstacle.ts';
import { preflightOf, type Site } from '../../core/plan/preflight.ts';
import { unsupportedBy } from '../../core/plan/without-exemption.ts';
import { claimKey, idsLeft } from '../../core/request/exemption-claims.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Hierarchy } from '../../core/tenant/hierarchy.ts';
import type { Desk } from '../desk.ts';
import { whoHas } from '../record/settle-claims.ts';
import { askScopes } from './find-gone.ts';
import { planRequest, type PlannedRecommendation, type PlannedTerms } from './plan-request.ts';

/** What to ignore: the waiting request that is changed, and the exemptions of the request that is replaced. */
type Standing = { readonly changing?: string | undefined; readonly replaced?: ExemptionRequest | undefined };

/** Who else asks for the same exemptions, or has already replaced the request that this one is to replace. */
const claimedByOthers = async (
  desk: Desk,
  targets: readonly Target[],
  { changing, replaced }: Standing,
): Promise<Obstacle[]> => {
  const { claims } = desk.database;
  const keys = [
    ...targets.map(({ exemptionId }) => claimKey(exemptionId)),
    ...(replaced === undefined ? [] : [replaced.reference]),
  ];
  const found = (await claims.of(keys, desk.now())).filter(({ by, slot }) => by !== changing && slot === 'successor');
  const first = distinctBy(found, ({ by }) => by);
  return Promise.all(
    first.map(async (claim) => ({
      code: 'already-requested',
      kind: 'blocking',
      sentence: await whoHas(desk.database, claim),
    })),
  );
};

/** The combined answers for all scopes; undefined as soon as one is missing. */
const fromAll = async <Told>(
  places: readonly string[],
  ask: (place: string) => Promise<readonly Told[] | undefined>,
): Promise<Told[] | undefined> => {
  const told = await Promise.all(places.map((place) => ask(place)));
  return told.every((each) => each !== undefined) ? told.flat() : undefined;
};

/** What stands where the targets are written, and would lose a part of itself. */
const losing = async (desk: Desk, targets: readonly Target[], standing: readonly string[]): Promise<Obstacle[]> => {
  const replacing = targets.map(({ exemptionId }) => exemptionId).filter((id) => standing.includes(claimKey(id)));
  const found = await Promise.all(
    replacing.map(async (id): Promise<Obstacle | undefined> => {
      const members = await unlessUntold(() => desk.exemptions.hiddenMembers(id), undefined);
      if (members === undefined)
        return {
          code: 'not-checked',
          kind: 'not-checked',
          sentence: 'Azure did not say whether the exemption carries more than Exemption Desk knows.',
        };
      const sentence = hiddenSentence(id, members);
      return sentence === undefined ? undefined : { code: 'hidden-members', kind: 'blocking', sentence };
    }),
  );
  return distinctBy(
    found.filter((each) => each !== undefined),
    ({ sentence }) => sentence,
  );
};

const keyOf = ({ action, scope }: NeededRight): string => `${action} ${scope}`.toLowerCase();

/** A scope where Azure hides the roles of Exemption Desk counts as one without them. If it hides them everywhere, Exemption Desk may just not ask. */
const ownRights = async (desk: Desk, targets: readonly Target[], hierarchy: Hierarchy): Promise<Site['may']> => {
  const needed = distinctBy(rightsFor(targets), keyOf);
  const asked = await desk.ownAccess.mayWrite(needed, hierarchy);
  const answers = new Map(needed.map((right, index) => [keyOf(right), asked[index]]));
  const someShown = asked.some((answer) => answer !== 'hidden' && answer !== 'unknown');
  return (right) => {
    const answer = answers.get(keyOf(right)) ?? 'unknown';
    if (answer === 'held') return true;
    if (answer === 'conditional') return 'conditional';
    return answer === 'lacking' || (answer === 'hidden' && someShown) ? false : undefined;
  };
};

/**
 * Plans the exemptions of a request and finds everything that stands in the way: in the current state of Azure, in waiting requests (except
 * the one that it changes), and in the permissions of Exemption Desk. Each finding names its remedy; questions that Azure does not answer are
 * reported as not checked.
 */
export const checkRequest = async (
  desk: Desk,
  recommendation: PlannedRecommendation,
  terms: PlannedTerms,
  others: Standing = {},
): Promise<ExemptionPlan> => {
  const { replaced } = others;
  const draught = await planRequest(desk, recommendation, terms, replaced && idsLeft(replaced), replaced?.targets);
  const targets = atEarlierIds(draught.targets, replaced?.targets ?? []);
  const { hierarchy, existing, assignments, alsoExempts } = draught;
  const places = [...new Set(targets.map(({ scope }) => subscriptionOf(scope) ?? scope))];
  const lockable = places.filter((place) => subscriptionOf(place) !== undefined);
  const standing = [
    ...existing.map(({ id }) => id),
    ...(replaced?.targets ?? []).map(({ exemptionId }) => exemptionId),
  ];
  const [asked, waiting, lossy, denials, locks, may] = await Promise.all([
    askScopes(desk, targets),
    claimedByOthers(desk, targets, others),
    losing(desk, targets, standing.map(claimKey)),
    fromAll(places, desk.ownAccess.denials),
    fromAll(lockable, desk.ownAccess.locks),
    ownRights(desk, targets, hierarchy),
  ]);
  const site: Site = { hierarchy, existing, assignments, denials, locks, may };
  const found = preflightOf(targets, site, desk.partialRights);
  const unsupported = unsupportedBy(recommendation.title);
  const obstacles = [
    ...goneObstacles(asked, replaced !== undefined),
    ...draught.obstacles,
    ...waiting,
    ...lossy,
    ...found.obstacles,
    ...(unsupported === undefined || targets.length === 0 ? [] : [unsupported]),
  ];
  const order: readonly Obstacle['kind'][] = ['blocking', 'warning', 'not-checked'];
  return {
    targets: obstacles.some(isBlocking) ? [] : found.targets,
    obstacles: obstacles.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)),
    alsoExempts,
    leftOut: found.leftOut,
  };
};
