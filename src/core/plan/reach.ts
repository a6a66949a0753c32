import { counted, firstFew } from '../first-few.ts';
import { scopeKind } from '../tenant/arm-id.ts';
import { everything, scopeTitle, subscriptionsInside, type Hierarchy } from '../tenant/hierarchy.ts';
import { isWide, isWideScope } from './width.ts';

/** What a request hits, in one line. */
export type Reach = {
  /** By the rule of `isWide`. */
  readonly isWide: boolean;
  readonly sentence: string;
};

/** The resources in some scopes that a recommendation applies to, as Azure told them. */
export type Hit = {
  readonly when: 'now' | 'when it was sent';
  readonly affectedResources: number;
  /** Undefined: it was not looked at. */
  readonly unhealthyResources?: number | undefined;
};

/** How many of them are tagged as production, as lists last read tags. */
export type ProductionHit = {
  readonly all: number;
  readonly tagged: number;
  /** Of so many Exemption Desk may not read the tags. */
  readonly untold: number;
  /** Undefined: as fresh as usual. */
  readonly hoursOld: number | undefined;
};

const productionWords = (production: ProductionHit | undefined): string => {
  if (production === undefined) return '';
  const { all, tagged, untold, hoursOld } = production;
  if (untold >= all) return ', tags not readable';
  const caveats = [
    ...(untold === 0 ? [] : [`tags of ${untold.toLocaleString('en')} not readable`]),
    ...(hoursOld === undefined ? [] : [`${counted(hoursOld, 'hour')} ago`]),
  ];
  return `, ${tagged === 0 ? 'none' : tagged.toLocaleString('en')} tagged as production${caveats.length === 0 ? '' : ` (${caveats.join(', ')})`}`;
};

const placesShown = 3;

const healthWords = ({ affectedResources: all, unhealthyResources: unhealthy }: Hit): string => {
  if (unhealthy === undefined || all === 0) return '';
  if (all === 1) return unhealthy === 1 ? ', which is unhealthy' : ', which is not unhealthy';
  if (unhealthy === 0 || unhealthy >= all) return `, ${unhealthy === 0 ? 'none' : 'all'} of them unhealthy`;
  return `, ${unhealthy.toLocaleString('en')} of them unhealthy`;
};

/** Subscriptions, where a management group or the whole tenant is among the scopes; no scope lies in another one. */
const subscriptionsOf = (wide: readonly string[], hierarchy: Hierarchy): number => {
  const groups = wide.filter((scope) => scope === everything || scopeKind(scope) === 'management-group');
  if (groups.length === 0) return 0;
  const inGroups = groups.reduce((sum, scope) => sum + subscriptionsInside(scope, hierarchy), 0);
  return inGroups + wide.filter((scope) => scope !== everything && scopeKind(scope) === 'subscription').length;
};

/**
 * What the scopes of a request hit: "Management group Online: 41 subscriptions, 1,208 resources now, 317 of them unhealthy, 12 tagged as production,
 * and every one created there later." No scope may lie in another one. `hit` undefined: it is not known how many resources there are, and their number is left out.
 * Undefined where nothing can be said. Pure.
 */
export const reachOf = (
  scopes: readonly string[],
  hit: Hit | undefined,
  hierarchy: Hierarchy,
  production?: ProductionHit,
): Reach | undefined => {
  const open = scopes.filter((scope) => scope === everything || scopeKind(scope) !== 'resource');
  const now =
    hit === undefined
      ? []
      : [`${counted(hit.affectedResources, 'resource')} ${hit.when}${healthWords(hit)}${productionWords(production)}`];
  const isWideNow = isWide(scopes, hit?.affectedResources);
  if (open.length === 0) return now.length === 0 ? undefined : { isWide: isWideNow, sentence: `${now.join('')}.` };
  const wide = open.filter(isWideScope);
  const closed = scopes.length - open.length;
  const places = [
    ...(closed > 0 ? [counted(closed, 'single resource')] : []),
    // Where only some are wide scopes, these come first.
    ...[...wide, ...open.filter((scope) => !wide.includes(scope))].map((scope) => scopeTitle(scope, hierarchy)),
  ];
  const subscriptions = subscriptionsOf(wide, hierarchy);
  const size = [...(subscriptions > 0 ? [counted(subscriptions, 'subscription')] : []), ...now];
  const what = size.length === 0 ? 'every resource there' : size.join(', ');
  return {
    isWide: isWideNow,
    sentence: `${firstFew(places, placesShown)}: ${what}, and every one created there later.`,
  };
};
