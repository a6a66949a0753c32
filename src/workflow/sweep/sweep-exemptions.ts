import { normalId } from '../../core/tenant/arm-id.ts';
import type { Actor } from '../../core/person.ts';
import type { Occurrence } from '../../core/alert/occurrence.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Sighting } from '../../core/inventory/seen-exemption.ts';
import type { SweepProgress } from '../../core/inventory/sweep.ts';
import { confirmNews } from './confirm-news.ts';
import type { Desk } from '../desk.ts';
import { digestOf } from './find-gaps.ts';
import { followGaps, noteGaps, type GapsNow } from './follow-gaps.ts';
import { findNeedless, isUnderneathDue, type Needless } from './find-needless.ts';
import { findOrphans } from './find-orphans.ts';
import { findLadderNews } from './find-ladder-news.ts';
import { listNews } from './list-news.ts';
import { lookForMissing, type Gone } from './look-for-missing.ts';
import type { NewsContext } from './occurrence-of.ts';
import { continuedNews, goneNews, revivedNews } from './ending-news.ts';
import { changedNews, closedGapNews, gapNews, neededAgainNews, needlessNews, orphanNews } from './other-news.ts';
import { raiseAlerts } from '../alert/raise-alerts.ts';
import { noteGone } from '../record/note-gone.ts';
import { lookAround, type SweepLook } from './look-around.ts';
import { takeBaselines } from './take-baselines.ts';
import { takeStock, type Stock } from './take-stock.ts';

const actor: Actor = { kind: 'job', name: 'sweep-exemptions' };

type Findings = {
  readonly stock: Stock;
  readonly gone: readonly Gone[];
  readonly orphans: readonly Sighting[];
  readonly gaps: GapsNow;
  readonly needless: Needless | undefined;
  readonly policies: string;
};

const nothingInSight =
  'Azure shows Exemption Desk no subscriptions or no policy assignments. Assign its identity its role at the top management group.';

/** The list cannot be trusted: nobody in Teams is alerted, nothing is forgotten, and the operator is told once. */
const stayBlind = async (desk: Desk, { at, progress }: SweepLook, reason: string): Promise<void> => {
  const blind = progress.blind ?? { since: at, reason };
  await desk.database.sweeps.note({ ...progress, lastLookedAt: at, blind });
  if (progress.blind === undefined) desk.tellOperator(`Alerts are paused. ${reason}`, {});
};

const requestsNamed = async (
  desk: Desk,
  sightings: readonly Sighting[],
): Promise<ReadonlyMap<string, ExemptionRequest>> => {
  const references = [...new Set(sightings.flatMap(({ reference }) => reference ?? []))];
  const requests = references.length === 0 ? [] : await desk.database.requests.list({ references });
  return new Map(requests.map((request) => [request.reference, request]));
};

/** Exemptions among those that are gone that a clean-up deleted. */
const cleanedAmong = async (desk: Desk, gone: readonly Gone[]): Promise<ReadonlySet<string>> =>
  gone.length === 0 ? new Set() : desk.database.cleanups.deletions();

const newsOf = async (desk: Desk, look: SweepLook, findings: Findings): Promise<Occurrence[]> => {
  const { stock, gone, orphans, gaps, needless } = findings;
  const revived = stock.revived.length === 0 ? [] : await desk.database.seen.find(stock.revived);
  const nearer = await desk.database.seen.find([...stock.due, ...stock.returned]);
  const context: NewsContext = {
    desk,
    look,
    requests: await requestsNamed(desk, [
      ...nearer,
      ...stock.made.values(),
      ...[...stock.changed.values()].map(({ now }) => now),
      ...[...stock.continued.values()].map(({ now }) => now),
      ...gone.map(({ sighting }) => sighting),
      ...orphans,
      ...revived,
      ...(needless?.units ?? []),
      ...(needless?.unitsAgain ?? []),
    ]),
  };
  return [
    ...changedNews(context, stock),
    ...goneNews(context, gone, await cleanedAmong(desk, gone)),
    ...continuedNews(context, stock),
    ...orphanNews(context, orphans),
    ...revivedNews(context, revived),
    ...gapNews(context, gaps.open),
    ...closedGapNews(context, gaps.closed),
    ...needlessNews(context, needless?.units ?? []),
    ...neededAgainNews(context, needless?.unitsAgain ?? []),
    ...(await findLadderNews(context, stock)),
  ];
};

