import { z } from 'zod';
import { visibleText } from '../../core/visible-text.ts';

/** What people write or call something, as it can be read and kept. */
const text = z
  .string()
  .nullish()
  .transform((given) => (given === null || given === undefined ? undefined : visibleText(given)));

/** What can be kept, sought and sent, also in a header, where the SDK puts that of the conversation: as plain as all ids of Teams are. */
const id = z.string().regex(/^[\x20-\x7e]{1,1000}$/);
const optionalId = id
  .or(z.literal(''))
  .nullish()
  .transform((given) => (given === '' || given === null ? undefined : given));
const withId = z.object({ id: optionalId }).nullish();
const members = z.array(z.object({ id })).nullish();

/**
 * What is taken of an activity, and of which kind it must be; all else is left out, so that nothing behind the door meets what nobody looked at.
 * What a card submitted is checked where it is used.
 */
export const activityShape = z.object({
  type: z.string().min(1),
  id: id.optional(),
  name: text,
  action: text,
  channelId: z.string(),
  /** Empty where there is none, which nobody is let in with. */
  serviceUrl: id.nullish().transform((given) => given ?? ''),
  conversation: z.object({ id, conversationType: text, tenantId: optionalId, name: text }),
  from: z.object({ id, aadObjectId: optionalId, name: text }),
  recipient: z.object({ id }),
  text,
  value: z.unknown().optional(),
  replyToId: optionalId,
  entities: z.array(z.object({ type: text, text, mentioned: withId })).nullish(),
  membersAdded: members,
  membersRemoved: members,
  channelData: z
    .object({ tenant: withId, team: withId, channel: z.object({ id: optionalId, name: text }).nullish() })
    .nullish(),
});
