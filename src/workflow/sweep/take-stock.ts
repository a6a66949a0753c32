import { normalId } from '../../core/tenant/arm-id.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import { crossedSpans, isWithin } from '../../core/alert/ladder-windows.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { fingerprintOf, seenOf, type Sighting, type SightingInBrief } from '../../core/inventory/seen-exemption.ts';
import type { Desk } from '../desk.ts';
import { judgeFound, type Continued, type Found, type Verdict } from './judge-found.ts';
import { requestsBehind } from '../inventory/look-at-exemptions.ts';
import { assignmentOf } from '../plan/map-policies.ts';
import { factsFinder, listStanding } from './list-what-stands.ts';
import type { SweepLook } from './look-around.ts';

export type Changed = Extract<Verdict, { kind: 'changed' }>;

/** The result of reading all exemptions. Only news is held in memory, however many exemptions there are. Ids are normal ids. */
export type Stock = {
  /** The numbers of the known exemptions that were listed. */
  readonly listed: ReadonlySet<number>;
  /** How many of them were not missing before. */
  readonly listedInSight: number;
  readonly made: ReadonlyMap<string, Sighting>;
  readonly changed: ReadonlyMap<string, Changed>;
  readonly continued: ReadonlyMap<string, Continued>;
  /** Those whose expiry reached a reminder step or passed. */
  readonly due: ReadonlySet<string>;
  /** Those that were missing before. */
  readonly returned: ReadonlySet<string>;
  /** Those whose policy assignment is not visible, by the id of that assignment. */
  readonly withoutAssignment: ReadonlyMap<string, readonly string[]>;
  /** Those whose policy assignment exists again. */
  readonly revived: readonly string[];
  /** The current state of the news in Azure. */
  readonly live: ReadonlyMap<string, Exemption>;
  /** How many existed for long and only now became visible. */
  readonly cameIntoSight: number;
};

const emptyStock = () => ({
  listed: new Set<number>(),
  listedInSight: 0,
  made: new Map<string, Sighting>(),
  changed: new Map<string, Changed>(),
  continued: new Map<string, Continued>(),
  due: new Set<string>(),
  returned: new Set<string>(),
  withoutAssignment: new Map<string, string[]>(),
  revived: [] as string[],
  live: new Map<string, Exemption>(),
  cameIntoSight: 0,
});

const readRequestsBehind = async (
  desk: Desk,
  exemptions: readonly Exemption[],
): Promise<readonly ExemptionRequest[]> => {
  const references = new Set(exemptions.flatMap(({ requestReference }) => requestReference ?? []));
  return references.size === 0 ? [] : desk.database.requests.list({ references: [...references] });
};

type Listed = Pick<Found, 'exemption' | 'fingerprint'>;

/** The exemptions of a page that are not known in their current state, with what was known of them. */
const unfamiliar = async (
  desk: Desk,
  page: readonly Listed[],
  known: ReadonlyMap<string, SightingInBrief>,
): Promise<Found[]> => {
  const found = page.filter(
    ({ exemption, fingerprint }) => known.get(normalId(exemption.id))?.fingerprint !== fingerprint,
  );
  if (found.length === 0) return [];
  const exemptions = found.map(({ exemption }) => exemption);
  const [requests, before] = await Promise.all([
    readRequestsBehind(desk, exemptions),
    desk.database.seen.find(exemptions.map(({ id }) => id)),
  ]);
  const beforeById = new Map(before.map((sighting) => [normalId(sighting.exemption.id), sighting]));
  const requestBehind = requestsBehind(requests);
  return found.map((each) => ({
    ...each,
    request: requestBehind(each.exemption),
    before: beforeById.get(normalId(each.exemption.id)),
  }));
};

/**
 * Reads every exemption that Exemption Desk can see, page by page, and compares it with the last sweep. Saves unchanged exemptions
 * immediately, and what lists show of them. Returns new or changed ones; the caller saves and lists them after their alerts are queued.
 */
export const takeStock = async (desk: Desk, look: SweepLook): Promise<Stock> => {
  const last = look.progress.lastCompletedAt;
  const spans = last === undefined ? [] : crossedSpans(last, look.at, desk.timeZone);
  const stock = emptyStock();

  const noteKnown = (exemption: Exemption, id: string, known: SightingInBrief): void => {
    if (stock.listed.has(known.number)) return;
    stock.listed.add(known.number);
    if (known.missingSince === undefined) stock.listedInSight += 1;
    else stock.returned.add(id);
    if (isWithin(spans, exemption.expiresAt)) stock.due.add(id);
    if (stock.due.has(id) || stock.returned.has(id)) stock.live.set(id, exemption);
    if (assignmentOf(look.map, exemption) !== undefined) {
      if (known.orphaned) stock.revived.push(id);
    } else if (!known.orphaned) {
      const assignment = normalId(exemption.policyAssignmentId);
      const others = stock.withoutAssignment.get(assignment);
      if (others === undefined) stock.withoutAssignment.set(assignment, [id]);
      else others.push(id);
    }
  };

  const factsOf = factsFinder(desk, look);
  const takePage = async (page: readonly Exemption[]): Promise<void> => {
    const known = await desk.database.seen.inBrief(page.map(({ id }) => id));
    for (const exemption of page) {
      const id = normalId(exemption.id);
      const brief = known.get(id);
      if (brief !== undefined) noteKnown(exemption, id, brief);
    }
    const listed = page.map((exemption) => ({
      exemption,
      fingerprint: fingerprintOf(seenOf(exemption, desk.hash), exemption.requestReference, desk.hash),
    }));
    const quietly: Sighting[] = [];
    const references = new Map([...known].map(([id, { reference }]) => [id, reference]));
    const toTell = new Set<string>();
    for (const found of await unfamiliar(desk, listed, known)) {
      const verdict = judgeFound(desk, look, found);
      const id = normalId(found.exemption.id);
      if (verdict.kind === 'made') stock.made.set(id, verdict.now);
      if (verdict.kind === 'changed') stock.changed.set(id, verdict);
      if (verdict.kind === 'continued') stock.continued.set(id, verdict);
      const isToTell = verdict.kind === 'made' || verdict.kind === 'changed' || verdict.kind === 'continued';
      references.set(id, found.request?.reference);
      if (isToTell) toTell.add(id);
      if (isToTell) stock.live.set(id, found.exemption);
      else if (verdict.kind !== 'wait') quietly.push(verdict.now);
      if (verdict.kind === 'came-into-sight') stock.cameIntoSight += 1;
    }
    for (const number of await desk.database.seen.save(quietly, look.at)) {
      if (stock.listed.has(number)) continue;
      stock.listed.add(number);
      stock.listedInSight += 1;
    }
    const standing = listed
      .map((each) => ({ ...each, id: normalId(each.exemption.id) }))
      .filter(({ id }) => !toTell.has(id))
      .map((each) => ({ ...each, reference: references.get(each.id) }));
    await listStanding(desk, factsOf, standing, known);
  };

  for await (const page of desk.exemptions.pages()) await takePage(page);
  return stock;
};
