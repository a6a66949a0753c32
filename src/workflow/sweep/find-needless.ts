import { isExpired } from '../../core/exemption/exemption.ts';
import { scopeChain } from '../../core/tenant/hierarchy.ts';
import type { Sighting } from '../../core/inventory/seen-exemption.ts';
import type { Desk } from '../desk.ts';
import type { SweepLook } from './look-around.ts';

/** Azure Policy evaluates everything once a day; reading more often would return the same. */
const readEveryMs = 24 * 60 * 60_000;

export type Needless = {
  /** The numbers of all exemptions that are not needed. */
  readonly numbers: readonly number[];
  /** The numbers of all exemptions that are certainly needed. */
  readonly needed: readonly number[];
  /** The units in which no exemption is needed now, and some were before. */
  readonly units: readonly Sighting[];
  /** The units in which no exemption was needed before, and some are now. */
  readonly unitsAgain: readonly Sighting[];
};

export const isUnderneathDue = ({ at, progress: { underneathReadAt: last } }: SweepLook): boolean =>
  last === undefined || Math.abs(at.getTime() - last.getTime()) >= readEveryMs;

/** An exemption that exempts nothing any more does not count. */
const isInForce = ({ exemption, orphaned }: Sighting, { at }: SweepLook): boolean =>
  !orphaned && !isExpired(exemption, at);

type Underneath = 'compliant' | 'non-compliant' | 'unknown';

/** Of several states, one that is not compliant decides; without one, one that is not known does. */
const worse = (a: Underneath | undefined, b: Underneath): Underneath => {
  if (a === undefined || b === 'non-compliant') return b;
  return a === 'compliant' ? b : a;
};

/** For each exemption behind a state, how everything that it exempts is underneath. */
const readUnderneath = async (desk: Desk, { hierarchy }: SweepLook): Promise<ReadonlyMap<number, Underneath>> => {
  const found = new Map<number, Underneath>();
  for await (const page of desk.policies.exemptStates()) {
    const states = page.map((state) => ({ ...state, scopes: scopeChain(state.resourceId, hierarchy) }));
    for (const { number, state } of await desk.database.seen.behind(states))
      found.set(number, worse(found.get(number), states[state]?.underneath ?? 'unknown'));
  }
  return found;
};

/** The members in force of each unit of these exemptions, by the key of the unit. */
const unitsInForce = async (
  desk: Desk,
  look: SweepLook,
  some: readonly Sighting[],
): Promise<ReadonlyMap<string, readonly Sighting[]>> => {
  const members = await desk.database.seen.inUnits([...new Set(some.map(({ unitKey }) => unitKey))]);
  return Map.groupBy(
    members.filter((each) => isInForce(each, look)),
    ({ unitKey }) => unitKey,
  );
};

const idsOf = (sightings: readonly Sighting[]): ReadonlySet<string> =>
  new Set(sightings.map(({ exemption }) => exemption.id));

/**
 * Reads the compliance underneath the exemptions. An exemption is not needed if Azure Policy says that everything it exempts would be
 * compliant without it, and needed again if Azure Policy says that something is not; without an answer, it stays as it is known. The first
 * reading is the baseline and raises no alert.
 */
export const findNeedless = async (desk: Desk, look: SweepLook): Promise<Needless> => {
  const { seen } = desk.database;
  const underneath = [...(await readUnderneath(desk, look))];
  const those = (state: Underneath): number[] =>
    underneath.flatMap(([number, found]) => (found === state ? [number] : []));
  const [numbers, needed] = [those('compliant'), those('non-compliant')];
  if (look.progress.underneathReadAt === undefined) return { numbers, needed, units: [], unitsAgain: [] };
  const [fresh, again] = [await seen.needed(numbers), await seen.needlessAmong(needed)];
  const [freshIds, againIds] = [idsOf(fresh), idsOf(again)];
  const isNeedless = ({ exemption, needless }: Sighting): boolean =>
    freshIds.has(exemption.id) || (needless && !againIds.has(exemption.id));
  const [now, before] = [await unitsInForce(desk, look, fresh), await unitsInForce(desk, look, again)];
  return {
    numbers,
    needed,
    units: [...now.values()].filter((members) => members.every(isNeedless)).flat(),
    unitsAgain: [...before.values()].filter((members) => members.every(({ needless }) => needless)).flat(),
  };
};
