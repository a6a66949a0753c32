import { emptyWords } from '../../core/access/empty-words.ts';
import type { WhyEmpty } from '../../core/access/why-empty.ts';
import type { RecommendationStanding } from '../../core/tenant/recommendation.ts';
import { severities } from '../../core/tenant/severity.ts';
import { longestSearch, type RecommendationQuery } from '../actions.ts';
import { action } from '../card-action.ts';
import type { Card } from '../render-card.ts';
import { listCard, type ListRow } from '../list-card.ts';
import { pageOf } from '../page-of.ts';
import { beginningOf, shortened } from '../../core/visible-text.ts';
import { percent } from './score-words.ts';
import { counted, severityMarks } from '../wording.ts';

export type RecommendationsCardInput = {
  /** Everything that the query found, most severe first; the card shows one page. */
  readonly standings: readonly RecommendationStanding[];
  /** The most that the classic secure score can rise, as a share of 1, by recommendation key. */
  readonly gains: ReadonlyMap<string, number>;
  readonly query: RecommendationQuery;
  /** Why it found nothing; undefined if it found something. */
  readonly whyEmpty: WhyEmpty | undefined;
  /** The scopes that were searched, in words: "rg-shop-prod". */
  readonly covers: string;
  /** A sentence such as "This channel shows only what it is subscribed to."; may be empty. */
  readonly note: string;
};

const tabs = ['all', ...severities] as const;

const gainWords = (gain: number | undefined): string[] => (gain === undefined ? [] : [`score up to +${percent(gain)}`]);

const rowOf = (standing: RecommendationStanding, gain: number | undefined): ListRow => ({
  title: shortened(standing.title, 140),
  mark: severityMarks[standing.severity],
  detail: [
    counted(standing.unhealthy, 'unhealthy resource'),
    ...(standing.exempted === 0 ? [] : [`${standing.exempted} exempt`]),
    ...gainWords(gain),
    ...(standing.policyDefinitionId === undefined ? ['cannot be exempted by policy'] : []),
  ].join(' · '),
  open: { verb: 'show-recommendation', assessmentKey: standing.key, page: 1 },
});

const coverage = ({ query, covers }: RecommendationsCardInput): string =>
  [
    covers === '' ? 'No scope that you can read' : `In ${covers}`,
    ...(query.text === '' ? [] : [`title contains “${query.text}”`]),
    ...(query.type === '' ? [] : [`resources of type ${query.type}`]),
  ].join(', ');

/** Open recommendations, or those with exempt resources, ten a page. */
export const recommendationsCard = (input: RecommendationsCardInput): Card => {
  const { standings } = input;
  const query = {
    ...input.query,
    text: beginningOf(input.query.text, longestSearch),
    type: beginningOf(input.query.type, longestSearch),
  };
  const to = (change: Partial<RecommendationQuery>) =>
    ({ verb: 'list-recommendations', ...query, page: 1, ...change }) as const;
  const page = pageOf(standings, query.page, (number) => to({ page: number }));
  return listCard({
    title: query.exempt ? 'Recommendations with exemptions' : 'Open recommendations',
    covers: coverage({ ...input, query }),
    note: input.note,
    tabs: tabs.map((severity) => ({
      title: severity === 'all' ? 'All' : severityMarks[severity].word,
      current: query.severity === severity,
      open: to({ severity }),
    })),
    rows: page.rows.map((standing) => rowOf(standing, input.gains.get(standing.key))),
    whenEmpty:
      input.whyEmpty === undefined
        ? ''
        : emptyWords(query.exempt ? 'recommendations with exemptions' : 'recommendations', input.whyEmpty),
    range: page.label,
    buttons: [
      ...(input.whyEmpty?.kind === 'filtered-out'
        ? [action('Show everything', to({ text: '', severity: 'all', subscription: '', type: '' }))]
        : []),
      ...page.buttons,
      query.exempt
        ? action('Show open recommendations', to({ exempt: false }), { secondary: page.buttons.length > 0 })
        : action('Show those with exemptions', to({ exempt: true }), { secondary: page.buttons.length > 0 }),
    ],
    command: 'recommendations',
  });
};
