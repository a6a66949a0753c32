import { distinctBy } from '../../core/lists.ts';
import { nextStepIn, withoutStep } from '../../core/typed/next-step.ts';
import { stepButton } from '../step-card.ts';
import { counted, firstFew } from '../../core/first-few.ts';
import type { ReplacedTerms, ShownFormerTerms } from '../../core/chat/request-view.ts';
import type { Draft } from '../../core/request/draft.ts';
import type { ExemptionPlan } from '../../core/plan/exemption-plan.ts';
import { isBlocking, type Obstacle } from '../../core/plan/obstacle.ts';
import { approverWords } from '../../core/governance/approvers.ts';
import type { ObjectToWrite } from '../../core/plan/objects-to-write.ts';
import type { Reach } from '../../core/plan/reach.ts';
import type { Renewal } from '../../core/request/renewal.ts';
import type { RequestGovernance } from '../../core/request/request-governance.ts';
import type { ScoreOutlook } from '../../core/score/secure-score.ts';
import type { Terms } from '../../core/request/terms.ts';
import { emergencyHours } from '../../core/request/waiting.ts';
import { action, askFirst, type CardAction } from '../card-action.ts';
import { renderCard, type Card } from '../render-card.ts';
import { whyShown } from './why-words.ts';
import { emergencyTitle, smallFormInput } from '../small-forms.ts';
import { shortened } from '../../core/visible-text.ts';
import { hitsShown } from './hits-shown.ts';
import { alsoSentence, endWords, objectLines, planSentence } from './target-words.ts';
import template from '../templates/request-preview.json' with { type: 'json' };
import { earlierEnd, factsOfTerms, renewalFacts, withRuns } from './terms-facts.ts';
import { byColour } from '../by-colour.ts';
import { headerStyle, severityMarks, type Mark } from '../wording.ts';

export type RequestPreviewCardInput = {
  readonly draft: Pick<Draft, 'id' | 'amends'>;
  readonly terms: Terms;
  readonly renewal: Renewal | undefined;
  /** What the terms take the place of; undefined for a first request. */
  readonly former?: ShownFormerTerms | undefined;
  /** Of a renewal or a change of what is in force. */
  readonly replaced?: ReplacedTerms | undefined;
  readonly scopeLabels: readonly string[];
  /** Stands for these terms, so that no others are sent. */
  readonly seen: string;
  /** The line about what the request hits; undefined where that is not known. */
  readonly reach?: Reach | undefined;
  /** The first of the objects that it would write to Azure. */
  readonly objects?: readonly ObjectToWrite[];
  readonly plan: ExemptionPlan;
  /** Names of the channels and chats that receive the request; empty: no approver will be notified. */
  readonly askedIn: readonly string[];
  /** The effect on the secure score, as far as the requester may know it. */
  readonly score: ScoreOutlook | undefined;
  /** What the rules require; undefined where they refuse the request. */
  readonly governance: RequestGovernance | undefined;
  /** Too few people could approve it, or that could not be counted. */
  readonly approverWarning?: (Pick<Obstacle, 'sentence'> & { readonly kind: 'warning' | 'not-checked' }) | undefined;
  /** The operator delegates permissions to groups, whose members can approve too. */
  readonly lends: boolean;
  /** The requester could decide it themselves, so it may be written before it is approved. */
  readonly emergencyPossible: boolean;
  readonly timeZone: string;
};

const marks: Readonly<Record<Obstacle['kind'], Mark & { readonly subtle: boolean }>> = {
  blocking: { word: 'Blocked', colour: 'attention', subtle: false },
  warning: { word: 'Warning', colour: 'warning', subtle: false },
  'not-checked': { word: 'Not checked', colour: 'default', subtle: true },
};

const endsEarlierMark = { word: 'Ends earlier', colour: 'attention', subtle: false } as const;

const obstaclesShown = 8;

