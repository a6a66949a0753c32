import { clockOf, dayIn, type ReaderTime } from '../../core/calendar.ts';
import type { Draft } from '../../core/request/draft.ts';
import { readDay, type DayContext } from '../../core/typed/read-day.ts';
import type { TokenOf } from '../../core/request/choice-token.ts';
import { expiryChoices, type Form, type FormProblem } from '../../core/request/terms.ts';
import type { ReadyReason } from '../../core/governance/reasons.ts';
import type { WidestLimits } from '../../core/governance/widest-limits.ts';
import { longestTyped } from '../actions.ts';
import { datasetOf } from '../scope-search.ts';
import { action } from '../card-action.ts';
import { renderCard, type Card } from '../render-card.ts';
import { choiceOf, isAmong, selectedElsewhere, tickedAmong, withinBudget, type Offered } from '../choices.ts';
import { formPageSize } from '../../core/list-page.ts';
import { pageRead } from '../page-of.ts';
import { beginningOf, shortened } from '../../core/visible-text.ts';
import template from '../templates/request-form.json' with { type: 'json' };
import { andMore, counted } from '../../core/first-few.ts';
import { waitingWords, type WaitingInput } from '../recommendation/waiting-rows.ts';
import { severityMarks } from '../wording.ts';
import { formReasons } from './form-reasons.ts';
import { formRules, type FormRulesInput } from './form-rules.ts';

export type RequestFormCardInput = {
  readonly draft: Draft;
  /** The choices of the form, nearest scopes first; and the requests for the recommendation that wait. */
  readonly offer: {
    readonly resources: readonly Offered[];
    /** Where these are only a part: how many come before it, how many there are in all, and what is chosen in others. */
    readonly first?: number;
    readonly found?: number;
    readonly chosen?: readonly Offered[];
    readonly scopes: readonly Offered[];
    /** How many wider scopes there are beside these. */
    readonly moreScopes?: number;
    readonly waiting: WaitingInput;
  };
  /** What to correct in the form as it was sent; empty when the form opens. */
  readonly problems: readonly FormProblem[];
  /** How a date that was typed was read. */
  readonly note?: string;
  /** The page of the resources. */
  readonly page?: number;
  /** Scopes and resources that a search found and that were chosen. */
  readonly searched?: readonly Offered[];
  readonly tokenOf: TokenOf;
  /** It stands in a dialog, so that it can also be opened as a message. */
  readonly isInDialog?: boolean;
  readonly limits: WidestLimits;
  /** What the rules say about the scopes that are chosen now. */
  readonly rules: FormRulesInput;
  readonly lends: boolean;
  /** The ready reasons of the rules. */
  readonly reasons: readonly ReadyReason[];
  readonly now: Date;
  readonly timeZone: string;
  readonly readerTime?: ReaderTime | undefined;
};

/** The most characters that the list of scopes may take, so that the card stays well under the limit of Teams. */
const scopeBudget = 1_500;

const problemOf = (problems: readonly FormProblem[]): Record<keyof Form, string> => {
  const sentence = (field: keyof Form): string =>
    problems
      .filter((problem) => problem.field === field)
      .map((problem) => shortened(problem.sentence, 200))
      .join(' ');
  return {
    scope: sentence('scope'),
    resources: sentence('resources'),
    searched: sentence('searched'),
    named: sentence('named'),
    name: sentence('name'),
    category: sentence('category'),
    expiry: sentence('expiry'),
    expiryDate: sentence('expiryDate'),
    reason: sentence('reason'),
    evidence: sentence('evidence'),
    justification: sentence('justification'),
    ticket: sentence('ticket'),
  };
};

/** Teams shows a date field only with a date in it. */
const dayTyped = (text: string, context: DayContext): string => {
  const read = readDay(text, context);
  return read.kind === 'day' && read.rest === '' ? read.day : '';
};

const headingOf = ({ amends, replaces }: Draft): string => {
  if (amends !== undefined) return `Change request ${amends.reference}`;
  if (replaces === undefined) return 'Request an exemption';
  return `${replaces.deed === 'renew' ? 'Renew' : 'Change'} exemption ${replaces.reference}`;
};

const ticketLabels: Readonly<Record<WidestLimits['ticket'], string>> = {
  optional: 'Ticket (optional)',
  sometimes: 'Ticket (required for some requests)',
  required: 'Ticket',
};

/** What to do about scopes that do not fit; empty if all do. */
const moreScopes = (leftOut: number): string =>
  leftOut === 0
    ? ''
    : `${leftOut === 1 ? '1 more scope does' : `${leftOut.toLocaleString('en')} more scopes do`} not fit here. The search below finds them.`;

/** What was asked for already, so that nobody fills in the form in vain; without the request that the form changes. */
const alreadyAsked = (input: RequestFormCardInput) => {
  const {
    draft,
    offer: { waiting },
  } = input;
  const isOther = ({ request }: WaitingInput['rows'][number]): boolean => request.reference !== draft.amends?.reference;
  const rows = waiting.rows.filter(isOther);
  const found = waiting.found - (waiting.rows.length - rows.length);
  return {
    waiting: rows.map((row) => ({
      reference: row.request.reference,
      words: ` · ${waitingWords(row, clockOf(input))}`,
    })),
    moreWaiting: andMore(found, rows.length),
  };
};

