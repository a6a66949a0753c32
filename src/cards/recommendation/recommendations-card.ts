import { emptyWords } from '../../core/access/empty-words.ts';
import type { ListPage } from '../../core/list-page.ts';
import type { WhyEmpty } from '../../core/access/why-empty.ts';
import { cloudWords } from '../../core/tenant/cloud-recommendation.ts';
import type { RecommendationStanding } from '../../core/tenant/recommendation.ts';
import { typeHint, typesMeant } from '../../core/tenant/resource-type-names.ts';
import { severities } from '../../core/tenant/severity.ts';
import { longestName, longestSearch, type ActionData, type ListMeant, type RecommendationQuery } from '../actions.ts';
import { action } from '../card-action.ts';
import type { Card } from '../render-card.ts';
import { listCard, type ListFilter, type ListRow } from '../list-card.ts';
import { pageRead } from '../page-of.ts';
import { beginningOf, shortened } from '../../core/visible-text.ts';
import { filtersLength, longestInRows, meantOf } from './list-filters.ts';
import { gainWords } from './score-words.ts';
import { counted, firstFew } from '../../core/first-few.ts';
import { severityMarks } from '../wording.ts';

export type RecommendationsCardInput = {
  /** A page of what the query found, most severe first. */
  readonly standings: ListPage<RecommendationStanding>;
  /** The most that the classic secure score can rise, as a share of 1, by recommendation key. */
  readonly gains: ReadonlyMap<string, number>;
  readonly query: RecommendationQuery;
  /** The names of the controls that the query means. */
  readonly controls: readonly string[];
  /** The clouds ("AWS") whose resources it leaves out. */
  readonly cloudsLeftOut: readonly string[];
  /** Whose resources the query means, by name; undefined unless it means somebody's. */
  readonly owner: string | undefined;
  /** What made resources that owner's, as a sentence. */
  readonly matched: string | undefined;
  /** What it leaves out or does not know because of a filter, in sentences. */
  readonly caveats: readonly string[];
  /** Why it found nothing; undefined if it found something. */
  readonly whyEmpty: WhyEmpty | undefined;
  /** The scopes that were searched, in words: "rg-shop-prod". */
  readonly covers: string;
  /** A sentence such as "This channel shows only what it is subscribed to."; may be empty. */
  readonly note: string;
};

const tabs = ['all', ...severities] as const;

const rowOf = (standing: RecommendationStanding, gain: number | undefined, meant: ListMeant | undefined): ListRow => ({
  title: shortened(standing.title, 100),
  mark: severityMarks[standing.severity],
  detail: [
    counted(standing.unhealthy, 'unhealthy resource'),
    ...(standing.exempted === 0 ? [] : [`${standing.exempted} exempt`]),
    ...(gain === undefined ? [] : [`score ${gainWords(gain)}`]),
    ...(standing.policyDefinitionId === undefined ? ['cannot be exempted by policy'] : []),
  ].join(' · '),
  open: { verb: 'show-recommendation', assessmentKey: standing.key, page: 1, ...(meant && { among: meant }) },
});

const coverage = ({ query, covers }: RecommendationsCardInput): string =>
  covers === '' ? 'No scope that you can read' : `In ${covers}${query.exempt ? ', with exempt resources' : ''}`;

/** What narrows the list, each as a button that takes it off. */
const filtersOf = (
  { query, controls, covers, owner }: RecommendationsCardInput,
  to: (change: Partial<RecommendationQuery>) => ActionData,
): ListFilter[] => {
  const { text, subscription, type, group = '', tag = '', control = '', exemptable = false } = query;
  const { owner: said = '' } = query;
  const filters = [
    ...(text === '' ? [] : [{ words: `title: “${text}”`, without: { text: '' } }]),
    ...(subscription === '' ? [] : [{ words: `sub: ${covers || subscription}`, without: { subscription: '' } }]),
    ...(group === '' ? [] : [{ words: `rg: ${group}`, without: { group: '' } }]),
    ...(type === '' ? [] : [{ words: `type: ${typeWords(type)}`, without: { type: '' } }]),
    ...(tag === '' ? [] : [{ words: `tag: ${tag}`, without: { tag: '' } }]),
    ...(said === '' ? [] : [{ words: `owner: ${owner ?? said}`, without: { owner: '' } }]),
    ...(control === '' ? [] : [{ words: `control: ${firstFew(controls, 2) || control}`, without: { control: '' } }]),
    ...(exemptable ? [{ words: 'exemptable: what a policy exemption can cover', without: { exemptable: false } }] : []),
  ];
  return filters.map(({ words, without }) => ({ words, takeOff: to(without) }));
};