const whoDecides = ({
  askedIn,
  governance,
  lends,
}: Pick<RequestPreviewCardInput, 'askedIn' | 'governance' | 'lends'>): string => {
  if (governance?.approvals === 0)
    return 'No approval is needed: your Azure roles allow this exemption and the rules require no approval. Exemption Desk writes it to Azure as soon as you send it.';
  const named = governance?.approvers.map((list) => ` Of these, only ${approverWords(list)}.`).join('') ?? '';
  const needed =
    (governance?.approvals ?? 1) > 1 ? ` ${counted(governance?.approvals ?? 1, 'approval')} are needed.` : '';
  const whoever = `Anyone${lends ? ' with the Azure roles or a delegated permission' : ' whose Azure roles allow them'} to create the exemption`;
  return askedIn.length === 0
    ? `No approver will be notified, because no channel receives requests for this scope. You can still send it and give an approver its reference.${named}${needed}`
    : `It goes to approvers in ${firstFew(askedIn, 5)}. ${whoever} can approve it, except you.${named}${needed}`;
};

/** In the overflow menu, because it is the exception. */
const emergency = (draftId: string, seen: string): CardAction =>
  askFirst(
    'Emergency…',
    [smallFormInput('send-in-emergency')],
    action(emergencyTitle, { verb: 'send-in-emergency', draftId, seen }),
    {
      secondary: true,
      explanation: `Your Azure roles allow this exemption, so Exemption Desk writes it to Azure immediately. Somebody else must approve it within ${emergencyHours} hours; otherwise it is removed.`,
    },
  );

const showObjects: CardAction = {
  type: 'Action.ToggleVisibility',
  title: 'What will be written',
  targetElements: ['objects'],
  mode: 'secondary',
};

const stepsShown = 2;

/** The requests and lists that the findings name, each once, in the overflow menu. */
const stepsOf = (obstacles: readonly Obstacle[]): CardAction[] =>
  distinctBy(
    obstacles.flatMap(({ sentence }) => nextStepIn(sentence) ?? []),
    ({ command }) => command,
  )
    .slice(0, stepsShown)
    .map((step) => stepButton(step, true));

/** The preview: what a request will do, before it is sent. */
export const requestPreviewCard = (input: RequestPreviewCardInput): Card => {
  const { terms, plan, draft } = input;
  const blocked = plan.targets.length === 0 || plan.obstacles.some(isBlocking);
  const also = blocked ? '' : alsoSentence(plan);
  const findings = [
    ...(input.approverWarning === undefined || blocked ? [] : [input.approverWarning]),
    ...(also === '' ? [] : [{ kind: 'warning', sentence: also } as const]),
    ...plan.obstacles,
  ];
  const earlier = earlierEnd(input.replaced, terms, input.timeZone);
  const obstacles = [
    ...(earlier === undefined ? [] : [{ sentence: earlier, ...endsEarlierMark }]),
    ...findings.map((obstacle) => ({
      sentence: shortened(withoutStep(obstacle.sentence), 500),
      ...marks[obstacle.kind],
    })),
  ];
  const edit = action('Change', { verb: 'edit-request', draftId: draft.id });
  return renderCard(template, {
    summary: `Check your request: ${terms.recommendation.title}`,
    heading: blocked
      ? 'This request cannot be sent'
      : draft.amends === undefined
        ? 'Check your request'
        : `Check your changes to ${draft.amends.reference}`,
    headingStyle: headerStyle(blocked ? 'attention' : 'default'),
    severity: severityMarks[terms.recommendation.severity],
    title: shortened(terms.recommendation.title, 200),
    obstacles: byColour(obstacles.slice(0, obstaclesShown)),
    hits: hitsShown(input.reach),
    facts: [
      ...renewalFacts(input.renewal),
      ...factsOfTerms(
        { ...input, patterns: input.governance?.limits.ticket.patterns },
        input.former,
        input.timeZone,
        input.score,
        true,
      ),
    ].map(withRuns),
    ...whyShown(terms),
    written: blocked ? '' : planSentence(plan),
    objects: blocked ? [] : objectLines(input.objects ?? [], plan.targets.length, endWords(terms, input.timeZone)),
    decides: blocked ? '' : whoDecides(input),
    actions: [
      ...(blocked
        ? []
        : [action('Send', { verb: 'send-request', draftId: draft.id, seen: input.seen }, { main: true })]),
      edit,
      ...((input.objects ?? []).length > 0 && !blocked ? [showObjects] : []),
      action('Discard', { verb: 'discard-request', draftId: draft.id }),
      ...(input.emergencyPossible && !blocked ? [emergency(draft.id, input.seen)] : []),
      ...stepsOf(plan.obstacles),
    ],
  });
};
