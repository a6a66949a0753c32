import { emptyWords } from '../../core/access/empty-words.ts';
import type { WhyEmpty } from '../../core/access/why-empty.ts';
import {
  leftToGain,
  overallScore,
  shareOf,
  type ScoreControl,
  type SecureScore,
} from '../../core/score/secure-score.ts';
import { counted, firstFew } from '../../core/first-few.ts';
import { nameOf } from '../../core/tenant/arm-id.ts';
import type { ScoreQuery } from '../actions.ts';
import { action } from '../card-action.ts';
import type { Card } from '../render-card.ts';
import { listCard, type ListRow } from '../list-card.ts';
import { pageOf } from '../page-of.ts';
import { shortened } from '../../core/visible-text.ts';
import { percent, points } from './score-words.ts';
import { type Mark } from '../wording.ts';

type NamedScore = SecureScore & { readonly name: string };

export type ScoreCardInput = {
  readonly scores: readonly NamedScore[];
  /** Names of the subscriptions that have no score. */
  readonly unscored: readonly string[];
  readonly query: ScoreQuery;
  /** Why there is none; undefined if there is one. */
  readonly whyEmpty: WhyEmpty | undefined;
  /** The scopes that were searched, in words. */
  readonly covers: string;
  readonly note: string;
};

const toGain = (control: ScoreControl): Mark => {
  const left = leftToGain(control);
  const colour = left >= 4 ? 'attention' : left >= 1 ? 'warning' : 'default';
  return left < 0.005 ? { word: 'Complete', colour: 'good' } : { word: `+${points(left)} to gain`, colour };
};

const mostFirst = (controls: readonly ScoreControl[]): ScoreControl[] =>
  controls
    .filter(({ max }) => max > 0)
    .toSorted((a, b) => leftToGain(b) - leftToGain(a) || a.name.localeCompare(b.name, 'en'));

const subscriptionOf = ({ subscription }: SecureScore): string => nameOf(subscription);

const controlRow =
  (score: NamedScore) =>
  (control: ScoreControl): ListRow => ({
    title: shortened(control.name, 100),
    mark: toGain(control),
    detail: [
      `${points(control.max - leftToGain(control))} of ${points(control.max)} points`,
      control.healthy + control.unhealthy === 0
        ? 'no resources assessed'
        : `${control.unhealthy} of ${counted(control.healthy + control.unhealthy, 'resource')} unhealthy`,
    ].join(' · '),
    open: {
      verb: 'list-recommendations',
      text: '',
      severity: 'all',
      subscription: subscriptionOf(score),
      type: '',
      exempt: false,
      page: 1,
    },
  });

const shareMark = (share: number): Mark => ({
  word: percent(share),
  colour: share < 0.5 ? 'attention' : share < 0.8 ? 'warning' : 'good',
});

const subscriptionRow = (score: NamedScore): ListRow => {
  const [first] = mostFirst(score.controls);
  return {
    title: shortened(score.name, 100),
    mark: shareMark(shareOf(score)),
    detail: [
      `${points(score.current)} of ${points(score.max)} points`,
      ...(first === undefined || leftToGain(first) < 0.005
        ? []
        : [`most to gain: ${shortened(first.name, 60)} (+${points(leftToGain(first))})`]),
    ].join(' · '),
    open: { verb: 'show-score', subscription: subscriptionOf(score), page: 1 },
  };
};

const coverage = (scores: readonly NamedScore[], covers: string): string => {
  const [only] = scores;
  const overall = overallScore(scores);
  if (only === undefined || overall === undefined) return covers === '' ? 'No scope that you can read' : `In ${covers}`;
  return scores.length === 1
    ? `${shortened(only.name, 80)}: ${points(only.current)} of ${points(only.max)} points, ${percent(shareOf(only))}`
    : `In ${shortened(covers, 80)}: ${percent(overall)} across ${counted(scores.length, 'subscription')}`;
};

/** Nothing assessed is no 0 %. */
const unscoredWords = (unscored: readonly string[]): string =>
  unscored.length === 0
    ? ''
    : `No score for ${firstFew(
        unscored.map((name) => shortened(name, 60)),
        5,
      )}: Defender for Cloud assesses nothing there. Foundational CSPM may be off.`;

/** The classic secure score: of several subscriptions, lowest first, or of the controls of one subscription, most to gain first. */
export const scoreCard = ({ scores, unscored, covers, note, whyEmpty, ...input }: ScoreCardInput): Card => {
  const { query } = input;
  const [only, ...others] = scores;
  const rows =
    only !== undefined && others.length === 0
      ? mostFirst(only.controls).map(controlRow(only))
      : scores.toSorted((a, b) => shareOf(a) - shareOf(b) || a.name.localeCompare(b.name, 'en')).map(subscriptionRow);
  const page = pageOf(rows, query.page, (number) => ({ verb: 'show-score', ...query, page: number }));
  return listCard({
    title: 'Secure score (classic)',
    covers: coverage(scores, covers),
    note: [note, scores.length === 0 ? '' : unscoredWords(unscored)].filter((each) => each !== '').join(' '),
    tabs: [],
    rows: page.rows,
    whenEmpty: whyEmpty === undefined ? '' : emptyWords('score', whyEmpty),
    range: page.label,
    buttons: [
      ...page.buttons,
      ...(query.subscription === ''
        ? []
        : [action('Show all subscriptions', { verb: 'show-score', subscription: '', page: 1 })]),
    ],
    command: 'score',
  });
};
