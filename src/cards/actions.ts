import { z } from 'zod';
import { isDay } from '../core/calendar.ts';
import { requestStatuses } from '../core/request/request.ts';

const page = z.number().int().min(1).max(10_000);
const version = z.number().int().min(0);
/** How much of a field comes back with the form, in characters: more than is accepted, so that a refused text is not lost. */
export const longestTyped = { name: 400, justification: 2000, ticket: 200 } as const;

/** How much of a search the buttons of a list carry. */
export const longestSearch = 60;
export const longestScope = 256;

/** A name, or as much of an ARM id as names a resource group: never cut, for it would name something else. */
const scopeWords = z.string().max(longestScope);
const searchText = z.string().max(longestSearch);
const draftId = z.string().regex(/^[\w-]{1,64}$/);
const recommendationKey = z.string().regex(/^[\w-]{1,64}$/);
const reference = z.string().regex(/^EX-[0-9A-Z]{4,8}$/);
const day = z.string().max(10).refine(isDay);
const armId = z.string().max(1024).startsWith('/');

/** What a person typed; an input left empty is not sent at all. */
const typed = (longest: number) => z.string().max(longest).default('');
/** Teams joins what was ticked with commas. */
const ticked = z
  .string()
  .max(40_000)
  .default('')
  .transform((text) => text.split(',').filter((id) => id !== ''));

const schema = z.discriminatedUnion('verb', [
  z.object({
    verb: z.literal('list-recommendations'),
    text: searchText,
    severity: z.enum(['all', 'high', 'medium', 'low']),
    subscription: searchText,
    type: searchText,
    exempt: z.boolean(),
    page,
  }),
  z.object({ verb: z.literal('show-recommendation'), key: recommendationKey, page }),
  z.object({ verb: z.literal('open-form'), key: recommendationKey, selected: ticked }),
  z.object({ verb: z.literal('extend-request'), reference }),
  z.object({
    verb: z.literal('preview-request'),
    draftId,
    scope: typed(1024),
    resources: ticked,
    name: typed(longestTyped.name),
    category: typed(40),
    expiry: typed(40),
    expiryDate: typed(40),
    justification: typed(longestTyped.justification),
    ticket: typed(longestTyped.ticket),
  }),
  z.object({ verb: z.literal('edit-request'), draftId }),
  z.object({ verb: z.literal('send-request'), draftId }),
  z.object({ verb: z.literal('send-in-emergency'), draftId, reason: typed(1000) }),
  z.object({ verb: z.literal('discard-request'), draftId }),
  z.object({ verb: z.literal('approve-request'), reference, version, comment: typed(1000) }),
  z.object({
    verb: z.literal('approve-less'),
    reference,
    version,
    lastDay: typed(40),
    scopes: ticked,
    note: typed(1000),
  }),
  z.object({ verb: z.literal('change-request'), reference, version }),
  z.object({ verb: z.literal('refresh-request'), reference }),
  z.object({ verb: z.literal('reject-request'), reference, version, reason: typed(1000) }),
  z.object({ verb: z.literal('withdraw-request'), reference, version }),
  z.object({ verb: z.literal('revoke-request'), reference, why: typed(1000) }),
  z.object({ verb: z.literal('replace-request'), reference, deed: z.enum(['renew', 'change']) }),
  z.object({ verb: z.literal('retry-request'), reference, version }),
  z.object({ verb: z.literal('show-request'), reference }),
  z.object({
    verb: z.literal('list-requests'),
    which: z.enum(['mine', 'to-decide', 'all']),
    status: z.enum(['any', ...requestStatuses]),
    page,
  }),
  z.object({
    verb: z.literal('list-exemptions'),
    text: searchText,
    filter: z.enum([
      'all',
      'active',
      'expiring',
      'expired',
      'never-expires',
      'orphaned',
      'outside',
      'needless',
      'other-policies',
    ]),
    subscription: scopeWords.default(''),
    withinDays: z.number().int().min(1).max(3650),
    page,
  }),
  z.object({ verb: z.literal('show-exemption'), id: armId }),
  z.object({ verb: z.literal('let-lapse'), id: armId, reference: reference.optional() }),
  z.object({ verb: z.literal('adopt-exemption'), id: armId, purpose: typed(1000) }),
  z.object({ verb: z.literal('clean-up'), plan: draftId }),
  z.object({ verb: z.literal('show-score'), subscription: searchText, page }),
  z.object({ verb: z.literal('offer-report-file'), fromDay: day, toDay: day }),
  z.object({ verb: z.literal('show-status') }),
  z.object({ verb: z.literal('send-again') }),
  z.object({ verb: z.literal('say'), command: z.string().min(1).max(200) }),
]);

/** A click as the router receives it: what the button carried together with what was typed into the card. Nothing in it is to be believed. */
export type Action = z.output<typeof schema>;

/** What a button carries; what people type is added by Teams. */
export type ActionData = z.input<typeof schema>;

/** Undefined for anything that no button of ours could have sent. */
export const parseAction = (data: unknown): Action | undefined => schema.safeParse(data).data;

type Carried<Verb extends Action['verb']> = Omit<Extract<ActionData, { readonly verb: Verb }>, 'verb'>;

/** Which list a card shows, and which part of it. */
export type RecommendationQuery = Carried<'list-recommendations'>;
export type RequestQuery = Carried<'list-requests'>;
export type ExemptionQuery = Carried<'list-exemptions'>;
export type ScoreQuery = Carried<'show-score'>;
