import { clockOf, type ReaderTime } from '../../core/calendar.ts';
import { andMore, counted, firstFew } from '../../core/first-few.ts';
import { whyNoRequest } from '../../core/plan/why-no-request.ts';
import type { Assessment, Recommendation } from '../../core/tenant/recommendation.ts';
import { longestSearch, type ActionData } from '../actions.ts';
import { action, openPage, rowName, type CardAction } from '../card-action.ts';
import { openForm } from '../form-openings.ts';
import { renderCard, type Card } from '../render-card.ts';
import { pageRead } from '../page-of.ts';
import { usualPageSize, type ListPage } from '../../core/list-page.ts';
import { isIdOfOne } from '../../core/tenant/resource-filter.ts';
import { nameOf, sameId } from '../../core/tenant/arm-id.ts';
import { lostSentence, type TokenOf } from '../../core/request/choice-token.ts';
import { shortened } from '../../core/visible-text.ts';
import { choiceOf, selectedElsewhere, tickedAmong, type Offered } from '../choices.ts';
import { portalUrl } from '../portal-url.ts';
import template from '../templates/recommendation.json' with { type: 'json' };
import { controlWords, gainWords } from './score-words.ts';
import { endAndMaker, itsExemption, placesOf, reasonOf, type ExemptedResource } from './exempted-words.ts';
import { narrowedParts, type NarrowedInput } from './narrowed-parts.ts';
import { searchParts } from './search-parts.ts';
import { waitingRows, type WaitingInput } from './waiting-rows.ts';
import { severityMarks, type Colour } from '../wording.ts';

type Named = Pick<Assessment, 'resourceId' | 'resourceName'>;

export type RecommendationCardInput = {
  readonly recommendation: Recommendation;
  /** The page of the unhealthy resources. */
  readonly unhealthy: ListPage<Assessment>;
  /** How many are exempt, and how the first of them are. */
  readonly exempt: number;
  readonly exempted: readonly ExemptedResource[];
  /** How many are healthy, and how many it does not apply to. */
  readonly healthy: number | undefined;
  readonly notApplicable: number | undefined;
  /** What a list meant, of which only the resources are shown; undefined: all are. */
  readonly narrowed: NarrowedInput | undefined;
  /** Names of the policy assignments that include it. */
  readonly heldBy: readonly string[];
  /** The most that the classic secure score can rise, as a share of 1. */
  readonly gain: number | undefined;
  /** The controls of the classic secure score that it counts in; undefined if Azure does not say which there are. */
  readonly controls: readonly string[] | undefined;
  readonly waiting: WaitingInput;
  /** The scopes that were searched, in words. */
  readonly covers: string;
  /** What the resources were searched for, words or the id of one; empty: all are meant. */
  readonly search: string;
  readonly tokenOf: TokenOf;
  /** What was ticked on any page, and the draft that holds it. */
  readonly ticks: { readonly draftId: string; readonly resources: readonly Named[]; readonly lost: number } | undefined;
  readonly timeZone: string;
  readonly readerTime?: ReaderTime | undefined;
};

const exemptedShown = 5;

const exemptionWords = (exempted: ExemptedResource, timeZone: string): string => {
  const { description = '' } = exempted.exemption ?? {};
  return [
    reasonOf(exempted),
    ...endAndMaker(exempted, timeZone),
    ...(description === '' ? [] : [shortened(description, 120)]),
  ].join(' · ');
};

/** Its name looks like what it is: a button, or a text. */
const exemptedRow = (each: ExemptedResource, placed: ReturnType<typeof placesOf>, timeZone: string) => {
  const name = shortened(placed(each.assessment), 100);
  const words = exemptionWords(each, timeZone);
  const data = itsExemption(each);
  const look: { readonly open: CardAction | null; readonly colour: Colour } =
    data === undefined
      ? { open: null, colour: 'default' }
      : { open: action(rowName(name, words), data, { withoutInputs: true }), colour: 'accent' };
  return { name, words, ...look };
};

/** What is ticked on other pages; during a search also what it does not find. */
const tickedElsewhere = (
  { ticks }: Pick<RecommendationCardInput, 'ticks'>,
  shown: readonly Named[],
): readonly Named[] =>
  (ticks?.resources ?? []).filter((ticked) => !shown.some(({ resourceId }) => sameId(resourceId, ticked.resourceId)));

const amongOf = (narrowed: NarrowedInput | undefined) => (narrowed === undefined ? {} : { among: narrowed.meant });

/** A page of the resources, with what its buttons carry so that no tick on another page is lost. */
const selectable = (
  { recommendation, unhealthy, tokenOf, ticks, ...input }: RecommendationCardInput,
  canAsk: boolean,
  placed: ReturnType<typeof placesOf>,
) => {
  const offeredOf = (each: Assessment): Offered => ({ id: each.resourceId, label: placed(each) });
  // Where a search finds nothing to tick, what was ticked before is still kept.
  const carried =
    canAsk || input.search !== '' || input.narrowed !== undefined
      ? {
          shown: unhealthy.rows.map(({ resourceId }) => tokenOf(resourceId)),
          first: (unhealthy.number - 1) * unhealthy.size,
          ...(ticks === undefined ? {} : { draftId: ticks.draftId }),
        }
      : {};
  const isSearchable = !isIdOfOne(input.search) && (input.search !== '' || unhealthy.found > usualPageSize);
  const sought = {
    ...amongOf(input.narrowed),
    ...(input.search === '' ? {} : { found: input.search }),
    ...(isSearchable && canAsk ? ({ searching: 'as-typed' } as const) : {}),
  };
  const page = pageRead(
    unhealthy,
    (number) => ({
      verb: 'show-recommendation',
      assessmentKey: recommendation.key,
      page: number,
      ...sought,
      ...carried,
    }),
    { withInputs: canAsk },
  );
  const others = tickedElsewhere({ ticks }, page.rows);
  return {
    page,
    offered: page.rows.map(offeredOf),
    choices: page.rows.map((row) => choiceOf(offeredOf(row), tokenOf)),
    carried,
    isSearchable,
    elsewhere: [lostSentence(ticks?.lost ?? 0), selectedElsewhere(others.map(placed))].filter(Boolean).join(' '),
  };
};

