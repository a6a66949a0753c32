import { andMore, counted } from '../../core/first-few.ts';
import { alertKinds } from '../../core/alert/alert-kinds.ts';
import type { Alert } from '../../core/alert/alert.ts';
import type { DigestRow } from '../../core/chat/notifier.ts';
import { bySeverityRank } from '../../core/tenant/severity.ts';
import { formatInstant } from '../../core/calendar.ts';
import { alertDetails } from './alert-card.ts';
import { asItStands } from './as-it-stands.ts';
import type { ExemptionQuery } from '../actions.ts';
import { action, openPage, type CardAction } from '../card-action.ts';
import type { Card } from '../render-card.ts';
import { listCard, type ListRow, type ListTile } from '../list-card.ts';
import { reasonLine } from '../request/why-words.ts';
import { shortened } from '../../core/visible-text.ts';
import { portalUrl } from '../portal-url.ts';
import { severityMarks } from '../wording.ts';

const rowsShown = 15;

const factOf = ({ facts }: Alert, label: string): string => facts.find((fact) => fact.label === label)?.text ?? '';

/** How the ends are called that are not what their kind says. */
const called: Readonly<Partial<Record<Alert['step'], string>>> = {
  revoked: 'Revoked',
  'taken-out': 'Taken out: nobody approved it',
  cleaned: 'Deleted in a clean-up',
  renewed: 'Renewed',
  adopted: 'Adopted',
  approved: 'Approved after an emergency',
  'in-force-again': 'In force again',
  'in-effect': 'In effect',
  'gap-closed': 'Coverage gap closed',
  'needed-again': 'Needed again',
};

const countedAs = ({ kind, alert }: DigestRow): string => {
  const word = called[alert.step];
  if (word !== undefined) return word.charAt(0).toLowerCase() + word.slice(1);
  return kind === undefined ? 'summaries' : alertKinds[kind].counted;
};

type Count = { readonly word: string; readonly count: number };

/** How many of each kind, the most frequent first. */
const countsOf = (rows: readonly DigestRow[]): Count[] =>
  [...Map.groupBy(rows, countedAs)]
    .map(([word, some]) => ({ word, count: some.length }))
    .sort((a, b) => b.count - a.count);

const inWords = (counts: readonly Count[]): string => counts.map(({ word, count }) => `${count} ${word}`).join(', ');

const tilesShown = 3;

/** The numbers that a digest begins with: of what is too much for three, the last one is the sum. */
const tilesOf = (counts: readonly Count[]): ListTile[] => {
  const shown = counts.length <= tilesShown ? counts : counts.slice(0, tilesShown - 1);
  const rest = counts.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  return [...shown, ...(rest === 0 ? [] : [{ word: 'other', count: rest }])].map(({ word, count }) => ({
    label: word.charAt(0).toUpperCase() + word.slice(1),
    text: String(count),
  }));
};

/** What became of it between its alert and the digest has taken away what the alert was about. */
const isOver = ({ alert }: DigestRow): boolean => alert.outcome !== undefined && alert.outcome.left === undefined;

/** What happened, without a number of days, because the card may be read later than it was written. */
const happened = ({ kind, alert }: DigestRow): string => {
  if (kind === undefined) return shortened(alert.title, 80);
  if (kind === 'created' && alert.reference === undefined) return 'Created outside Exemption Desk';
  return called[alert.step] ?? alertKinds[kind].called;
};

const endOf = (alert: Alert): string => {
  const [expires, expired] = [factOf(alert, 'Expires'), factOf(alert, 'Expired')];
  if (expires === 'Never') return 'never expires';
  return shortened(expires === '' ? expired && `expired ${expired}` : `expires ${expires}`, 60);
};

const rowOf = (row: DigestRow): ListRow => {
  const { alert } = row;
  const { severity } = alert;
  const { alert: now, line } = asItStands(alert);
  return {
    title: shortened(factOf(alert, 'Recommendation') || alert.title, 140),
    mark: severity === undefined ? { word: 'Alert', colour: 'default' } : severityMarks[severity],
    detail: [
      happened(row),
      shortened(line.replace(/\.$/, ''), 120),
      shortened(factOf(alert, 'Scope'), 80),
      endOf(alert),
      shortened(reasonLine(alert), 160),
      alert.reference ?? '',
    ]
      .filter((part) => part !== '')
      .join(' · '),
    open: alertDetails(now),
  };
};

/** The list of exemptions that holds what an alert is about, where there is one: what was made here, changed or deleted has none. */
const listOf = ({ kind, alert }: DigestRow): ExemptionQuery['filter'] | undefined => {
  if (kind === 'created') return alert.reference === undefined ? 'outside' : undefined;
  if (kind === 'no-longer-needed') return 'needless';
  return kind === 'expiring' || kind === 'expired' || kind === 'orphaned' ? kind : undefined;
};

const listsCalled: Readonly<Partial<Record<ExemptionQuery['filter'], string>>> = {
  outside: 'Show exemptions made outside',
  needless: 'Show exemptions no longer needed',
  expiring: 'Show expiring exemptions',
  expired: 'Show expired exemptions',
  orphaned: 'Show orphaned exemptions',
};

/** The ways to the alerts that have no row on the card: the two lists that most of the alerts belong to. */
const listsOfAll = (rows: readonly DigestRow[]): CardAction[] =>
  rows.length <= rowsShown
    ? []
    : [...Map.groupBy(rows, listOf)]
        .toSorted(([, one], [, other]) => other.length - one.length)
        .flatMap(([filter]): CardAction[] =>
          filter === undefined
            ? []
            : [
                action(listsCalled[filter] ?? '', {
                  verb: 'list-exemptions',
                  text: '',
                  filter,
                  withinDays: 30,
                  subscription: '',
                  page: 1,
                }),
              ],
        )
        .slice(0, 2);

/**
 * Several alerts on one card, most severe first, and what ended before it was posted last. It is a picture of that moment and says so; a click on a row
 * shows as a new message how the exemption stands when it is pressed.
 */
export const digestCard = (
  rows: readonly DigestRow[],
  { asOf, timeZone }: { readonly asOf: Date; readonly timeZone: string },
): Card => {
  const sorted = rows.toSorted(
    (a, b) =>
      Number(isOver(a)) - Number(isOver(b)) || bySeverityRank(a.alert.severity ?? 'low', b.alert.severity ?? 'low'),
  );
  const title = counted(rows.length, 'alert about exemptions', 'alerts about exemptions');
  const counts = countsOf(rows);
  return listCard({
    title,
    summary: `${title}: ${inWords(counts)}`,
    covers: `As of ${formatInstant(asOf, timeZone)}. A row opens as it stands when you press it.`,
    tiles: tilesOf(counts),
    note: '',
    tabs: [],
    rows: sorted.slice(0, rowsShown).map(rowOf),
    whenEmpty: '',
    range: andMore(rows.length, rowsShown),
    buttons: [...listsOfAll(rows), openPage('Open exemptions in Azure portal', portalUrl('exemptions'))],
    command: 'exemptions',
  });
};
