import type { Clock } from '../../clock.ts';
import type { Chat, Client, Directory, Member, Place } from '../directory.ts';
import type { Json } from '../message.ts';

const clientInfo = ({ timeZone, locale }: Client) => ({
  type: 'clientInfo',
  locale,
  country: 'DE',
  platform: 'Web',
  timezone: timeZone,
});

const isZone = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** The instant on the wall clock of a time zone, with its offset: `2026-11-25T15:04:05.000+01:00`. */
const localTimestamp = (instant: Date, timeZone: string): string => {
  if (!isZone(timeZone)) return instant.toISOString();
  const offset = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(instant)
    .find(({ type }) => type === 'timeZoneName')
    ?.value.replace('GMT', '');
  const wall = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(instant);
  return `${wall.replace(' ', 'T')}.${instant.getUTCMilliseconds().toString().padStart(3, '0')}${offset ?? 'Z'}`;
};

export type InstallationAction = 'add' | 'remove' | 'add-upgrade' | 'remove-upgrade' | 'upgrade';

type ChannelEventType = 'channelDeleted' | 'channelRestored' | 'channelRenamed';
type TeamEventType = `team${'Renamed' | 'Archived' | 'Unarchived' | 'Deleted' | 'Restored' | 'HardDeleted'}`;
export type TeamEvent = {
  readonly eventType: ChannelEventType | TeamEventType;
  /** Undefined for an event of the whole team. */
  readonly channel: Chat | undefined;
  /** The new name. */
  readonly name: string | undefined;
};

export type Activities = ReturnType<typeof createActivities>;

