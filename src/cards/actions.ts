import { z } from 'zod';
import { isDay } from '../core/calendar.ts';
import { severities } from '../core/tenant/severity.ts';
import { mostEvidence } from '../core/governance/reasons.ts';
import { requestSorts } from '../core/request/listed-requests.ts';
import { requestStatuses } from '../core/request/request-status.ts';

const page = z.number().int().min(1).max(10_000);
const version = z.number().int().min(0);
/** How many characters of a field the form returns. This is more than is accepted, so that people can shorten a text that was refused. */
export const longestTyped = { name: 400, justification: 2000, ticket: 200, named: 4000, evidence: 600 } as const;

/** How many characters of a search the buttons of a list carry. */
export const longestSearch = 120;
export const longestScope = 256;
export const longestId = 1024;
/** No resource group and no control has a longer name, and no type that is in use. */
export const longestName = 90;

/** A name, or an ARM id down to a resource group. It is never shortened, because it would then name something else. */
const scopeWords = z.string().max(longestScope);
const searchText = z.string().max(longestSearch);
const meant = { subscription: scopeWords, type: searchText, group: searchText, tag: searchText, owner: searchText };
const draftId = z.string().regex(/^[\w-]{1,64}$/);
const assessmentKey = z.string().regex(/^[\w-]{1,64}$/);
const reference = z.string().regex(/^EX-[0-9A-Z]{4,8}$/);
const day = z.string().max(10).refine(isDay);
const armId = z.string().max(longestId).startsWith('/');

/** Of an exemption as a card shows it. */
const fingerprint = z.string().regex(/^[\w-]{1,64}$/);
/** Of the terms that a preview shows. The cards of earlier versions carry none, and show the preview once more. */
const shownTerms = fingerprint.default('none');
/** How many scopes a card names, all of them. */
const named = z.number().int().min(1).max(10_000).optional();

/** Typed text. Teams does not send empty inputs at all. */
const typed = (longest: number) => z.string().max(longest).default('');

/** The schemas of fields that hold what people wrote themselves, so that it is shown to them again where a press fails. */
const written = z.registry();
/** Text that somebody wrote themselves, unlike a choice, a date or a search. */
const prose = (longest: number) => typed(longest).register(written, {});
/** Selected values: tokens (src/core/request/choice-token.ts), because Teams joins them with commas. */
const ticked = z
  .string()
  .max(40_000)
  .default('')
  .transform((text) => text.split(',').filter((id) => id !== ''));

/** Requests in the version that was seen, `EX-12AB-3`. Anything else among them makes the press invalid, so that nothing is decided on it. */
const picked = z
  .string()
  .max(1000)
  .regex(/^(?:EX-[0-9A-Z]{4,8}-\d{1,6}(?:,|$))*$/)
  .default('')
  .transform((text) =>
    text
      .split(',')
      .filter((each) => each !== '')
      .map((each) => {
        const end = each.lastIndexOf('-');
        return { reference: each.slice(0, end), version: Number(each.slice(end + 1)) };
      }),
  );

const exemptionKind = z.enum([
  ...(['all', 'active', 'expiring', 'expired', 'never-expires', 'orphaned', 'outside', 'needless'] as const),
  'other-policies',
]);
const token = z.string().regex(/^[0-9a-f]{1,64}$/);
/** The choices on the page of a list, so that those on other pages stay as they are. Undefined on cards of an earlier version. */
const shown = z.array(token).max(100).optional();
/** Where in the list that page begins. */
const first = z.number().int().min(0).max(1_000_000).optional();
/** Pressed to have a form as a message in the personal chat, where it opens in a dialog otherwise. */
const asMessage = z.boolean().default(false);
/** Pressed on the card that says why an earlier press was refused, so that the answer takes its place. */
const again = z.boolean().default(false);
const filledIn = {
  scope: typed(1024),
  resources: ticked,
  searched: ticked,
  named: prose(longestTyped.named),
  name: prose(longestTyped.name),
  category: typed(40),
  expiry: typed(40),
  expiryDate: typed(40),
  reason: typed(40),
  /** What the fields for evidence on the card are for: a reason and a field of it. */
  evidenceOf: z
    .array(z.string().regex(/^[\w-]{1,40}\/[\w-]{1,40}$/))
    .max(mostEvidence)
    .optional(),
  evidence1: prose(longestTyped.evidence),
  evidence2: prose(longestTyped.evidence),
  evidence3: prose(longestTyped.evidence),
  evidence4: prose(longestTyped.evidence),
  evidence5: prose(longestTyped.evidence),
  justification: prose(longestTyped.justification),
  ticket: prose(longestTyped.ticket),
};

