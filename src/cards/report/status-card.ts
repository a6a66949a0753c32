import { andMore, counted } from '../../core/first-few.ts';
import { formatInstant, type Clock } from '../../core/calendar.ts';
import { targetWords } from '../../core/connection/target-health.ts';
import { lastAnswer } from '../../core/desk/azure-health.ts';
import { approversSoFar, readSoFar } from '../../core/mirror/mirror-health.ts';
import { sweepReadingWords } from '../../core/inventory/sweep-reading-words.ts';
import { troublesIn, type Status, type UndeliveredAt } from '../../core/desk/status.ts';
import { action } from '../card-action.ts';
import { renderCard, type Card } from '../render-card.ts';
import { shortened } from '../../core/visible-text.ts';
import template from '../templates/record.json' with { type: 'json' };

/** Of more connections the metrics tell. */
const targetsShown = 10;

const lasted = (seconds: number): string =>
  seconds < 90 ? counted(Math.round(seconds), 'second') : counted(Math.round(seconds / 60), 'minute');

const sweepOf = ({ lastSweep, sweepTook }: Status, clock: Clock): string => {
  if (lastSweep === undefined) return 'Not yet';
  const took = sweepTook === undefined ? '' : `, took ${(sweepTook / 1000).toFixed(1)} seconds`;
  return `${formatInstant(lastSweep, clock)}${took}`;
};

const answerOf = ({ azure }: Status, clock: Clock): string => {
  const last = lastAnswer(azure);
  return last === undefined ? 'None since this replica was started' : formatInstant(last, clock);
};

const waitingOf = ({ alerts }: Status, clock: Clock): string =>
  alerts.longestWaitingSince === undefined
    ? 'None'
    : `${alerts.waiting}, the oldest since ${formatInstant(alerts.longestWaitingSince, clock)}`;

const unknownOf = ({ alerts }: Status): string =>
  alerts.unknowns === 0
    ? 'None in 30 days'
    : `${counted(alerts.unknowns, 'attempt')} in 30 days: up to that many alerts may appear twice in Teams`;

const jobsOf = ({ jobs }: Status): string =>
  jobs.waiting.map(({ job, count, seconds }) => `${job} ${count} (${lasted(seconds)})`).join(', ') || 'None';

const publishedOf = ({ published: { isReadable, last, kind } }: Status, clock: Clock): string => {
  if (!isReadable) return 'Unknown: the container does not answer';
  const where = kind === 'container' ? '' : ', on standard output only';
  return last === undefined ? `Not yet${where}` : `Row ${last.sequence}, ${formatInstant(last.at, clock)}${where}`;
};

const undeliveredRow = ({ where, reason, places, alerts }: UndeliveredAt): { readonly text: string } => ({
  text: `${shortened(where, 80)}${places === 1 ? '' : ` and ${counted(places - 1, 'other')} like it`}: ${counted(alerts, 'alert')} not delivered. ${shortened(reason, 200)}`,
});

const moreOf = ({ undelivered: { places, worst } }: Status): string => {
  const shown = worst.reduce((sum, each) => sum + each.places, 0);
  return places > shown ? `${andMore(places, shown)} places` : '';
};

/** The state of Exemption Desk for its operator: numbers, then the alerts that could not be delivered and why. */
export const statusCard = (status: Status, clock: Clock): Card => {
  const [trouble, ...others] = troublesIn(status);
  const { alerts, jobs, undelivered, unreached } = status;
  return renderCard(template, {
    state: '',
    summary: trouble === undefined ? 'Exemption Desk works' : `Exemption Desk: ${trouble}`,
    kind: 'Status',
    title: 'Exemption Desk',
    style: 'emphasis',
    mark:
      trouble === undefined
        ? { word: 'Everything works', colour: 'good' }
        : { word: 'Needs attention', colour: 'attention' },
    detail: [...(trouble === undefined ? [] : [trouble]), ...others].join(' '),
    detailWeight: 'default',
    facts: [
      { label: 'Last answer of Azure', text: answerOf(status, clock) },
      { label: 'Last look at all exemptions', text: sweepOf(status, clock) },
      { label: 'How exemptions are read', text: sweepReadingWords(status.sweepReading, clock) },
      { label: 'Read for lists', text: readSoFar(status.readings, status.subscriptions) },
      { label: 'Who could approve', text: approversSoFar(status.readings, status.hiddenGroups) },
      { label: 'Alerts waiting', text: waitingOf(status, clock) },
      { label: 'Held for later', text: `${alerts.held} (quiet hours, digests, the next attempt)` },
      { label: 'Posted in the last 24 hours', text: String(alerts.sent) },
      { label: 'Delivery unknown', text: unknownOf(status) },
      ...(unreached.people === 0
        ? []
        : [
            {
              label: 'Not reachable',
              text: `${counted(unreached.people, 'person', 'people')} without a personal chat: ${counted(unreached.messages, 'message waits', 'messages wait')} until they begin one`,
            },
          ]),
      { label: 'Jobs waiting', text: jobsOf(status) },
      ...(status.api === undefined
        ? []
        : [
            {
              label: 'API',
              text: `${counted(status.api.answered, 'call')} since this replica was started, ${status.api.refused} refused`,
            },
          ]),
      { label: 'Failed jobs', text: String(jobs.givenUp) },
      { label: 'Published head of the ledger', text: publishedOf(status, clock) },
      ...status.targets
        .slice(0, targetsShown)
        .map((each) => ({ label: `Connection ${each.target}`, text: targetWords(each) })),
    ],
    words: [],
    evidence: [],
    notes: [],
    rows: undelivered.worst.map(undeliveredRow),
    more: moreOf(status),
    command: 'status',
    actions: [
      ...(undelivered.places === 0 ? [] : [action('Send again', { verb: 'send-again' })]),
      action('Refresh', { verb: 'show-status' }),
    ],
  });
};