/** The list of exemptions from it. A search takes a title word for word, so that it may be cut. */
const itsExemptions = ({ title }: Recommendation): ActionData => ({
  verb: 'list-exemptions',
  text: title.slice(0, longestSearch),
  filter: 'all',
  withinDays: 30,
  page: 1,
});

/** One recommendation: what it means, how to remediate it, which resources it affects, and the button to request an exemption. */
export const recommendationCard = (input: RecommendationCardInput): Card => {
  const { recommendation, unhealthy, exempt, heldBy, search, timeZone } = input;
  const sought = isIdOfOne(search) ? shortened(nameOf(search), 120) : search;
  const exempted = input.exempted.slice(0, exemptedShown);
  const { key: assessmentKey } = recommendation;
  const placed = placesOf([
    ...unhealthy.rows,
    ...exempted.map(({ assessment }) => assessment),
    ...(input.ticks?.resources ?? []),
  ]);
  const isFruitless = search !== '' && unhealthy.found === 0;
  const isHealed =
    search === '' && input.narrowed !== undefined && input.narrowed.all > 0 && unhealthy.rows.length === 0;
  const reason = isFruitless
    ? isIdOfOne(search)
      ? `${sought} is not among the unhealthy resources of this recommendation. To see them all, take the search off.`
      : `No unhealthy resource that you can see has “${search}” in its name, its resource group or its provider. To see them all, take the search off.`
    : isHealed
      ? 'None of the resources that the list meant is unhealthy now.'
      : whyNoRequest(recommendation, { unhealthy: unhealthy.found, assignments: heldBy.length });
  const { page, offered, choices, carried, elsewhere, isSearchable } = selectable(input, reason === '', placed);
  const asking = openForm(
    'Request exemption',
    { verb: 'open-form', assessmentKey, ...carried },
    { main: true, messageTitle: 'Open as a message', takesInputs: true },
  );
  const gain = input.gain === undefined ? [] : [`classic secure score ${gainWords(input.gain)}`];
  return renderCard(template, {
    summary: `Recommendation: ${shortened(recommendation.title, 200)}`,
    title: shortened(recommendation.title, 200),
    severity: severityMarks[recommendation.severity],
    counts: [
      counted(unhealthy.found, 'unhealthy resource'),
      `${exempt.toLocaleString('en')} exempt`,
      ...(input.healthy === undefined ? [] : [`${input.healthy.toLocaleString('en')} healthy`]),
      ...(input.notApplicable ? [`${input.notApplicable.toLocaleString('en')} not applicable`] : []),
      ...gain,
    ].join(' · '),
    covers: shortened(input.covers, 240),
    control: controlWords(input.controls),
    waiting: waitingRows(input.waiting, clockOf(input)),
    moreWaiting: andMore(input.waiting.found, input.waiting.rows.length),
    description: shortened(recommendation.description, 500),
    remediation: shortened(recommendation.remediation, 700),
    heldBy: firstFew(
      heldBy.map((name) => shortened(name, 100)),
      5,
    ),
    resources: choices,
    selected: tickedAmong(
      offered,
      (input.ticks?.resources ?? []).map(({ resourceId }) => resourceId),
      input.tokenOf,
    ),
    elsewhere,
    range: page.label,
    ...searchParts({ assessmentKey, search, sought, isSearchable }, { ...amongOf(input.narrowed), ...carried }),
    ...narrowedParts(assessmentKey, input.narrowed, {
      ...amongOf(input.narrowed),
      ...carried,
      ...(search === '' ? {} : { found: search }),
    }),
    selectable: reason === '',
    plainResources: reason === '' ? [] : page.rows.map((assessment) => ({ name: shortened(placed(assessment), 100) })),
    exempted: exempted.map((each) => exemptedRow(each, placed, timeZone)),
    allExempted: action(
      'All exempt resources',
      { verb: 'list-exempted', assessmentKey, page: 1 },
      { withoutInputs: true },
    ),
    moreExempted: andMore(exempt, exempted.length),
    whyNot: reason,
    actions: [
      ...(reason === '' ? [asking.dialog] : []),
      ...(exempt === 0 ? [] : [action('Show its exemptions', itsExemptions(recommendation), { withoutInputs: true })]),
      openPage(
        'Open in Azure portal',
        portalUrl({ recommendation: assessmentKey, resource: isIdOfOne(search) ? search : undefined }),
      ),
      ...(reason === '' ? [asking.message] : []),
    ],
    pageButtons: page.buttons,
  });
};