/**
 * The data of each button, by its verb: what the button carries and what people type into the card. Cards are drawn and presses are checked with
 * the same schema. src/bot/actions has one file for each verb, which says what the button does. No member may have a name that Microsoft's
 * renderers use themselves, such as `key`: the button would do nothing.
 */
export const schemas = {
  'list-recommendations': z.object({
    text: searchText,
    severity: z.enum(['all', ...severities]),
    subscription: scopeWords,
    type: searchText,
    group: z.string().max(longestName).default(''),
    tag: searchText.default(''),
    /** `me`, or as a person is named. */
    owner: searchText.default(''),
    control: z.string().max(longestName).default(''),
    exemptable: z.boolean().default(false),
    exempt: z.boolean(),
    page,
  }),
  'show-recommendation': z.object({
    assessmentKey,
    page,
    /** What the list meant from which it was opened. */
    among: z.object(meant).partial().optional(),
    /** Pressed to see all resources, also those that the list did not mean. */
    widened: z.boolean().optional(),
    selected: ticked,
    shown,
    first,
    draftId: draftId.optional(),
    /** What its resources are searched for on the card that was pressed. */
    found: z.string().max(longestId).default(''),
    /** What is typed into that card; Teams sends nothing for an empty field, so the button says whether it counts. */
    find: typed(longestSearch),
    searching: z.enum(['as-before', 'as-typed', 'off']).default('as-before'),
  }),
  /** `turning`: from another page of the same list. */
  'list-exempted': z.object({ assessmentKey, page, turning: z.boolean().default(false) }),
  'open-form': z.object({ assessmentKey, selected: ticked, shown, first, draftId: draftId.optional(), asMessage }),
  'extend-request': z.object({ reference, asMessage }),
  'preview-request': z.object({ draftId, shown, first, page: page.default(1), ...filledIn }),
  'turn-form-page': z.object({ draftId, shown, first, page, ...filledIn }),
  'form-as-message': z.object({ draftId, shown, first, page, ...filledIn }),
  'edit-request': z.object({ draftId }),
  'send-request': z.object({ draftId, seen: shownTerms }),
  'send-in-emergency': z.object({ draftId, seen: shownTerms, reason: prose(1000), again }),
  'discard-request': z.object({ draftId }),
  'approve-request': z.object({ reference, version, named, comment: prose(1000), again }),
  'approve-less': z.object({
    reference,
    version,
    named,
    lastDay: typed(40),
    /** Whether the card lets people choose scopes. Teams sends nothing for choices of which none is ticked. */
    choosing: z.boolean().default(true),
    scopes: ticked,
    note: prose(1000),
    again,
  }),
  'open-decision': z.object({ reference, version, form: z.enum(['less', 'reject']) }),
  'decide-several': z.object({ decision: z.enum(['approve', 'reject']), picked, said: prose(1000), again }),
  'change-request': z.object({ reference, version, asMessage }),
  'refresh-request': z.object({ reference }),
  'reject-request': z.object({ reference, version, reason: prose(1000), again }),
  'withdraw-request': z.object({ reference, version }),
  'revoke-request': z.object({ reference, why: prose(1000), again }),
  'ask-again': z.object({ reference, asMessage }),
  'claim-draft': z.object({ draftId }),
  'replace-request': z.object({ reference, deed: z.enum(['renew', 'change']), asMessage }),
  'retry-request': z.object({ reference, version }),
  'show-request': z.object({ reference }),
  'list-requests': z.object({
    which: z.enum(['mine', 'to-decide', 'all']),
    status: z.enum(['any', ...requestStatuses]),
    // What narrows and sorts those to decide; the cards of earlier versions carry none of it.
    severity: z.enum(severities).optional(),
    wide: z.boolean().optional(),
    // The first and the last day of the ends that are meant.
    endsFrom: day.optional(),
    endsTo: day.optional(),
    sort: z.enum(requestSorts).optional(),
    page,
  }),
  'list-exemptions': z.object({
    text: searchText,
    filter: exemptionKind,
    /** What was chosen in the field of the list, instead of `filter`. */
    chosen: exemptionKind.optional(),
    subscription: scopeWords.default(''),
    /** Only those of this policy assignment. */
    assignment: armId.optional(),
    withinDays: z.number().int().min(1).max(3650),
    page,
  }),
  'show-exemption': z.object({ id: armId }),
  /** From a card that stands in any chat: a token says nothing to those who may not see the exemption. */
  'open-exemption': z.object({ token }),
  'let-lapse': z.object({ id: armId, reference: reference.optional() }),
  'adopt-exemption': z.object({ id: armId, purpose: prose(1000), again }),
  'open-revocation': z.object({ id: armId, asMessage }),
  'revoke-exemption': z.object({ id: armId, seen: fingerprint, why: prose(1000), again }),
  'clean-up': z.object({ plan: draftId }),
  'show-score': z.object({ subscription: scopeWords, page }),
  'offer-report-file': z.object({ fromDay: day, toDay: day }),
  'show-status': z.object({}),
  'send-again': z.object({}),
  /** `beside`: the answer is a message of its own, and the card stays as it is. */
  say: z.object({ command: z.string().min(1).max(2000), beside: z.boolean().default(false) }),
};

