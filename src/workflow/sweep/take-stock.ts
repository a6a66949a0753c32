import { chunksOf } from '../../core/lists.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import { crossedSpans, isWithin } from '../../core/alert/ladder-windows.ts';
import { noChangeTimes, withChangeTimes, type ChangeTimes } from '../../core/inventory/change-times.ts';
import type { WrittenExemption } from '../../core/inventory/written-exemption.ts';
import { fingerprintOf, seenOf, type Sighting, type SightingInBrief } from '../../core/inventory/seen-exemption.ts';
import type { Desk } from '../desk.ts';
import { findUnfamiliar } from './find-unfamiliar.ts';
import { gatherTouched, type Gathered, type Touched } from './gather-touched.ts';
import { judgeFound } from './judge-found.ts';
import { assignmentOf } from '../plan/map-policies.ts';
import { createLister } from '../plan/list-facts.ts';
import { listStanding } from './list-what-stands.ts';
import type { SweepLook } from './look-around.ts';

/** The result of reading exemptions. Of each only a number is held in memory, and the news outside of it. Ids are normal ids. */
export type Stock = {
  /** The numbers of the known exemptions that were listed. */
  readonly listed: ReadonlySet<number>;
  /** How many of them were not missing before. */
  readonly listedInSight: number;
  /** Those that something happened to. */
  readonly touched: Gathered;
  /** How many of them are new or changed. */
  readonly newsCount: number;
  /** The requests of the new ones. */
  readonly madeFor: ReadonlySet<string>;
  /** The policy assignments of exemptions that are not visible, by normal id. */
  readonly unseenAssignments: ReadonlySet<string>;
  /** Those whose policy assignment exists again. */
  readonly revived: readonly string[];
  /** How many existed for long and only now became visible. */
  readonly cameIntoSight: number;
  /** How many are left for a later sweep to judge. */
  readonly leftOpen: number;
  /** When they were last changed. */
  readonly times: ChangeTimes;
  /** What recorded steps wrote before this sweep began to read. */
  readonly written: readonly WrittenExemption[];
  /** What lists would show of these if Resource Graph were right, as digests. */
  readonly shown: ReadonlyMap<string, string>;
};

/** So many exemptions are compared before others may run; a page of Azure has a thousand. */
const atOnce = 200;

const emptyStock = () => ({
  listed: new Set<number>(),
  listedInSight: 0,
  touched: gatherTouched(),
  newsCount: 0,
  madeFor: new Set<string>(),
  unseenAssignments: new Set<string>(),
  revived: [] as string[],
  cameIntoSight: 0,
  leftOpen: 0,
  times: noChangeTimes,
  shown: new Map<string, string>(),
});

/**
 * Takes exemptions page by page and compares them with the last sweep. Saves unchanged exemptions immediately, and what lists show of
 * them. Gathers new or changed ones; the caller saves and lists them after their alerts are queued. `written` was read before the pages.
 */
export const takeStock = async (
  desk: Desk,
  look: SweepLook,
  written: readonly WrittenExemption[],
  pages: AsyncIterable<readonly Exemption[]> | Iterable<readonly Exemption[]>,
): Promise<Stock> => {
  const last = look.progress.lastCompletedAt;
  const spans = last === undefined ? [] : crossedSpans(last, look.at, desk.timeZone);
  const isWritten = new Set(written.map(({ exemptionId }) => normalId(exemptionId)));
  const stock = { ...emptyStock(), written };

  /** Whether something happened to it although it may be as it was. */
  const noteKnown = (exemption: Exemption, id: string, known: SightingInBrief): Touched | undefined => {
    if (stock.listed.has(known.number)) return undefined;
    stock.listed.add(known.number);
    const isBack = known.missingSince !== undefined;
    if (!isBack) stock.listedInSight += 1;
    const isDue = isWithin(spans, exemption.expiresAt);
    if (assignmentOf(look.map, exemption) !== undefined) {
      if (known.orphaned) stock.revived.push(id);
    } else if (!known.orphaned) stock.unseenAssignments.add(normalId(exemption.policyAssignmentId));
    return isDue || isBack ? { exemption, isDue, isBack } : undefined;
  };

  const lister = createLister(desk, look);
  const takePortion = async (page: readonly Exemption[]): Promise<void> => {
    stock.times = withChangeTimes(
      stock.times,
      page.map(({ changedAt }) => changedAt),
    );
    const known = await desk.database.seen.inBrief(page.map(({ id }) => id));
    const moved = new Map<string, Touched>();
    for (const exemption of page) {
      const id = normalId(exemption.id);
      const brief = known.get(id);
      const touched = brief === undefined ? undefined : noteKnown(exemption, id, brief);
      if (touched !== undefined) moved.set(id, touched);
    }
    const listed = page.map((exemption) => ({
      exemption,
      fingerprint: fingerprintOf(seenOf(exemption, desk.hash), exemption.requestReference, desk.hash),
    }));
    const quietly: Sighting[] = [];
    const references = new Map([...known].map(([id, { reference }]) => [id, reference]));
    const toTell = new Set<string>();
    for (const found of await findUnfamiliar(desk, listed, known)) {
      const verdict = judgeFound(desk, look, found);
      const id = normalId(found.exemption.id);
      const isToTell = verdict.kind === 'made' || verdict.kind === 'changed' || verdict.kind === 'continued';
      references.set(id, found.request?.reference);
      if (isToTell) {
        toTell.add(id);
        const { exemption, before } = found;
        stock.touched.add((before ?? verdict.now).unitKey, moved.get(id) ?? { exemption, isDue: false, isBack: false });
        moved.delete(id);
        if (verdict.kind !== 'continued') stock.newsCount += 1;
        if (verdict.kind === 'made' && verdict.now.reference !== undefined) stock.madeFor.add(verdict.now.reference);
      } else if (verdict.kind === 'wait') stock.leftOpen += 1;
      else quietly.push(verdict.now);
      if (verdict.kind === 'came-into-sight') stock.cameIntoSight += 1;
    }
    for (const [id, touched] of moved) stock.touched.add(known.get(id)?.unitKey ?? '', touched);
    for (const number of await desk.database.seen.save(quietly, look.at)) {
      if (stock.listed.has(number)) continue;
      stock.listed.add(number);
      stock.listedInSight += 1;
    }
    const standing = listed.map((each) => {
      const id = normalId(each.exemption.id);
      return { ...each, id, reference: references.get(id) };
    });
    for (const each of standing) if (isWritten.has(each.id)) stock.shown.set(each.id, lister.digestOf(each));
    await listStanding(
      desk,
      lister,
      standing.filter(({ id }) => !toTell.has(id)),
      known,
    );
  };

  for await (const page of pages) for (const portion of chunksOf(page, atOnce)) await takePortion(portion);
  return stock;
};