/** The search for more than is listed. What is renewed or changed keeps its scopes, so that it has none. */
const searchIn = ({ draft, searched = [], problems, tokenOf }: RequestFormCardInput) => ({
  dataset: draft.replaces === undefined ? datasetOf(draft.id) : '',
  chosen: searched.map((each) => choiceOf(each, tokenOf)),
  named: (draft.form.named ?? '') !== '' || problems.some(({ field }) => field === 'named'),
});

/** A page of the resources, with what its buttons carry so that no tick on another page is lost. */
const selectable = (
  { draft, offer, tokenOf, ...input }: RequestFormCardInput,
  evidence: { readonly evidenceOf?: string[] },
) => {
  const { resources, first = 0, found = resources.length, chosen = [] } = offer;
  const number = Math.min(Math.max(1, input.page ?? 1), Math.max(1, Math.ceil(found / formPageSize)));
  const start = (number - 1) * formPageSize;
  const carriedFrom = (shown: readonly Offered[]) => ({
    draftId: draft.id,
    ...evidence,
    shown: shown.map(({ id }) => tokenOf(id)),
    first: start,
  });
  const rows = resources.slice(start - first, start - first + formPageSize);
  const page = pageRead(
    { rows, number, size: formPageSize, found, isOpen: false },
    (another, shown) => ({ verb: 'turn-form-page', page: another, ...carriedFrom(shown) }),
    { withInputs: true },
  );
  const isTicked = ({ id }: Offered): boolean => isAmong(draft.form.resources, id);
  const others = [...resources, ...chosen].filter((each) => isTicked(each) && !page.rows.includes(each));
  return {
    page,
    carried: { page: page.number, ...carriedFrom(page.rows) },
    elsewhere: selectedElsewhere(others.map(({ label }) => label)),
  };
};

/** The request form, filled in from the draft. After a refusal it shows what was typed, with a sentence under each field that needs a change. */
export const requestFormCard = (input: RequestFormCardInput): Card => {
  const { draft, offer, limits, problems } = input;
  const { form, recommendation } = draft;
  const reasons = formReasons(form, input.reasons);
  const { page, carried, elsewhere } = selectable(input, reasons.carried);
  const { tokenOf } = input;
  const scopes = withinBudget(offer.scopes, [form.scope], scopeBudget, tokenOf);
  const longest = Math.max(limits.maxDays.Waiver, limits.maxDays.Mitigated);
  const today = dayIn(input.now, input.timeZone);
  return renderCard(template, {
    summary: `${headingOf(draft)}: ${recommendation.title}`,
    heading: headingOf(draft),
    severity: severityMarks[recommendation.severity],
    title: shortened(recommendation.title, 200),
    alarm:
      problems.length === 0
        ? ''
        : `${problems.length === 1 ? '1 field needs' : `${problems.length} fields need`} your attention.`,
    ...alreadyAsked(input),
    form: {
      ...form,
      scope: isAmong([form.scope], 'resources') ? 'resources' : tokenOf(form.scope),
      resources: tickedAmong(page.rows, form.resources, tokenOf),
      searched: (input.searched ?? []).map(({ id }) => tokenOf(id)).join(','),
      named: form.named ?? '',
      expiryDate: dayTyped(form.expiryDate, { today, tense: 'future' }),
      name: beginningOf(form.name, longestTyped.name),
      justification: beginningOf(form.justification, longestTyped.justification),
      ticket: beginningOf(form.ticket, longestTyped.ticket),
    },
    problem: problemOf(problems),
    resources: page.rows.map((each) => choiceOf(each, tokenOf)),
    range: page.label,
    pageButtons: page.buttons,
    elsewhere,
    // A client that finds a required input empty would let nobody turn the page, or take the form into the chat.
    alone: page.buttons.length === 0 && input.isInDialog !== true,
    reasons: reasons.shown,
    // A ready reason takes their place.
    inOwnWords: page.buttons.length === 0 && input.isInDialog !== true && input.reasons.length === 0,
    search: searchIn(input),
    scopes: [{ title: 'Only the resources selected below', value: 'resources' }, ...scopes.choices],
    moreScopes: moreScopes(scopes.leftOut + (offer.moreScopes ?? 0)),
    expiries: [
      ...expiryChoices
        .filter((days) => days <= longest)
        .map((days) => ({ title: counted(days, 'day'), value: String(days) })),
      { title: 'Until the date below', value: 'date' },
      ...(limits.neverExpires ? [{ title: 'Never expires', value: 'never' }] : []),
    ],
    rules: formRules(input.rules, {
      limits,
      isGuest: draft.requester.isGuest === true,
      lends: input.lends,
      timeZone: input.timeZone,
    }),
    note: input.note ?? '',
    justificationHint: `Why is the risk acceptable, or how is the intent met another way? At least ${limits.justificationMinLength} characters.`,
    ticketLabel: ticketLabels[limits.ticket],
    actions: [
      action('Preview', { verb: 'preview-request', ...carried }, { main: true }),
      action('Discard', { verb: 'discard-request', draftId: draft.id }, { withoutInputs: true }),
      ...(input.isInDialog === true ? [action('Open as a message', { verb: 'form-as-message', ...carried })] : []),
    ],
  });
};
