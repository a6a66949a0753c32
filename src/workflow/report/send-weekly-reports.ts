import { addDays } from '../../core/calendar.ts';
import { ageSentences } from '../../core/inventory/listing-age.ts';
import { isRefusal } from '../../core/governance-error.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import { scopeFilter } from '../../core/tenant/scope-filter.ts';
import { widest } from '../../core/tenant/scope-sets.ts';
import { isEmptyReport, reportNumbers, type ReportView } from '../../core/report/report.ts';
import { instantsOf } from '../../core/report/report-period.ts';
import { latestReportWeek } from '../../core/week.ts';
import { isOfWholeScope } from '../../core/alert/subscription.ts';
import type { Desk } from '../desk.ts';
import { attemptAll } from '../attempt-all.ts';
import { allListed } from '../inventory/kept-exemptions.ts';

/**
 * The numbers of the week before a Monday, from what the channel is subscribed to, independent of the reader. Without exemptions made in
 * Defender, which no subscription discloses. Undefined if there is nothing to report.
 */
const weeklyReport = async (desk: Desk, channelId: string, monday: string): Promise<ReportView | undefined> => {
  const [hierarchy, subscriptions] = await Promise.all([desk.hierarchy(), desk.database.subscriptions.of([channelId])]);
  const scopes = widest(
    subscriptions.flatMap((each) => (each.kind === 'alerts' && isOfWholeScope(each) ? [each.scope] : [])),
    hierarchy,
  );
  if (scopes.length === 0) return undefined;
  const sight = { scopes, hidden: [], hierarchy };
  const period = { fromDay: addDays(monday, -7), toDay: addDays(monday, -1) };
  const now = desk.now();
  const [exemptions, requests, { policy }] = await Promise.all([
    desk.database.listings.tally(allListed(desk, { policy: sight, defender: { ...sight, scopes: [] } })),
    desk.database.requests.tally({
      inSight: { scopes: scopeFilter(sight), own: undefined },
      now,
      ...instantsOf(period, desk.timeZone),
    }),
    desk.database.listings.readAt(),
  ]);
  const numbers = reportNumbers({ exemptions, requests, hierarchy });
  if (isEmptyReport(numbers)) return undefined;
  const covers = scopes.map((scope) => scopeLabel(scope, hierarchy)).join(', ');
  return { numbers, period, covers, note: ageSentences({ policy, defender: policy }, { ...desk, now }) };
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

const reportUnit = 'weekly report';

const queueReport = async (desk: Desk, channelId: string, monday: string): Promise<void> => {
  await desk.database.transaction(async (store) => {
    if (await store.alerts.claim(channelId, reportUnit, [monday], desk.now()))
      await store.jobs.send('post-weekly-report', { channelId, monday });
  });
};

/**
 * Schedules the report of last week for each channel that is subscribed to alerts: on Monday from 8:00 on, after downtime later in the
 * week, once. Claim and job are committed together.
 */
export const sendWeeklyReports = async (desk: Desk): Promise<void> => {
  const { monday, dueAt } = latestReportWeek(desk.now(), desk.timeZone);
  const claim = { unitKey: reportUnit, step: monday, since: dueAt };
  const channels = await desk.database.subscriptions.channelsWithout(claim);
  await attemptAll(channels.map((channelId) => () => queueReport(desk, channelId, monday)));
};