/** Creates the activities that Teams sends to the bot when somebody does something. */
export const createActivities = (directory: Directory, clock: Clock, serviceUrl: () => string) => {
  const { bot, team, tenantId } = directory;
  const account = ({ id, person }: Member) => ({
    id,
    name: person.name,
    ...(person.objectId !== '' && { aadObjectId: person.objectId }),
  });

  /** In what somebody does in their client. What happens to a place names neither zone nor language, but for the language of an installation. */
  const ofClient = (member: Member) => {
    const { timeZone, locale } = directory.clientOf(member);
    return { localTimestamp: localTimestamp(clock.now(), timeZone), localTimezone: timeZone, locale };
  };

  const from = (member: Member, { chat, threadId }: Place) => {
    const thread = threadId === undefined ? '' : `;messageid=${threadId}`;
    return {
      channelId: 'msteams',
      serviceUrl: serviceUrl(),
      timestamp: clock.now().toISOString(),
      from: account(member),
      recipient: bot,
      conversation: {
        ...(chat.kind !== 'personal' && { isGroup: true }),
        conversationType: chat.kind,
        // As in every activity of Teams, it is the host's, whoever acts.
        tenantId,
        id: `${chat.conversationId}${thread}`,
      },
    };
  };
  const channelData = ({ chat }: Place): Json =>
    chat.kind !== 'channel'
      ? {
          tenant: { id: tenantId },
          ...(chat.isMeeting === true && { meeting: { id: Buffer.from(chat.conversationId).toString('base64') } }),
        }
      : {
          teamsChannelId: chat.conversationId,
          teamsTeamId: team.id,
          channel: { id: chat.conversationId },
          team: { id: team.id },
          tenant: { id: tenantId },
        };
  const teamData = ({ chat }: Place): Json => ({
    team: { ...team },
    channel: { id: chat.conversationId },
    tenant: { id: tenantId },
    settings: { selectedChannel: { id: chat.conversationId } },
  });

  return {
    message: (member: Member, place: Place, id: string, content: { text: string; html: string; mentions: Json[] }) => ({
      type: 'message',
      id,
      ...from(member, place),
      ...ofClient(member),
      text: content.text,
      textFormat: 'plain',
      attachments: [{ contentType: 'text/html', content: content.html }],
      entities: [...content.mentions, clientInfo(directory.clientOf(member))],
      channelData: channelData(place),
    }),
    /** What Action.Submit sends: a message without text. */
    submitted: (member: Member, place: Place, id: string, cardMessageId: string, value: unknown) => ({
      type: 'message',
      id,
      ...from(member, place),
      ...ofClient(member),
      value,
      replyToId: cardMessageId,
      entities: [clientInfo(directory.clientOf(member))],
      channelData: { ...channelData(place), source: { name: 'message' }, legacy: { replyToId: cardMessageId } },
    }),
    invoke: (
      member: Member,
      place: Place,
      id: string,
      cardMessageId: string,
      value: unknown,
      name: 'adaptiveCard/action' | 'fileConsent/invoke' = 'adaptiveCard/action',
    ) => ({
      type: 'invoke',
      name,
      id,
      ...from(member, place),
      ...ofClient(member),
      value,
      replyToId: cardMessageId,
      entities: [clientInfo(directory.clientOf(member))],
      channelData: { ...channelData(place), source: { name: 'message' }, legacy: { replyToId: cardMessageId } },
    }),
    /** The invoke that a client sends while somebody types into a field with a search. It does not say which card that is on. */
    search: (member: Member, place: Place, id: string, value: unknown) => ({
      type: 'invoke',
      name: 'application/search',
      id,
      ...from(member, place),
      ...ofClient(member),
      value,
      entities: [clientInfo(directory.clientOf(member))],
      channelData: { ...channelData(place), source: { name: 'message' } },
    }),
    /** The invokes of a dialog: to open it, and for a button in it. Only the first names the card that was pressed. */
    dialog: (
      member: Member,
      place: Place,
      id: string,
      name: 'task/fetch' | 'task/submit',
      data: unknown,
      cardMessageId?: string,
    ) => ({
      type: 'invoke',
      name,
      id,
      ...from(member, place),
      ...ofClient(member),
      value: { data, context: { theme: 'default' } },
      ...(cardMessageId === undefined ? {} : { replyToId: cardMessageId }),
      entities: [clientInfo(directory.clientOf(member))],
      channelData: { ...channelData(place), source: { name: 'message' } },
    }),
    /** The invokes of a message extension. None names a card. */
    extension: (
      member: Member,
      place: Place,
      id: string,
      name: 'composeExtension/query' | 'composeExtension/fetchTask' | 'composeExtension/submitAction',
      value: Json,
    ) => ({
      type: 'invoke',
      name,
      id,
      ...from(member, place),
      ...ofClient(member),
      value,
      entities: [clientInfo(directory.clientOf(member))],
      channelData: { ...channelData(place), source: { name: 'compose' } },
    }),
    /** The activity that another client made of what a person did. This Teams sets person, place and time, whatever the client says. */
    relayed: (member: Member, place: Place, id: string, made: Json) => ({
      ...made,
      id,
      ...from(member, place),
      ...ofClient(member),
      channelData: { ...channelData(place), source: { name: 'message' } },
    }),
    installation: (member: Member, place: Place, id: string, action: InstallationAction, version = '1.0.0') => ({
      type: 'installationUpdate',
      action,
      id: `f:${id}`,
      ...from(member, place),
      locale: directory.clientOf(member).locale,
      channelData: {
        ...(place.chat.kind === 'channel' ? teamData(place) : channelData(place)),
        ...(action === 'upgrade' && { app: { id: bot.id, version } }),
        source: { name: 'message' },
      },
    }),
    /** An event of the team or of one of its channels. The conversation is always the team's, which is its General channel. */
    teamEvent: (member: Member, general: Place, id: string, { eventType, channel, name }: TeamEvent) => ({
      type: 'conversationUpdate',
      id: `f:${id}`,
      ...from(member, general),
      channelData: {
        eventType,
        team: { ...team, ...(channel === undefined && name !== undefined && { name }) },
        ...(channel !== undefined && { channel: { id: channel.conversationId, name: name ?? channel.name.slice(1) } }),
        tenant: { id: tenantId },
      },
    }),
    /** How a bot hears that it was added to a private or shared channel, or taken out of it: there is no installation. */
    botInChannel: (member: Member, place: Place, id: string, change: 'membersAdded' | 'membersRemoved') => ({
      type: 'conversationUpdate',
      id: `f:${id}`,
      ...from(member, place),
      [change]: [{ id: bot.id }],
      channelData: {
        ...teamData(place),
        channel: { id: place.chat.conversationId, name: place.chat.name.slice(1), type: place.chat.channelType },
      },
    }),
    botLeft: (member: Member, place: Place, id: string) => ({
      type: 'conversationUpdate',
      id: `f:${id}`,
      ...from(member, place),
      membersRemoved: [{ id: bot.id }],
      channelData:
        place.chat.kind === 'channel' ? { ...teamData(place), eventType: 'teamMemberRemoved' } : channelData(place),
    }),
    botJoined: (member: Member, place: Place, id: string) => ({
      type: 'conversationUpdate',
      id: `f:${id}`,
      ...from(member, place),
      membersAdded: [{ id: bot.id }],
      channelData:
        place.chat.kind === 'channel' ? { ...teamData(place), eventType: 'teamMemberAdded' } : channelData(place),
    }),
  };
};
