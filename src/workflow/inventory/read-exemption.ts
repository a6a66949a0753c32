import { readDefenderExemptions, readExemptions } from '../../core/access/access.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { ListedExemption, ReadExemption } from '../../core/inventory/listed-exemption.ts';
import { normalId, sameId, scopeOfExtension } from '../../core/tenant/arm-id.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import type { Desk } from '../desk.ts';
import { mapPolicies } from '../plan/map-policies.ts';
import { canSee, takeViewpoint, type Asker } from '../rights/take-viewpoint.ts';
import { describeExemption } from '../plan/describe-exemption.ts';
import { namedIn } from './find-defender-exemptions.ts';
import { occasionOf } from './group-exemptions.ts';
import { requestsBehind } from './requests-behind.ts';
import { shownState } from './shown-state.ts';

/** Exemptions made together, the one that was asked for first: `live` is all of it, as Resource Manager has it; undefined: it was made in Defender. */
export type MadeTogether = readonly [ReadExemption & { readonly live: Exemption | undefined }, ...ReadExemption[]];

const kinds = [
  { madeIn: 'policy', id: /\/providers\/microsoft\.authorization\/policyexemptions\/[^/]+$/i },
  { madeIn: 'defender', id: /\/providers\/microsoft\.security\/standardassignments\/[^/]+$/i },
] as const;

/** Where an exemption was made, by its id; undefined for what is none. */
export const madeInOf = (id: string): ListedExemption['madeIn'] | undefined =>
  kinds.find((kind) => kind.id.test(id))?.madeIn;

/** The same for everybody who may not see it, whether it exists or not. An id says where somebody's exemption is, so it is not repeated. */
const notFound = new GovernanceError(
  'not-found',
  'There is no exemption that you may see here. To list them, send: exemptions',
);

const gone = new GovernanceError(
  'not-found',
  'Azure says that this exemption does not exist any more: it was deleted. To list the others, send: exemptions',
);

const ofPolicy = async (desk: Desk, asker: Asker, id: string): Promise<MadeTogether> => {
  const scope = scopeOfExtension(id);
  const { hierarchy, ...sight } = await takeViewpoint(desk, asker, readExemptions);
  if (!canSee({ ...sight, hierarchy }, scope)) throw notFound;
  const [found, near, map] = await Promise.all([
    desk.exemptions.read(id),
    desk.exemptions.near([scope], hierarchy),
    mapPolicies(desk, scope),
  ]);
  if (found === undefined) throw gone;
  const others = near.filter((each) => sameId(each.scope, scope) && !sameId(each.id, id));
  const all = [found, ...others];
  const references = [...new Set(all.flatMap(({ requestReference }) => requestReference ?? []))];
  const [requests, seen] = await Promise.all([
    references.length === 0 ? [] : desk.database.requests.list({ references }),
    desk.database.seen.find(all.map((each) => each.id)),
  ]);
  const requestBehind = requestsBehind(requests);
  const needless = new Set(seen.filter((each) => each.needless).map(({ exemption }) => normalId(exemption.id)));
  const listed = (exemption: Exemption): ReadExemption => {
    const { recommendations, wholeInitiative, assignmentName } = describeExemption(map, exemption);
    return {
      exemption,
      madeIn: 'policy',
      recommendations,
      wholeInitiative,
      needless: needless.has(normalId(exemption.id)),
      assignmentNames: assignmentName === undefined ? [] : [assignmentName],
      scopeLabel: scopeLabel(exemption.scope, hierarchy),
      state: shownState(desk, exemption, assignmentName === undefined),
      request: requestBehind(exemption),
    };
  };
  const first = { ...listed(found), live: found };
  return [first, ...others.map(listed).filter((each) => occasionOf(each) === occasionOf(first))];
};

const ofDefender = async (desk: Desk, asker: Asker, id: string): Promise<MadeTogether> => {
  const scope = scopeOfExtension(id);
  const { hierarchy, ...sight } = await takeViewpoint(desk, asker, readDefenderExemptions);
  if (!canSee({ ...sight, hierarchy }, scope)) throw notFound;
  const [made, catalogue] = await Promise.all([
    desk.defenderExemptions.above([scope], hierarchy),
    desk.recommendations.catalogue(),
  ]);
  const exemption = made.find((each) => sameId(each.id, id));
  if (exemption === undefined) throw gone;
  return [
    {
      exemption,
      madeIn: 'defender',
      recommendations: namedIn(catalogue)(exemption),
      wholeInitiative: false,
      needless: false,
      assignmentNames: [],
      scopeLabel: scopeLabel(scope, hierarchy),
      state: shownState(desk, exemption),
      request: undefined,
      live: undefined,
    },
  ];
};

/**
 * The exemption with an id as it is in Azure now, and those made together with it at the same scope, as far as the asker may see them. It reads this
 * one from Azure Resource Manager: Resource Graph masks texts. Throws GovernanceError not-found if there is none, and unavailable.
 */
export const readExemption = async (desk: Desk, asker: Asker, id: string): Promise<MadeTogether> => {
  const madeIn = madeInOf(id);
  if (madeIn === undefined) throw notFound;
  return madeIn === 'policy' ? ofPolicy(desk, asker, id) : ofDefender(desk, asker, id);
};
