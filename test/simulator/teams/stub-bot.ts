import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClock } from '../../../simulator/clock.ts';
import type { Clock } from '../../../simulator/clock.ts';
import { startTeamsSimulator } from '../../../simulator/teams/server.ts';
import type { TeamsSimulator, TeamsSimulatorOptions } from '../../../simulator/teams/server.ts';
import { people, tenantId } from '../../../simulator/tenant/contoso/people.ts';

export type Activity = {
  readonly type: string;
  readonly id: string;
  readonly text?: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly replyToId?: string;
  readonly serviceUrl: string;
  readonly from: { readonly id: string; readonly aadObjectId: string; readonly name: string };
  readonly recipient: { readonly id: string };
  readonly conversation: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly channelData: Readonly<Record<string, unknown>>;
  readonly entities?: readonly Readonly<Record<string, unknown>>[];
} & Readonly<Record<string, unknown>>;
type Received = { readonly activity: Activity; readonly authorization: string };
type BotAnswer = { readonly status?: number; readonly body?: unknown } | undefined;

export const botId = '5c1d7a90-0000-4000-8000-0000000000b0';
const noon = Date.parse('2026-11-25T12:00:00.000Z');

/** A Teams with a bot behind it that does what the test tells it. */
export const startTeamsWithStubBot = async (options: Partial<TeamsSimulatorOptions> = {}) => {
  const received: Received[] = [];
  let answer: (activity: Activity) => BotAnswer | Promise<BotAnswer> = () => undefined;
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const activity = JSON.parse(Buffer.concat(chunks).toString()) as Activity;
      received.push({ activity, authorization: request.headers.authorization ?? '' });
      const said = await answer(activity);
      response.writeHead(said?.status ?? 200, { 'content-type': 'application/json' });
      response.end(said?.body === undefined ? undefined : JSON.stringify(said.body));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const clock: Clock = createClock(() => noon);
  const teams: TeamsSimulator = await startTeamsSimulator({
    port: 0,
    clock,
    people,
    tenantId,
    botId,
    botName: 'Exemption Desk',
    botEndpoint: () => `http://127.0.0.1:${port}/api/messages`,
    control: {},
    ...options,
  });

  const connector = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${teams.serviceUrl}v3/${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> & { id: string; activityId: string };
    return { status: response.status, headers: response.headers, json, error: json.error };
  };
  const activitiesOf = (conversationId: string) => `conversations/${encodeURIComponent(conversationId)}/activities`;
  return {
    teams,
    clock,
    received,
    connector,
    activitiesOf,
    onActivity: (handler: typeof answer) => void (answer = handler),
    conversationId: (name: string) => teams.conversations().find((chat) => chat.name === name)!.conversationId,
    reply: (activity: Activity, message: object) =>
      connector('POST', `${activitiesOf(activity.conversation.id)}/${activity.id}`, { type: 'message', ...message }),
    close: async () => {
      await teams.close();
      server.closeAllConnections();
      server.close();
    },
  };
};
export type TeamsWithStubBot = Awaited<ReturnType<typeof startTeamsWithStubBot>>;

export const card = (body: readonly object[], more: object = {}) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: { type: 'AdaptiveCard', version: '1.5', body, ...more },
});
