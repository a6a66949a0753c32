import type { World } from '../../../simulator/start.ts';
import { people } from '../../../simulator/tenant/contoso/people.ts';

/** How the tests of the inbox speak with the bot: as Teams does, and without waiting for the answer. */
export const inboxSteps = (worldNow: () => World) => {
  const placeOf = (name: string) =>
    worldNow()
      .teams.conversations()
      .find((each) => each.name === name)!.conversationId;
  const messageOf = (key: string, text: string) => {
    const person = people.find((each) => each.key === key)!;
    const { teams } = worldNow();
    return {
      type: 'message',
      text,
      channelId: 'msteams',
      serviceUrl: teams.serviceUrl,
      from: { id: teams.userId(key), name: person.name, aadObjectId: person.objectId },
      recipient: { id: '28:bot' },
      conversation: { id: placeOf(key), conversationType: 'personal', tenantId: person.tenantId },
      channelData: { tenant: { id: person.tenantId } },
    };
  };
  /** Posts a line as Teams does and waits for nothing but the acknowledgement. */
  const send = async (key: string, text: string, id: string = crypto.randomUUID()) => {
    const { status, headers } = await fetch(`${worldNow().app().url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await worldNow().teams.token()}` },
      body: JSON.stringify({ id, ...messageOf(key, text) }),
    });
    return { status, requestId: headers.get('x-request-id') };
  };
  const answers = (chat: string, from: number) =>
    worldNow()
      .teams.messages(chat)
      .slice(from)
      .filter(({ from: by }) => by === 'bot')
      .map(({ visibleText }) => visibleText);
  const said = (chat: string): number => worldNow().teams.messages(chat).length;

  /** As an earlier app has left it. */
  const keptOf = (key: string, text: string) => {
    return {
      conversationId: placeOf(key),
      activity: JSON.stringify(messageOf(key, text)),
      receivedAt: worldNow().app().desk.now(),
      correlation: 'of the one before',
    };
  };

  return { placeOf, send, answers, said, keptOf };
};
