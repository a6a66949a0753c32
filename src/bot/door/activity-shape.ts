import { z } from 'zod';
import { visibleText } from '../../core/visible-text.ts';

/** Text by people, in the form in which it is read and stored. */
const text = z
  .string()
  .nullish()
  .transform((given) => (given === null || given === undefined ? undefined : visibleText(given)));

/** An id that can be stored, searched and sent, also in a header, where the SDK puts that of the conversation: plain, like all ids of Teams. */
const id = z.string().regex(/^[\x20-\x7e]{1,1000}$/);
const optionalId = id
  .or(z.literal(''))
  .nullish()
  .transform((given) => (given === '' || given === null ? undefined : given));
const withId = z.object({ id: optionalId }).nullish();
/** What a client says of its zone or language; without it, the answer is only less comfortable. */
const hint = z.string().max(64).optional().catch(undefined);
const members = z.array(z.object({ id })).nullish();

const mostHtml = 30_000;
const isHtml = ({ contentType, content }: { readonly contentType: string; readonly content?: unknown }): boolean =>
  contentType === 'text/html' && typeof content === 'string' && content.length <= mostHtml;

/**
 * The fields that are taken from an activity, with their types. Everything else is dropped, so that no unchecked data gets behind the front
 * door. The data of a card is checked where it is used.
 */
export const activityShape = z.object({
  type: z.string().min(1),
  id: id.optional(),
  name: text,
  action: text,
  channelId: z.string(),
  /** Empty if there is none; such an activity is refused. */
  serviceUrl: id.nullish().transform((given) => given ?? ''),
  conversation: z.object({ id, conversationType: text, tenantId: optionalId, name: text }),
  from: z.object({ id, aadObjectId: optionalId, name: text }),
  /** Targeted: only the bot was to read it. */
  recipient: z.object({ id, isTargeted: z.boolean().nullish().catch(true) }),
  text,
  value: z.unknown().optional(),
  replyToId: optionalId,
  localTimezone: hint,
  locale: hint,
  entities: z.array(z.object({ type: text, text, mentioned: withId, timezone: hint, locale: hint })).nullish(),
  /** The HTML of a message, in which addresses stand behind words. */
  attachments: z
    .array(z.object({ contentType: z.string(), content: z.unknown() }))
    .nullish()
    .catch(undefined)
    .transform((given) => (given ?? []).filter(isHtml))
    .transform((html) => (html.length === 0 ? undefined : html)),
  membersAdded: members,
  membersRemoved: members,
  channelData: z
    .object({
      /** What happened to a channel or a team. */
      eventType: text,
      tenant: withId,
      team: withId,
      channel: z.object({ id: optionalId, name: text, type: text }).nullish(),
      /** The version of the app that an upgrade brought. */
      app: z.object({ version: text }).nullish().catch(undefined),
    })
    .nullish(),
});
