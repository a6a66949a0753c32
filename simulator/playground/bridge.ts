import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery } from '../teams/people/bot-delivery.ts';
import { isJson, type Json } from '../teams/message.ts';
import { createRouter, type Answer, type Routes } from '../teams/router.ts';
import type { Backstage } from '../teams/server.ts';
import { createMirror, type Mirror } from './mirror.ts';

export type Bridge = {
  /** Lets a Playground speak as this person. The endpoint cannot be guessed. */
  readonly admit: (personKey: string, channelName: string) => { readonly endpoint: string; readonly mirror: Mirror };
  readonly close: () => Promise<void>;
};

const refused = (status: number, message: string): Answer => ({ status, json: { error: { message } } });

/** The Playground announces an installation when a page opens a chat for the first time; in the demo, the app is installed already. */
const isAnnouncement = ({ type, action, membersAdded }: Json): boolean =>
  (type === 'installationUpdate' && action === 'add') || (type === 'conversationUpdate' && Array.isArray(membersAdded));

const isPersonal = ({ conversation }: Json): boolean =>
  isJson(conversation) && conversation.conversationType === 'personal';

const answerOf = ({ status, body, problem }: Delivery): Answer =>
  status === undefined ? refused(502, problem ?? 'The bot did not answer.') : { status, json: body ?? {} };

/**
 * Takes the activities of Microsoft's Playground on loopback and hands them to the simulated Teams, which signs them like its own. Who speaks
 * follows from the endpoint; whatever an activity says about people, places and times is replaced.
 */
export const startBridge = async (
  { directory, board, activities, send }: Backstage,
  complain: (problem: string) => void,
): Promise<Bridge> => {
  const speakers = new Map<string, { readonly personKey: string; readonly mirror: Mirror }>();

  const pass = async (personKey: string, mirror: Mirror, activity: Json): Promise<Answer> => {
    const member = directory.memberOf(personKey);
    const conversation = isJson(activity.conversation) ? activity.conversation : {};
    const [conversationId = '', playgroundThread] = String(conversation.id).split(';messageid=');
    const chat = directory.locate(conversationId)?.chat;
    if (chat === undefined || (chat.kind === 'personal' && chat.member !== member))
      return refused(404, 'The demo has no such chat. Use the personal chat or a channel.');
    const thread = playgroundThread === undefined ? undefined : await mirror.original(playgroundThread);
    const known = thread === undefined || board.find(thread) === undefined ? undefined : thread;
    const replyToId = typeof activity.replyToId === 'string' ? await mirror.original(activity.replyToId) : undefined;
    if (typeof activity.text !== 'string') {
      const place = { chat, threadId: known };
      return answerOf(await send(activities.relayed(member, place, crypto.randomUUID(), { ...activity, replyToId })));
    }
    const nothing = { summary: undefined, attachments: [], entities: [], importance: undefined };
    const content = { ...nothing, text: activity.text, textFormat: 'plain' };
    const { id, threadId } = board.post({ chat, threadId: known }, personKey, content);
    if (playgroundThread !== undefined && threadId === id) mirror.pair(id, playgroundThread);
    return answerOf(await send(activities.relayed(member, { chat, threadId }, id, { ...activity, replyToId })));
  };

  const routes: Routes = {
    'HEAD /:speaker/messages': ({ param }) => ({ status: speakers.has(param('speaker')) ? 200 : 404 }),
    'POST /:speaker/messages': ({ param, body }) => {
      const speaker = speakers.get(param('speaker'));
      if (speaker === undefined || !isJson(body)) return refused(404, 'Nobody speaks here.');
      if (isAnnouncement(body)) {
        // The page opens the personal chat as soon as it is loaded.
        if (body.type === 'installationUpdate' && isPersonal(body)) speaker.mirror.pageOpened();
        return { json: {} };
      }
      if (body.type !== 'message' && body.type !== 'invoke')
        return refused(501, 'The demo takes messages and button presses from the Playground, nothing else.');
      return pass(speaker.personKey, speaker.mirror, body);
    },
  };
  const route = createRouter(routes);
  /** The Playground itself sends no Origin and knows the address; a page in a browser does not. */
  const isForeign = ({ headers }: IncomingMessage): boolean =>
    headers.host !== address || headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
  const server = createServer((request, response) => {
    if (!isForeign(request)) {
      route(request, response);
      return;
    }
    response.writeHead(403);
    response.end('Only the Playground of this demo may speak here.');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    admit(personKey, channelName) {
      const speaker = randomBytes(24).toString('base64url');
      const mirror = createMirror({ directory, board, personKey, channelName, complain });
      speakers.set(speaker, { personKey, mirror });
      return { endpoint: `http://${address}/${speaker}/messages`, mirror };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
