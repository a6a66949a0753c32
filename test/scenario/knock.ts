import type { TestMessage } from '../../simulator/teams/message.ts';
import type { World } from '../../simulator/start.ts';
import { people, tenantId, visitors } from '../../simulator/tenant/contoso/people.ts';

export type Knock = { readonly status: number; readonly replies: readonly TestMessage[] };

/** Where somebody says it comes from, if it can come from there at all. */
const conversationIdOf = (changes: object): string | undefined => {
  const { conversation } = changes as { conversation?: { id?: unknown } };
  return typeof conversation?.id === 'string' ? conversation.id : undefined;
};

/**
 * Posts an activity to the bot under Teams' own signature, as somebody's message in the personal chat of `chat`. What is changed may be
 * anything, also what Teams would never send.
 */
export const knock = async (world: World, from: string, changes: object, chat = from): Promise<Knock> => {
  const person = [...people, ...visitors].find(({ key }) => key === from)!;
  const place = world.teams.conversations().find(({ name }) => name === chat)!;
  const before = new Set(world.teams.messages(chat).map(({ id }) => id));
  const { status } = await fetch(`${world.app().url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.teams.token()}` },
    body: JSON.stringify({
      type: 'message',
      id: crypto.randomUUID(),
      channelId: 'msteams',
      serviceUrl: world.teams.serviceUrl,
      from: { id: world.teams.userId(from), name: person.name, aadObjectId: person.objectId },
      recipient: { id: '28:bot', name: 'Exemption Desk' },
      conversation: { id: place.conversationId, conversationType: 'personal', tenantId },
      channelData: { tenant: { id: tenantId } },
      ...changes,
    }),
  });
  await world.app().answered(conversationIdOf(changes) ?? place.conversationId);
  return { status, replies: world.teams.messages(chat).filter(({ id, from: by }) => by === 'bot' && !before.has(id)) };
};
