import type { Activities } from './activities.ts';
import type { Deliver } from './bot-delivery.ts';
import type { Chat, Directory, Member } from './directory.ts';

export type Installations = ReturnType<typeof createInstallations>;

const notYetInstalledBy = new Set(['dan', 'gina']);
const teamInstaller = 'bob';
const chosenChannel = '#security-alerts';

/** Where the bot is installed: in the team, and in each person's personal scope unless that person never added it. */
export const createInstallations = (directory: Directory, activities: Activities, deliver: Deliver) => {
  const { members, chatNamed } = directory;
  const personal = new Set(members.map(({ person }) => person.key).filter((key) => !notYetInstalledBy.has(key)));

  const announce = async (member: Member, chat: Chat): Promise<void> => {
    const place = { chat, threadId: undefined };
    await deliver(activities.installation(member, place, crypto.randomUUID(), 'add'));
    await deliver(activities.botJoined(member, place, crypto.randomUUID()));
  };
  const install = async (personKey: string): Promise<void> => {
    const member = directory.memberOf(personKey);
    personal.add(personKey);
    await announce(member, chatNamed(personKey));
  };
  return {
    isInstalled: (chat: Chat): boolean => chat.kind === 'channel' || personal.has(chat.name),
    install,
    uninstall: async (personKey: string): Promise<void> => {
      const place = { chat: chatNamed(personKey), threadId: undefined };
      personal.delete(personKey);
      await deliver(activities.installation(directory.memberOf(personKey), place, crypto.randomUUID(), 'remove'));
    },
    /** Tells the bot about every installation, one after the other. */
    installAll: async (): Promise<void> => {
      const installer = members.find(({ person }) => person.key === teamInstaller) ?? members[0];
      if (installer !== undefined) await announce(installer, chatNamed(chosenChannel));
      for (const key of personal) await install(key);
    },
  };
};
