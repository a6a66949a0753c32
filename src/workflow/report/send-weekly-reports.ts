import { addDays } from '../../core/calendar.ts';
import { isRefusal } from '../../core/governance-error.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import { scopeFilter } from '../../core/tenant/scope-filter.ts';
import { widest } from '../../core/tenant/scope-sets.ts';
import { isEmptyReport, reportNumbers, type ReportView } from '../../core/report/report.ts';
import { latestReportWeek } from '../../core/week.ts';
import type { Desk } from '../desk.ts';
import { attemptAll } from '../attempt-all.ts';
import { exemptionsSeenFrom } from '../inventory/look-at-exemptions.ts';
import { tallyRequests } from './counted-requests.ts';
import { expiringWithinDays } from './make-report.ts';

/**
 * The numbers of the week before a Monday, from what the channel is subscribed to, independent of the reader. Without exemptions made in
 * Defender, which no subscription discloses. Undefined if there is nothing to report.
 */
const weeklyReport = async (desk: Desk, channelId: string, monday: string): Promise<ReportView | undefined> => {
  const [hierarchy, subscriptions] = await Promise.all([desk.hierarchy(), desk.database.subscriptions.all()]);
  const scopes = widest(
    subscriptions.flatMap((each) => (each.channelId === channelId && each.kind === 'alerts' ? [each.scope] : [])),
    hierarchy,
  );
  if (scopes.length === 0) return undefined;
  const sight = { scopes, hidden: [], hierarchy };
  const period = { fromDay: addDays(monday, -7), toDay: addDays(monday, -1) };
  const [exemptions, requests] = await Promise.all([
    exemptionsSeenFrom(desk, sight, expiringWithinDays),
    tallyRequests(desk, { scopes: scopeFilter(sight), own: undefined }, period),
  ]);
  const numbers = reportNumbers({ exemptions, requests, hierarchy, now: desk.now() });
  if (isEmptyReport(numbers)) return undefined;
  const covers = scopes.map((scope) => scopeLabel(scope, hierarchy)).join(', ');
  return { numbers, period, covers, note: '' };
};

/**
 * Posts the report of a week into a channel, unless the channel is gone or has unsubscribed. Throws if Teams does not answer, and the job
 * runs again.
 */
export const postWeeklyReport = async (desk: Desk, channelId: string, monday: string): Promise<void> => {
  const [channel, report] = await Promise.all([
    desk.database.conversations.find(channelId),
    weeklyReport(desk, channelId, monday),
  ]);
  if (channel === undefined || report === undefined) return;
  try {
    await desk.notifier.post(channel, { kind: 'report', report });
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
};

const queueReport = async (desk: Desk, channelId: string, monday: string): Promise<void> => {
  const { alerts } = desk.database;
  if (await alerts.isClaimed(channelId, 'weekly report', [monday])) return;
  await desk.database.transaction(async (store) => {
    if (await store.alerts.claim(channelId, 'weekly report', [monday], desk.now()))
      await store.jobs.send('post-weekly-report', { channelId, monday });
  });
};

/**
 * Schedules the report of last week for each channel that is subscribed to alerts: on Monday from 8:00 on, after downtime later in the
 * week, once. Claim and job are committed together.
 */
export const sendWeeklyReports = async (desk: Desk): Promise<void> => {
  const { monday, dueAt } = latestReportWeek(desk.now(), desk.timeZone);
  const subscriptions = await desk.database.subscriptions.all();
  const channels = new Set(
    subscriptions.flatMap(({ kind, channelId, subscribedAt }) =>
      kind === 'alerts' && subscribedAt < dueAt ? [channelId] : [],
    ),
  );
  await attemptAll([...channels].map((channelId) => () => queueReport(desk, channelId, monday)));
};
