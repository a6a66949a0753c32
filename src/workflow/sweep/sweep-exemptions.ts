import { normalId } from '../../core/tenant/arm-id.ts';
import type { Actor } from '../../core/person.ts';
import type { LastReading, SweepProgress, WhyReadAll } from '../../core/inventory/sweep.ts';
import { chooseReading, surroundingsOf, unreadAgain } from './choose-reading.ts';
import { confirmNews } from './confirm-news.ts';
import type { Desk, SweepingDesk } from '../desk.ts';
import { digestOf } from './find-gaps.ts';
import { findNeedless, isUnderneathDue, type Needless } from './find-needless.ts';
import { findOrphans, type Orphans } from './find-orphans.ts';
import { listDefenderExemptions } from './list-defender-exemptions.ts';
import { askAboutMissing, lookForMissing, type Gone, type Missing } from './look-for-missing.ts';
import { noteGone } from '../record/note-gone.ts';
import { lookAround, type SweepLook } from './look-around.ts';
import { settleWritten } from './settle-written.ts';
import { takeBaselines } from './take-baselines.ts';
import { tellGaps } from './tell-gaps.ts';
import { tellNews } from './tell-news.ts';
import type { Touched } from './gather-touched.ts';
import { judgePortion } from './judge-portion.ts';
import { takeStock, type Stock } from './take-stock.ts';

const actor: Actor = { kind: 'job', name: 'sweep-exemptions' };

/** Of what recorded steps wrote lately, the rest waits for the next sweeps. */
const settledInASweep = 2000;

/** Whether a sweep read all exemptions, or found by their change times that it need not. */
export type SweepWay = 'all' | 'compared';

type Findings = {
  readonly way: SweepWay;
  readonly why: WhyReadAll | undefined;
  readonly stock: Stock;
  readonly gone: readonly Gone[];
  readonly orphans: Orphans;
  readonly needless: Needless | undefined;
  readonly policies: string;
};

const nothingInSight =
  'Azure shows Exemption Desk no subscriptions or no policy assignments. Assign its identity its role at the top management group.';

/** The list cannot be trusted: nobody in Teams is alerted, nothing is forgotten, and the operator is told once. */
const stayBlind = async (desk: Desk, { at, progress }: SweepLook, reason: string): Promise<SweepWay> => {
  const blind = progress.blind ?? { since: at, reason };
  await desk.database.sweeps.note({ ...progress, lastLookedAt: at, blind });
  if (progress.blind === undefined) desk.tellOperator(`Alerts are paused. ${reason}`, {});
  return 'all';
};

/** Tells the news portion by portion, and with the last portion everything else. Returns how many are left for a later sweep to judge. */
const tell = async (desk: Desk, look: SweepLook, { stock, ...others }: Findings): Promise<number> => {
  let [left, waiting]: [number, readonly Touched[] | undefined] = [stock.leftOpen, undefined];
  const tellPortion = async (portion: readonly Touched[], isLast: boolean): Promise<void> => {
    const news = await confirmNews(desk, await judgePortion(desk, look, portion), stock.newsCount);
    left += news.leftOpen;
    const { orphans } = others.orphans;
    await tellNews(desk, look, news, isLast ? { ...others, orphans, revived: stock.revived } : undefined);
  };
  for (const portion of stock.touched.portions()) {
    if (waiting !== undefined) await tellPortion(waiting, false);
    waiting = portion;
  }
  await tellPortion(waiting ?? [], true);
  return left;
};

/** Stores everything else that was reported. */
const takeIn = async (desk: Desk, look: SweepLook, { stock, gone, orphans, needless }: Findings): Promise<void> => {
  const { at } = look;
  const { seen } = desk.database;
  await settleWritten(desk, actor, look, stock);
  const goneIds = gone.map(({ sighting }) => sighting.exemption.id);
  await noteGone(desk, actor, goneIds, at);
  await seen.remove(goneIds);
  await seen.markOrphaned(
    orphans.orphans.map(({ exemption }) => normalId(exemption.id)),
    true,
  );
  await seen.markOrphaned(stock.revived, false);
  if (needless !== undefined) {
    await seen.markNeeded(needless.needed);
    await seen.markNeedless(needless.numbers);
  }
  await desk.database.listings.noteRead(at);
};

/** What is kept for the next sweeps; without the change times if something was left open. */
const nextReading = (
  desk: Desk,
  look: SweepLook,
  { way, why, stock, orphans: { hidden: hiddenAssignments } }: Findings,
  left: number,
): LastReading | undefined => {
  const { reading } = look.progress;
  if (way === 'compared') return reading && { ...reading, hiddenAssignments };
  return {
    at: look.at,
    why,
    times: left > 0 ? undefined : stock.times,
    timesOfDefender: undefined,
    surroundings: surroundingsOf(look, desk),
    hiddenAssignments,
  };
};

