import type { Activity } from 'botbuilder';
import { withoutThread, type Conversation } from '../core/chat/conversation.ts';
import type { Person } from '../core/person.ts';
import type { ReaderTime } from '../core/calendar.ts';
import { visibleText } from '../core/visible-text.ts';
import type { Asker } from '../workflow/rights/take-viewpoint.ts';
import { channelTypeIn } from './teams/channel-type.ts';
import { htmlLinks } from './teams/html-links.ts';
import { wellFormed } from './door/well-formed.ts';
import type { Admitted } from './roster/admit.ts';
import type { GuestRights } from '../core/access/guest-rights.ts';
import { readerIn } from './teams/reader-in.ts';

/** One message or click. Person and conversation come from the authenticated activity, never from a card. */
export type Turn = {
  readonly person: Person;
  readonly conversation: Conversation;
  readonly asker: Asker;
  readonly inChannel: boolean;
  /** Pressed in a dialog, or to open one: only this person sees the answer, wherever it is. */
  readonly inDialog?: boolean;
  /** Others may not read the answer, because people of other organisations read along or the bot alone was asked: it is for this person alone. */
  readonly isOverheard?: boolean;
  /** Undefined for a member of the organisation. */
  readonly guest?: GuestRights | undefined;
  /** The typed text without the mention of the bot. */
  readonly text: string;
  /** The data of a card; undefined for a typed message. */
  readonly submitted: unknown;
  /** The card that was clicked. */
  readonly clickedCardId: string | undefined;
};

/** As the front door accepts it. */
type ChannelData = {
  readonly tenant?: { readonly id?: string } | null;
  readonly team?: { readonly id?: string } | null;
  readonly channel?: { readonly id?: string; readonly name?: string; readonly type?: string } | null;
};

const channelName = (given: string | undefined): string | undefined =>
  given === undefined || given === '' ? undefined : `#${given}`;

const kinds: ReadonlyMap<string, Conversation['kind']> = new Map([
  ['personal', 'personal'],
  ['groupChat', 'group'],
  ['channel', 'channel'],
]);

export const conversationOf = (activity: Activity): Conversation | undefined => {
  const channelData = (activity.channelData ?? {}) as ChannelData;
  const tenantId = activity.conversation.tenantId ?? channelData.tenant?.id;
  const kind = kinds.get(activity.conversation.conversationType);
  if (tenantId === undefined || kind === undefined) return undefined;
  return {
    id: withoutThread(activity.conversation.id),
    kind,
    tenantId,
    serviceUrl: activity.serviceUrl,
    botId: activity.recipient.id,
    objectId: kind === 'personal' ? activity.from.aadObjectId : undefined,
    name:
      channelName(channelData.channel?.name) ??
      (activity.conversation.name === '' ? undefined : activity.conversation.name),
    teamId: kind === 'channel' ? channelData.team?.id : undefined,
    channelType: kind === 'channel' ? channelTypeIn(channelData.channel?.type) : undefined,
  };
};

/** The addresses of the Azure portal that stand behind other words of a message, where its text does not have them. */
const hiddenLinks = (activity: Activity, text: string): string[] =>
  ((activity.attachments as readonly { readonly content?: unknown }[] | null | undefined) ?? [])
    .flatMap(({ content }) => (typeof content === 'string' ? htmlLinks(content) : []))
    .map(({ said }) => said)
    .filter((address) => !text.includes(address));

/** Removes every mention of the bot and the message that Teams quotes; mentions of other people stay as text. */
const withoutMention = (activity: Activity): string => {
  const mentions = (activity.entities ?? [])
    .filter(
      (entity) =>
        entity.type === 'mention' && (entity.mentioned as { id?: string } | undefined)?.id === activity.recipient.id,
    )
    .flatMap((entity) => (typeof entity.text === 'string' && entity.text !== '' ? [entity.text] : []));
  return mentions
    .reduce((text, mention) => text.replaceAll(mention, ' '), (activity.text as string | undefined) ?? '')
    .replace(/<quoted\b[^>]*\/>|<quoted\b[^>]*>[\s\S]*?<\/quoted>/gi, ' ')
    .replace(/&nbsp;|\u00A0/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
};

/** What somebody wrote, with the addresses behind its words. */
const textOf = (activity: Activity): string => {
  const text = withoutMention(activity);
  return visibleText([text, ...new Set(hiddenLinks(activity, text))].join(' ')).trim();
};

/** Teams does not always send it; it is only for display. */
const nameOf = (given: string | undefined): string => {
  const name = visibleText(given ?? '').trim();
  return name === '' ? 'Somebody' : name;
};

/** The turn of somebody whose home tenant and time are known by now. */
export const admitted = (
  turn: Turn,
  { person, guest, signIns = [] }: Admitted,
  readerTime: ReaderTime | undefined,
): Turn => ({
  ...turn,
  person,
  guest,
  asker: { ...turn.asker, person, readerTime, signIns },
});

/** The turn of an activity; undefined if it does not name its sender or conversation. The tenant is that of the conversation until `admitted`. */
export const turnOf = (activity: Activity, submitted: unknown): Turn | undefined => {
  const conversation = conversationOf(activity);
  const objectId = activity.from.aadObjectId;
  if (conversation === undefined || objectId === undefined || objectId === '') return undefined;
  const channelData = (activity.channelData ?? {}) as ChannelData;
  const person = {
    objectId,
    tenantId: channelData.tenant?.id ?? conversation.tenantId,
    name: nameOf(activity.from.name),
  };
  const { isTargeted } = activity.recipient as { readonly isTargeted?: boolean | null };
  const inChannel = conversation.kind !== 'personal';
  return {
    person,
    conversation,
    inChannel,
    ...(isTargeted === true && { isOverheard: true }),
    asker: { person, channelId: inChannel ? conversation.id : undefined, readerTime: readerIn(activity) },
    text: textOf(activity),
    submitted: wellFormed(submitted),
    clickedCardId: activity.replyToId,
  };
};

/** The press of an invoke: its turn, and whether the client pressed by itself to refresh a card. */
export const pressOf = (activity: Activity): { readonly turn: Turn | undefined; readonly isAutomatic: boolean } => {
  const given = (activity.value ?? {}) as { action?: { verb?: unknown; data?: unknown }; trigger?: unknown };
  const data = typeof given.action?.data === 'object' ? given.action.data : {};
  return { turn: turnOf(activity, { verb: given.action?.verb, ...data }), isAutomatic: given.trigger === 'automatic' };
};

/** The press of a button that opens a dialog, or stands in one. Teams does not say which card the second belongs to. */
export const dialogPressOf = (activity: Activity): Turn | undefined => {
  const { data } = (activity.value ?? {}) as { data?: unknown };
  const { msteams: _, ...carried } = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  return turnOf(activity, carried);
};

/** Whose share the answer to an activity is. */
export const sharerOf = ({ from }: Activity): string => from.aadObjectId ?? from.id;
