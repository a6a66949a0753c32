import type { Directory, Member } from '../teams/directory.ts';

const account = ({ id, person }: Member) => {
  const [givenName, surname] = person.name.split(' ');
  return {
    id,
    name: person.name,
    // Microsoft's own spelling.
    userPrincipleName: person.userPrincipalName,
    aadObjectId: person.objectId,
    givenName,
    surname,
    email: person.userPrincipalName,
  };
};

/**
 * The settings file of a Playground for one person, with the ids of this Teams. Microsoft's schema wants exactly one channel besides General, a
 * group chat, and at least five other users. The text is JSON, which is YAML as well.
 */
export const playgroundSettings = (directory: Directory, personKey: string, channelName: string): string => {
  const { tenantId, bot, team, members, memberOf, chatNamed } = directory;
  return JSON.stringify({
    version: '0.1.1',
    tenantId,
    bot,
    currentUser: account(memberOf(personKey)),
    users: members.filter(({ person }) => person.key !== personKey && person.tenantId === tenantId).map(account),
    personalChat: { id: chatNamed(personKey).conversationId },
    groupChat: { id: 'no-group-chat', name: '(no group chat here)' },
    team: { ...team, channels: [{ id: chatNamed(channelName).conversationId, name: channelName.slice(1) }] },
  });
};