export type Verb = keyof typeof schemas;

/** Names under which cards of earlier versions, which are still in Teams, carry what has another name now. */
const formerNames: Partial<Readonly<Record<Verb, Readonly<Record<string, string>>>>> = {
  'show-recommendation': { key: 'assessmentKey' },
  'open-form': { key: 'assessmentKey' },
};

/** The data of a press under the names of today, also if the card is older. It is as unchecked as before. */
export const underTodaysNames = (verb: Verb, pressed: object): Readonly<Record<string, unknown>> => {
  const names: Readonly<Record<string, string>> = formerNames[verb] ?? {};
  return Object.fromEntries(Object.entries(pressed).map(([name, value]) => [names[name] ?? name, value]));
};

/** The names of the fields of a press that hold what somebody wrote themselves, in the order of the form. */
export const writtenFields = (verb: Verb): string[] =>
  Object.entries<z.ZodType>(schemas[verb].shape).flatMap(([name, field]) => (written.has(field) ? [name] : []));

/** The data of a press after the check. Only its shape is certain: its content may be forged. */
export type Pressed<V extends Verb> = z.output<(typeof schemas)[V]>;

type Input<V extends Verb> = z.input<(typeof schemas)[V]>;
/** zod infers Record<string, never> for an empty schema, which would forbid the verb too. */
type Carried<V extends Verb> = Input<V> extends Record<string, never> ? object : Readonly<Input<V>>;

/** What a button on a card carries; Teams adds what people type. */
export type ActionData = { readonly [V in Verb]: { readonly verb: V } & Carried<V> }[Verb];

/** What narrows the resources of a list of recommendations, as its buttons carry it. */
export type ListMeant = { readonly [Name in keyof typeof meant]?: string | undefined };

/** The filters and the page of a list. */
export type RecommendationQuery = Carried<'list-recommendations'>;
export type RequestQuery = Carried<'list-requests'>;
export type ExemptionQuery = Carried<'list-exemptions'>;
export type ScoreQuery = Carried<'show-score'>;