const nextProgress = (desk: Desk, look: SweepLook, findings: Findings, left: number): SweepProgress => ({
  lastLookedAt: look.at,
  lastCompletedAt: look.at,
  policies: findings.policies,
  underneathReadAt: findings.needless === undefined ? look.progress.underneathReadAt : look.at,
  reading: nextReading(desk, look, findings, left),
  blind: undefined,
});

type Scan = {
  readonly way: SweepWay;
  /** Why it read all. */
  readonly why: WhyReadAll | undefined;
  readonly look: SweepLook;
  readonly stock: Stock;
};

/** Reads what has to be read. A sweep that dies while it reads all exemptions leaves nothing behind that a later one could compare with. */
const scan = async (desk: SweepingDesk, look: SweepLook): Promise<Scan> => {
  const written = await desk.database.written.all(settledInASweep);
  const chosen = await chooseReading(desk, look, written);
  if (chosen.way === 'compared')
    return { way: 'compared', why: undefined, look, stock: await takeStock(desk, look, written, [chosen.found]) };
  const progress = unreadAgain(look.progress);
  if (look.progress.reading?.times !== undefined) await desk.database.sweeps.note(progress);
  const anew = { ...look, progress };
  const stock = await takeStock(desk, anew, written, desk.everyExemption.ofPolicy());
  return { way: 'all', why: chosen.why, look: anew, stock };
};

const findMissing = (desk: Desk, { way, look, stock }: Omit<Scan, 'why'>): Promise<Missing> =>
  way === 'all' ? lookForMissing(desk, look, stock) : askAboutMissing(desk, look);

const suspectsIn = ({ way, look, stock }: Omit<Scan, 'why'>): string[] => [
  ...stock.unseenAssignments,
  ...(way === 'compared' ? (look.progress.reading?.hiddenAssignments ?? []) : []),
];

/** Lists those made in Defender, and keeps their change times for the next sweep. */
const takeInDefender = async (
  desk: SweepingDesk,
  look: SweepLook,
  way: SweepWay,
  next: SweepProgress,
): Promise<void> => {
  const timesOfDefender = await listDefenderExemptions(
    desk,
    look,
    way === 'all' ? undefined : next.reading?.timesOfDefender,
  );
  if (next.reading !== undefined)
    await desk.database.sweeps.note({ ...next, reading: { ...next.reading, timesOfDefender } });
};

const sweep = async (desk: SweepingDesk): Promise<SweepWay> => {
  const first = await lookAround(desk);
  if (first.hierarchy.subscriptions.length === 0 || first.map.assignments.length === 0)
    return stayBlind(desk, { ...first, progress: unreadAgain(first.progress) }, nothingInSight);
  const { way, why, look, stock } = await scan(desk, first);
  const missing = await findMissing(desk, { way, look, stock });
  if ('blind' in missing) return stayBlind(desk, look, missing.blind);
  if (look.progress.blind !== undefined) desk.tellOperator('Azure data is visible again; alerts resumed.', {});
  if (stock.cameIntoSight > 0)
    desk.tellOperator('Exemptions that existed before became visible; they raise no alerts.', {
      exemptions: stock.cameIntoSight,
    });
  const policies = digestOf(look.map, desk.hash);
  const findings: Findings = {
    way,
    why,
    stock,
    policies,
    gone: missing.gone,
    orphans: await findOrphans(desk, look, suspectsIn({ way, look, stock })),
    needless: isUnderneathDue(look) ? await findNeedless(desk, look) : undefined,
  };
  await tellGaps(desk, look, stock, policies);
  const left = await tell(desk, look, findings);
  await takeIn(desk, look, findings);
  await takeBaselines(desk, look);
  const next = nextProgress(desk, look, findings, left);
  await desk.database.sweeps.note(next);
  await takeInDefender(desk, look, way, next);
  await desk.database.listings.tidy();
  return way;
};

/**
 * Compares every exemption in Azure with its state at the last sweep, and raises alerts for the differences: made, changed, deleted,
 * orphaned, not covering any more, not needed any more, about to expire, expired. Event Grid may deliver events late or never, so only
 * this comparison finds every change, whoever made it. It reads all exemptions and keeps only what is new (take-stock.ts), asks Azure
 * about what is missing, queues alerts under claims, and stores the new state last. A crash at any point, a second run or days of downtime
 * therefore neither lose nor repeat an alert. One sweep runs at a time, whoever starts it.
 */
export const sweepExemptions = (desk: SweepingDesk): Promise<SweepWay> => desk.database.sweeps.alone(() => sweep(desk));
