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
  /** The units in which no exemption is needed now, and some were before. */
  readonly units: readonly Sighting[];
};

export const isUnderneathDue = ({ at, progress: { underneathReadAt: last } }: SweepLook): boolean =>
  last === undefined || Math.abs(at.getTime() - last.getTime()) >= readEveryMs;

/** An exemption that exempts nothing any more does not count. */
const isInForce = ({ exemption, orphaned }: Sighting, { at }: SweepLook): boolean =>
  !orphaned && !isExpired(exemption, at);

/** For each exemption behind a state, whether everything that it exempts is compliant underneath. */
const readUnderneath = async (desk: Desk, { hierarchy }: SweepLook): Promise<ReadonlyMap<number, boolean>> => {
  const compliant = new Map<number, boolean>();
  for await (const page of desk.policies.exemptStates()) {
    const states = page.map((state) => ({ ...state, scopes: scopeChain(state.resourceId, hierarchy) }));
    for (const { number, state } of await desk.database.seen.behind(states)) {
      const isCompliant = states[state]?.underneath === 'compliant';
      compliant.set(number, isCompliant && compliant.get(number) !== false);
    }
  }
  return compliant;
};

/**
 * Reads the compliance underneath the exemptions. An exemption is not needed if Azure Policy says that everything it exempts would be
 * compliant without it; without an answer, nothing is known. The first reading is the baseline and raises no alert.
 */
export const findNeedless = async (desk: Desk, look: SweepLook): Promise<Needless> => {
  const { seen } = desk.database;
  const numbers = [...(await readUnderneath(desk, look))].flatMap(([number, compliant]) => (compliant ? [number] : []));
  await seen.markNeeded(numbers);
  if (look.progress.underneathReadAt === undefined) return { numbers, units: [] };
  const fresh = await seen.needed(numbers);
  const ids = new Set(fresh.map(({ exemption }) => exemption.id));
  const members = await seen.inUnits([...new Set(fresh.map(({ unitKey }) => unitKey))]);
  const stillNeeded = new Set(
    members
      .filter((each) => isInForce(each, look))
      .filter(({ exemption, needless }) => !needless && !ids.has(exemption.id))
      .map(({ unitKey }) => unitKey),
  );
  return { numbers, units: members.filter(({ unitKey }) => !stillNeeded.has(unitKey)) };
};