/** A short name with the types that it means. */
const typeWords = (type: string): string => {
  const meant = typesMeant(type);
  return meant.includes(type.toLowerCase()) ? type : `${type} (${firstFew(meant, 2)})`;
};

const opensMeant = 'A recommendation opens with these resources; its card can show all.';
const opensAll =
  'A recommendation opens with all its resources, also those that this filter leaves out, because the filter is long.';

const leftOut = (clouds: readonly string[]): string =>
  clouds.length === 0
    ? ''
    : `Resources in ${cloudWords(clouds)} are left out: no exemption of Azure Policy reaches them.`;

/** Open recommendations, or those with exempt resources, ten a page. */
export const recommendationsCard = (input: RecommendationsCardInput): Card => {
  const { standings } = input;
  const query = {
    ...input.query,
    text: beginningOf(input.query.text, longestSearch),
    type: beginningOf(input.query.type, longestName),
    group: beginningOf(input.query.group ?? '', longestName),
    control: beginningOf(input.query.control ?? '', longestName),
  };
  const to = (change: Partial<RecommendationQuery>) =>
    ({ verb: 'list-recommendations', ...query, page: 1, ...change }) as const;
  const meant = meantOf(query);
  const isShort = filtersLength(query) <= longestInRows;
  const page = pageRead(standings, (number) => to({ page: number }));
  return listCard({
    title: query.exempt ? 'Recommendations with exemptions' : 'Open recommendations',
    covers: coverage({ ...input, query }),
    note: [
      input.note,
      ...(standings.found === 0 || input.matched === undefined ? [] : [input.matched]),
      ...(standings.found === 0 ? [] : input.caveats),
      leftOut(input.cloudsLeftOut),
      ...(standings.found > 0 && meant !== undefined ? [isShort ? opensMeant : opensAll] : []),
      ...(standings.found === 0 ? [typeHint(query.type)] : []),
    ]
      .filter(Boolean)
      .join(' '),
    filters: filtersOf({ ...input, query }, to),
    tabs: tabs.map((severity) => ({
      title: severity === 'all' ? 'All' : severityMarks[severity].word,
      current: query.severity === severity,
      open: to({ severity }),
    })),
    choices: [
      {
        label: 'Owner:',
        tabs: [
          { title: 'Anybody', current: (query.owner ?? '') === '', open: to({ owner: '' }) },
          { title: 'Mine', current: query.owner === 'me', open: to({ owner: 'me' }) },
        ],
      },
    ],
    rows: page.rows.map((standing) => rowOf(standing, input.gains.get(standing.key), isShort ? meant : undefined)),
    whenEmpty:
      input.whyEmpty === undefined
        ? ''
        : emptyWords(query.exempt ? 'recommendations with exemptions' : 'recommendations', input.whyEmpty),
    range: page.label,
    buttons: [
      ...(input.whyEmpty?.kind === 'filtered-out' || input.whyEmpty?.kind === 'other-clouds'
        ? [
            action(
              'Show everything',
              to({
                text: '',
                severity: 'all',
                subscription: '',
                type: '',
                group: '',
                tag: '',
                owner: '',
                control: '',
                exemptable: false,
              }),
            ),
          ]
        : []),
      ...page.buttons,
      query.exempt
        ? action('Show open recommendations', to({ exempt: false }), { secondary: page.buttons.length > 0 })
        : action('Show those with exemptions', to({ exempt: true }), { secondary: page.buttons.length > 0 }),
    ],
    command: 'recommendations',
  });
};
