import { createTeamsNotifier } from '../../src/bot/teams-notifier.ts';
import { OutgoingAuthentication } from '../../src/bot/door/outgoing-authentication.ts';
import { DeskAdapter } from '../../src/bot/front-door.ts';
import { createPoster } from '../../src/bot/poster.ts';
import type { Conversation } from '../../src/core/chat/conversation.ts';
import { alice } from '../core/contoso.ts';
import { FakeTeams } from '../fakes/fake-teams.ts';
import { Faults, noAnswer, notSent, saysNo } from '../fakes/faults.ts';
import { channel, chatOf } from '../fakes/story.ts';
import { botId, startTeamsWithStubBot, type TeamsWithStubBot } from '../simulator/teams/stub-bot.ts';
import { describeNotifier } from './notifier.ts';

describeNotifier('the fakes', async () => {
  const [teams, faults] = [new FakeTeams(), new Faults()];
  const [chat, place] = [chatOf(alice), channel('alerts')];
  const errors = { 'ask to wait': notSent(1000), silence: noAnswer(), 'too big': saysNo('invalid') };
  return {
    notifier: {
      post: (...given) => faults.around({ name: 'notifier.post', given }, () => teams.post(...given)),
      update: teams.update,
      reply: teams.reply,
    },
    chat,
    channel: place,
    textsIn: (conversation) => teams.in(conversation, 'text').map(({ text }) => text),
    threadsIn: (conversation) =>
      teams.posts.filter(({ to }) => to.id === conversation.id).map((post) => post.conversationId),
    uninstall: () => void teams.leftBy.add(chat.id),
    meetNextWith: (what) => faults.at('notifier.post', { error: errors[what], times: 1 }),
  };
});

const opened: TeamsWithStubBot[] = [];
afterEach(() => Promise.all(opened.splice(0).map((teams) => teams.close())));

const failures = {
  'ask to wait': { status: 429, code: 'Throttled', retryAfter: 1 },
  silence: { status: 502, code: 'BadGateway' },
  'too big': { status: 413, code: 'MessageSizeTooBig' },
} as const;

describeNotifier('the bot on the simulated Teams', async () => {
  const stub = await startTeamsWithStubBot();
  opened.push(stub);
  const { teams } = stub;
  const serviceUrlAllowed = (url: string): boolean => url === teams.serviceUrl;
  const authentication = new OutgoingAuthentication(
    { appId: botId, appType: 'SingleTenant', tenantId: alice.tenantId, password: 'unused' },
    () => new Date(),
    {
      openIdMetadataUrl: teams.openIdMetadataUrl,
      botToken: 'bot',
      serviceUrlAllowed,
      uploadUrlAllowed: () => false,
    },
  );
  const notifier = createTeamsNotifier(
    createPoster({
      adapter: new DeskAdapter(authentication),
      appId: botId,
      serviceUrlAllowed,
      pace: { takeTurn: async () => ({ waitMs: 0, taken: true }), hold: async () => undefined },
      now: () => new Date(),
      pause: async () => undefined,
      random: () => 0,
    }),
  );
  const at = (like: Conversation, name: string): Conversation => ({
    ...like,
    id: stub.conversationId(name),
    name,
    serviceUrl: teams.serviceUrl,
    botId: `28:${botId}`,
  });
  return {
    notifier,
    chat: at(chatOf(alice), 'alice'),
    channel: at(channel('alerts'), '#security-alerts'),
    textsIn: ({ name = '' }) => teams.messages(name).map(({ text }) => text),
    threadsIn: ({ name = '' }) => teams.messages(name).map(({ conversationId }) => conversationId),
    uninstall: () => teams.uninstall('alice'),
    meetNextWith: (what) => teams.failNext(failures[what]),
  };
});
