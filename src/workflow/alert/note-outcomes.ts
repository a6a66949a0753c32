import type { FoundOutcome, OutcomeOf } from '../../core/alert/found-outcome.ts';
import { unitIn } from '../../core/alert/found-outcome.ts';
import type { Store } from '../../core/desk/store.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { Desk } from '../desk.ts';

/** What happened to some exemptions of a unit only does not end what its cards are about. */
const asFarAsConcerned = async (
  { seen }: Pick<Store, 'seen'>,
  { keys, outcome, exemptionIds, becomes }: FoundOutcome,
): Promise<OutcomeOf> => {
  if (exemptionIds === undefined) return { keys, outcome, becomes };
  const ids = new Set(exemptionIds.map(normalId));
  const members = await seen.inUnits([...new Set(keys.map(unitIn))]);
  const [left, ...more] = members.filter(({ exemption }) => !ids.has(normalId(exemption.id)));
  if (left === undefined) return { keys, outcome, becomes };
  const rest = `${outcome.line.charAt(0).toLowerCase()}${outcome.line.slice(1)}`;
  const line = `${ids.size} of ${ids.size + more.length + 1} exemptions: ${rest}`;
  return { keys, outcome: { ...outcome, line, left: left.exemption.id } };
};

/** Notes what became of exemptions in the open transaction, and has the cards of their alerts drawn anew. */
export const noteOutcomesIn = async (store: Store, outcomes: readonly OutcomeOf[], at: Date): Promise<void> => {
  if (outcomes.length > 0 && (await store.postedAlerts.note(outcomes, at))) await store.jobs.send('refresh-alerts', {});
};

/** Notes what was found out about exemptions, and has the cards of their alerts drawn anew. Safe to repeat. */
export const noteOutcomes = async (desk: Desk, found: readonly FoundOutcome[]): Promise<void> => {
  const about = new Set(
    await desk.database.postedAlerts.unitsAmong([...new Set(found.flatMap(({ keys }) => keys.map(unitIn)))]),
  );
  const told = found.filter(({ keys }) => keys.some((key) => about.has(unitIn(key))));
  if (told.length === 0) return;
  const outcomes: OutcomeOf[] = [];
  for (const each of told) outcomes.push(await asFarAsConcerned(desk.database, each));
  await desk.database.transaction((store) => noteOutcomesIn(store, outcomes, desk.now()));
};
