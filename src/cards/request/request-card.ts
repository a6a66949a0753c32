import { clockOf, formatInstant } from '../../core/calendar.ts';
import type { PostedCard } from '../../core/chat/posted-card.ts';
import type { Person } from '../../core/person.ts';
import { awaitsApproval, type Decision } from '../../core/request/request.ts';
import { openStatuses } from '../../core/request/request-status.ts';
import { doneSoFar } from '../../core/chat/status-facts.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import { action, type CardAction } from '../card-action.ts';
import { renderCard, type Card } from '../render-card.ts';
import { whyInBrief } from './why-words.ts';
import { shortened } from '../../core/visible-text.ts';
import { askOf } from './ask-words.ts';
import { hitsShown } from './hits-shown.ts';
import { buttonsFor } from './request-buttons.ts';
import { historyLines, historyTitle } from './request-history.ts';
import { byColour } from '../by-colour.ts';
import { newsOf, youApproved, type News } from './request-news.ts';
import { endWords, objectLines, planSentence } from './target-words.ts';
import template from '../templates/request.json' with { type: 'json' };
import { factsOfTerms, renewalFacts, withRuns } from './terms-facts.ts';
import { severityMarks, standsAlone, statusMark, type Mark } from '../wording.ts';

/**
 * Lets the Teams client fetch the card again with the buttons of the person who looks at it. In a channel everybody is sent the approvers' card, whose
 * buttons would refuse the requester. Clients that do not refresh still show a card that works. Without a list of user ids, Teams refreshes for
 * everybody in chats of up to 60 people.
 */
const refreshOf = ({ reference, status, emergency }: RequestView['request'], audience: PostedCard['audience']) =>
  audience === 'approvers' && awaitsApproval({ status, emergency })
    ? { action: { type: 'Action.Execute', verb: 'refresh-request', data: { reference } } }
    : null;

/** What a card can do without, the first first, so that it stays below the 28 KB that Teams takes with everything that decides. */
const rooms = [
  { objects: Infinity, history: Infinity, here: true },
  { objects: 0, history: Infinity, here: true },
  { objects: 0, history: Infinity, here: false },
  { objects: 0, history: 3, here: false },
] as const;
type Room = (typeof rooms)[number];

const mostBytes = 27 * 1024;

const fits = ({ content }: Card): boolean => new TextEncoder().encode(JSON.stringify(content)).length <= mostBytes;

/** The forms that stand on the card take more room than those in dialogs. */
const inRoom = ({ here }: Room, actions: readonly CardAction[]): readonly CardAction[] =>
  here ? actions : actions.filter(({ type }) => type !== 'Action.ShowCard');

const warningsShown = 5;

const warningsOf = ({ warnings }: RequestView): Pick<News, 'sentence' | 'colour'>[] =>
  warnings
    .slice(0, warningsShown)
    .map((sentence) => ({ sentence: `Warning: ${shortened(sentence, 330)}`, colour: 'warning' }));

/** The one person who sees this copy of a card. */
export type Reader = Pick<Person, 'objectId'>;

/** The approval of the reader, while others have to decide too. */
const ownApproval = ({ request }: RequestView, reader: Reader | undefined): Decision | undefined =>
  reader === undefined || !awaitsApproval(request)
    ? undefined
    : request.approvals.find(({ by }) => by.objectId.toLowerCase() === reader.objectId.toLowerCase());

const badgeLines = (status: Mark, { word, colour }: Mark): { readonly badges: readonly Mark[] }[] => {
  const severity = { word: `${word} severity`, colour };
  return standsAlone(status) ? [{ badges: [status] }, { badges: [severity] }] : [{ badges: [status, severity] }];
};

/** Shows what an approver can do without, and the buttons that are used less. */
const unfold: CardAction = { type: 'Action.ToggleVisibility', title: 'More', targetElements: ['details'] };

/**
 * A request as approvers, its requester or a reader see it, with the buttons that this audience can use now. Where one person is known to read
 * this copy, it tells them that they have approved, in the place of buttons that would refuse them. Approvers see the ask, its reason, the warnings
 * and the buttons; the rest unfolds.
 */
export const requestCard = (view: RequestView, audience: PostedCard['audience'], reader?: Reader): Card => {
  const [whole, ...smaller] = rooms;
  let card = drawn(view, audience, reader, whole);
  for (const room of smaller) if (!fits(card)) card = drawn(view, audience, reader, room);
  return card;
};

const drawn = (view: RequestView, audience: PostedCard['audience'], reader: Reader | undefined, room: Room): Card => {
  const { request, timeZone } = view;
  const { terms, reference, requester } = request;
  const own = ownApproval(view, reader);
  const isFolded = audience === 'approvers';
  const [told, quiet] = [
    newsOf(view).filter(({ folds }) => !isFolded || !folds),
    newsOf(view).filter(({ folds }) => folds),
  ];
  const details = [
    // In their own chat it is this card that is drawn anew.
    action(reader === undefined ? 'Details' : 'Refresh', { verb: 'show-request', reference }, { withoutInputs: true }),
    action(
      'Show recommendation',
      { verb: 'show-recommendation', assessmentKey: terms.recommendation.key, page: 1 },
      { withoutInputs: true, secondary: !isFolded },
    ),
  ];
  const { decides, adjusts } = buttonsFor(view, audience);
  const [first, later] = own === undefined ? [decides, inRoom(room, adjusts)] : [[], []];
  return renderCard(template, {
    summary: `${reference} (${statusMark(request).word}): ${requester.name} requests an exemption from “${terms.recommendation.title}”`,
    reference,
    badgeLines: badgeLines(statusMark(request), severityMarks[terms.recommendation.severity]),
    title: askOf(view),
    writer: `Justification by ${shortened(requester.name, 80)}`,
    ...whyInBrief(terms),
    news: byColour([
      ...(own === undefined ? [] : [youApproved(view, own)]),
      ...told,
      ...(audience === 'approvers' ? warningsOf(view) : []),
    ]),
    // A failure is no progress: its sentence stands alone.
    progress: request.failure === undefined ? [doneSoFar(view) ?? []].flat() : [],
    hits: hitsShown(view.reach, !openStatuses.includes(request.status)),
    folded: isFolded,
    quiet: isFolded ? quiet : [],
    facts: [
      {
        label: 'Requested by',
        text: `${shortened(requester.name, 80)}, ${formatInstant(request.createdAt, clockOf(view))}`,
      },
      ...renewalFacts(request.renewal),
      ...factsOfTerms(
        { terms, scopeLabels: view.scopeLabels, patterns: request.governance.limits.ticket.patterns },
        view.former,
        timeZone,
        audience === 'approvers' ? view.score : undefined,
      ),
    ].map(withRuns),
    written: request.status === 'pending' ? planSentence(request) : '',
    // Both sides of a change leave less room.
    objects: objectLines(
      (view.objects ?? []).slice(0, Math.min(room.objects, view.former === undefined ? Infinity : 1)),
      request.targets.length,
      endWords(terms, timeZone),
    ),
    historyTitle: historyTitle(view),
    refresh: refreshOf(request, audience),
    history: historyLines(view).slice(-room.history),
    more: isFolded ? [...later, ...details] : [],
    // Above what unfolds, so that they stay where they are.
    deciding: isFolded ? [...first, unfold] : [],
    actions: isFolded ? [] : [...first, ...later, ...details],
  });
};
