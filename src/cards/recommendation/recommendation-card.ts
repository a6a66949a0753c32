import { andMore, firstFew } from '../../core/first-few.ts';
import { nameOf, resourceGroupOf } from '../../core/tenant/arm-id.ts';
import { formatDay } from '../../core/calendar.ts';
import { distinctLabels } from '../../core/tenant/distinct-labels.ts';
import type { ExemptionFacts } from '../../core/exemption/exemption.ts';
import { whyNoRequest } from '../../core/plan/why-no-request.ts';
import type { Assessment, Recommendation } from '../../core/tenant/recommendation.ts';
import { action, openPage } from '../card-action.ts';
import { renderCard, type Card } from '../render-card.ts';
import { pageOf } from '../page-of.ts';
import { lostSentence, type TokenOf } from '../../core/request/choice-token.ts';
import { shortened } from '../../core/visible-text.ts';
import { choiceOf, firstOf, isAmong, selectedElsewhere, tickedAmong, type Offered } from '../choices.ts';
import { portalUrl } from '../portal-url.ts';
import template from '../templates/recommendation.json' with { type: 'json' };
import { percent } from './score-words.ts';
import { counted, severityMarks } from '../wording.ts';

export type RecommendationCardInput = {
  readonly recommendation: Recommendation;
  readonly unhealthy: readonly Assessment[];
  readonly exempted: readonly {
    readonly assessment: Assessment;
    readonly exemption: ExemptionFacts | undefined;
    readonly madeIn: 'policy' | 'defender';
  }[];
  /** Names of the policy assignments that include it. */
  readonly heldBy: readonly string[];
  /** The most that the classic secure score can rise, as a share of 1. */
  readonly gain: number | undefined;
  /** The scopes that were searched, in words. */
  readonly covers: string;
  /** The page of the unhealthy resources. */
  readonly page: number;
  readonly tokenOf: TokenOf;
  /** What was ticked on any page, and the draft that holds it. */
  readonly ticks:
    { readonly draftId: string; readonly resources: readonly string[]; readonly lost: number } | undefined;
  readonly timeZone: string;
};

const exemptedShown = 5;

const placeOf = ({ resourceId, resourceName }: Assessment): string => {
  const group = resourceGroupOf(resourceId);
  return group === undefined ? resourceName : `${resourceName} in ${nameOf(group)}`;
};

/** The place of an assessment in words. They differ even if resources and their groups are called the same. */
const placesOf = (assessments: readonly Assessment[]): ((assessment: Assessment) => string) => {
  const labels = distinctLabels(assessments.map((each) => ({ id: each.resourceId, label: placeOf(each) })));
  const places = new Map(labels.map(({ id, label }) => [id, label]));
  return (assessment) => places.get(assessment.resourceId) ?? placeOf(assessment);
};

const exemptionWords = (
  { exemption, madeIn }: RecommendationCardInput['exempted'][number],
  timeZone: string,
): string => {
  if (exemption === undefined) return 'exempt, but Azure does not say why';
  const until =
    exemption.expiresAt === undefined ? 'never expires' : `until ${formatDay(exemption.expiresAt, timeZone)}`;
  const by = exemption.createdBy === undefined ? [] : [`by ${shortened(exemption.createdBy, 60)}`];
  const why = exemption.description === '' ? [] : [shortened(exemption.description, 120)];
  const where = madeIn === 'defender' ? ['created in Defender for Cloud'] : [];
  return [exemption.category, until, ...where, ...by, ...why].join(' · ');
};

/** A page of the resources, with what its buttons carry so that no tick on another page is lost. */
const selectable = (
  { recommendation, unhealthy, tokenOf, ticks, ...input }: RecommendationCardInput,
  canAsk: boolean,
  placed: (assessment: Assessment) => string,
) => {
  const offeredOf = (each: Assessment): Offered => ({ id: each.resourceId, label: placed(each) });
  const carriedFrom = (shown: readonly Assessment[]) =>
    canAsk
      ? {
          shown: shown.map(({ resourceId }) => tokenOf(resourceId)),
          first: firstOf(unhealthy, shown),
          ...(ticks === undefined ? {} : { draftId: ticks.draftId }),
        }
      : {};
  const page = pageOf(
    unhealthy,
    input.page,
    (number, shown) => ({
      verb: 'show-recommendation',
      assessmentKey: recommendation.key,
      page: number,
      ...carriedFrom(shown),
    }),
    { withInputs: canAsk },
  );
  const others = unhealthy.filter(
    (each) => isAmong(ticks?.resources ?? [], each.resourceId) && !page.rows.includes(each),
  );
  return {
    page,
    offered: page.rows.map(offeredOf),
    choices: page.rows.map((row) => choiceOf(offeredOf(row), tokenOf)),
    carried: carriedFrom(page.rows),
    elsewhere: [lostSentence(ticks?.lost ?? 0), selectedElsewhere(others.map(placed))].filter(Boolean).join(' '),
  };
};

/** One recommendation: what it means, how to remediate it, which resources it affects, and the button to request an exemption. */
export const recommendationCard = (input: RecommendationCardInput): Card => {
  const { recommendation, unhealthy, exempted, heldBy, timeZone } = input;
  const { key: assessmentKey } = recommendation;
  const placed = placesOf([...unhealthy, ...exempted.map(({ assessment }) => assessment)]);
  const reason = whyNoRequest(recommendation, { unhealthy: unhealthy.length, assignments: heldBy.length });
  const { page, offered, choices, carried, elsewhere } = selectable(input, reason === '', placed);
  const gain = input.gain === undefined ? [] : [`classic secure score up to +${percent(input.gain)}`];
  return renderCard(template, {
    summary: `Recommendation: ${shortened(recommendation.title, 200)}`,
    title: shortened(recommendation.title, 200),
    severity: severityMarks[recommendation.severity],
    counts: [counted(unhealthy.length, 'unhealthy resource'), `${exempted.length} exempt`, ...gain].join(' · '),
    covers: shortened(input.covers, 240),
    description: shortened(recommendation.description, 500),
    remediation: shortened(recommendation.remediation, 700),
    heldBy: firstFew(
      heldBy.map((name) => shortened(name, 100)),
      5,
    ),
    resources: choices,
    selected: tickedAmong(offered, input.ticks?.resources ?? [], input.tokenOf),
    elsewhere,
    range: page.label,
    selectable: reason === '',
    plainResources: reason === '' ? [] : page.rows.map((assessment) => ({ name: shortened(placed(assessment), 100) })),
    exempted: exempted.slice(0, exemptedShown).map((each) => ({
      name: shortened(placed(each.assessment), 100),
      words: exemptionWords(each, timeZone),
    })),
    moreExempted: andMore(exempted.length, exemptedShown),
    whyNot: reason,
    actions: [
      ...(reason === ''
        ? [action('Request exemption', { verb: 'open-form', assessmentKey, ...carried }, { main: true })]
        : []),
      openPage('Open in Azure portal', portalUrl({ recommendation: assessmentKey })),
    ],
    pageButtons: page.buttons,
  });
};