/** Stores what was reported. After a crash before its end, the next sweep finds the same again, and claims prevent a second alert. */
const takeIn = async (
  desk: Desk,
  look: SweepLook,
  { stock, gone, orphans, gaps, needless }: Findings,
): Promise<void> => {
  const { at } = look;
  const { seen } = desk.database;
  const told = [...stock.changed.values(), ...stock.continued.values()].map(({ now }) => now);
  await seen.save([...stock.made.values(), ...told], at);
  await listNews(desk, look, stock);
  const goneIds = gone.map(({ sighting }) => sighting.exemption.id);
  await noteGone(desk, actor, goneIds, at);
  await seen.remove(goneIds);
  await seen.markFound([...stock.returned]);
  await seen.markOrphaned(
    orphans.map(({ exemption }) => normalId(exemption.id)),
    true,
  );
  await seen.markOrphaned(stock.revived, false);
  if (needless !== undefined) {
    await seen.markNeeded(needless.needed);
    await seen.markNeedless(needless.numbers);
  }
  await noteGaps(desk, gaps);
};

const nextProgress = ({ at, progress }: SweepLook, { policies, needless }: Findings): SweepProgress => ({
  lastLookedAt: at,
  lastCompletedAt: at,
  policies,
  underneathReadAt: needless === undefined ? progress.underneathReadAt : at,
  blind: undefined,
});

const sweep = async (desk: Desk): Promise<void> => {
  const look = await lookAround(desk);
  if (look.hierarchy.subscriptions.length === 0 || look.map.assignments.length === 0)
    return stayBlind(desk, look, nothingInSight);
  const stock = await confirmNews(desk, await takeStock(desk, look));
  const missing = await lookForMissing(desk, look, stock);
  if ('blind' in missing) return stayBlind(desk, look, missing.blind);
  if (look.progress.blind !== undefined) desk.tellOperator('Azure data is visible again; alerts resumed.', {});
  if (stock.cameIntoSight > 0)
    desk.tellOperator('Exemptions that existed before became visible; they raise no alerts.', {
      exemptions: stock.cameIntoSight,
    });
  const policies = digestOf(look.map, desk.hash);
  const findings: Findings = {
    stock,
    policies,
    gone: missing.gone,
    orphans: await findOrphans(desk, look, stock),
    gaps: await followGaps(desk, look, stock, policies),
    needless: isUnderneathDue(look) ? await findNeedless(desk, look) : undefined,
  };
  const occurrences = await newsOf(desk, look, findings);
  await takeBaselines(desk, look, occurrences);
  await raiseAlerts(desk, occurrences);
  await takeIn(desk, look, findings);
  await desk.database.sweeps.note(nextProgress(look, findings));
};

/**
 * Compares every exemption in Azure with its state at the last sweep, and raises alerts for the differences: made, changed, deleted,
 * orphaned, not covering any more, not needed any more, about to expire, expired. Event Grid may deliver events late or never, so only
 * this comparison finds every change, whoever made it. It reads all exemptions and keeps only what is new (take-stock.ts), asks Azure
 * about what is missing, queues alerts under claims, and stores the new state last. A crash at any point, a second run or days of downtime
 * therefore neither lose nor repeat an alert. One sweep runs at a time, whoever starts it.
 */
export const sweepExemptions = (desk: Desk): Promise<void> => desk.database.sweeps.alone(() => sweep(desk));
