import type { Activities, InstallationAction } from './activities.ts';
import type { Deliver } from './bot-delivery.ts';
import type { Chat, Directory, Member } from '../directory.ts';

export type Installations = ReturnType<typeof createInstallations>;

const notYetInstalledBy = new Set(['dan', 'gina']);
const teamInstaller = 'bob';
const chosenChannel = '#security-alerts';
/** Used as the key of a person, it stands for the team with all its channels. */
const team = 'team';

/**
 * Where the app is installed: in the team, and in the personal scope of each person who did not opt out. `kept` contains the places of an
 * earlier run: keys of people, names of group chats, and `team`.
 */
/** A private or shared channel: having the app in the team does not put it there. */
const isOwnPlace = ({ channelType }: Chat): boolean => channelType === 'private' || channelType === 'shared';

export const createInstallations = (
  directory: Directory,
  activities: Activities,
  deliver: Deliver,
  kept: readonly string[] | undefined,
) => {
  const { members, chatNamed } = directory;
  const usual = [
    ...members.map(({ person }) => person.key).filter((key) => !notYetInstalledBy.has(key)),
    ...directory.channels.filter(({ hasApp }) => hasApp === true).map(({ name }) => name),
  ];
  const places = new Set(kept ?? [team, ...usual]);
  const installer = directory.memberOf(teamInstaller);

  const announce = async (member: Member, chat: Chat): Promise<void> => {
    const place = { chat, threadId: undefined };
    if (isOwnPlace(chat)) {
      await deliver(activities.botInChannel(member, place, crypto.randomUUID(), 'membersAdded'));
      return;
    }
    await deliver(activities.installation(member, place, crypto.randomUUID(), 'add'));
    await deliver(activities.botJoined(member, place, crypto.randomUUID()));
  };
  const actorIn = (where: string): Member => {
    if (where === team) return installer;
    const chat = chatNamed(where);
    return chat.member ?? (chat.present.includes(installer) ? installer : (chat.present[0] ?? installer));
  };
  const install = async (where: string, by = actorIn(where)): Promise<void> => {
    places.add(where);
    await announce(by, chatNamed(where === team ? chosenChannel : where));
  };
  return {
    isInstalled: (chat: Chat): boolean => places.has(chat.kind === 'channel' && !isOwnPlace(chat) ? team : chat.name),
    install,
    installed: (): readonly string[] => [...places],
    /** For a team, Teams names its General channel, wherever the app was added. */
    uninstall: async (where: string): Promise<void> => {
      const member = actorIn(where);
      const place = { chat: chatNamed(where === team ? '#General' : where), threadId: undefined };
      places.delete(where);
      if (isOwnPlace(place.chat)) {
        await deliver(activities.botInChannel(member, place, crypto.randomUUID(), 'membersRemoved'));
        return;
      }
      await deliver(activities.installation(member, place, crypto.randomUUID(), 'remove'));
      if (place.chat.kind === 'groupChat') await deliver(activities.botLeft(member, place, crypto.randomUUID()));
    },
    /** A new version of the app; with `remove-upgrade` it has no bot, and with `add-upgrade` it has one again. */
    upgrade: async (
      where: string,
      action: Exclude<InstallationAction, 'add' | 'remove'>,
      version?: string,
    ): Promise<void> => {
      const member = actorIn(where);
      const place = { chat: chatNamed(where === team ? '#General' : where), threadId: undefined };
      if (action === 'remove-upgrade') places.delete(where);
      else places.add(where);
      await deliver(activities.installation(member, place, crypto.randomUUID(), action, version));
    },
    /** Tells the bot about every installation, one after another. */
    installAll: async (): Promise<void> => {
      for (const where of places) await install(where);
    },
  };
};
