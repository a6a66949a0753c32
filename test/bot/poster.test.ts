import type { Conversation } from '../../src/core/chat/conversation.ts';
import { NotSent } from '../../src/core/chat/notifier.ts';
import { createPoster } from '../../src/bot/poster.ts';
import type { DeskAdapter } from '../../src/bot/front-door.ts';

const chat: Conversation = {
  id: 'chat',
  kind: 'personal',
  tenantId: 'tenant',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  botId: 'bot',
  objectId: 'alice',
  name: undefined,
  teamId: undefined,
};

/** A Teams that answers every post with 429 and this Retry-After. */
const asking = (retryAfter: string): DeskAdapter =>
  ({
    continueConversationAsync: async () => {
      throw Object.assign(new Error('Throttled'), {
        name: 'RestError',
        statusCode: 429,
        code: 'Throttled',
        response: { headers: { get: () => retryAfter } },
      });
    },
  }) as unknown as DeskAdapter;

describe('posting', () => {
  it('waits for its turn by the timer it was given, and for what Teams asks by the clock it was given', async () => {
    const waited: number[] = [];
    const held: number[] = [];
    const poster = createPoster({
      adapter: asking('Mon, 01 Mar 2027 12:00:07 GMT'),
      appId: 'bot',
      serviceUrlAllowed: () => true,
      pace: {
        takeTurn: async () => ({ waitMs: 250, taken: true }),
        hold: async (_conversationId, ms) => void held.push(ms),
      },
      now: () => new Date('2027-03-01T12:00:00Z'),
      pause: async (ms) => void waited.push(ms),
      random: () => 0,
    });

    await expect(poster.post(chat, { type: 'message', text: 'Hello' })).rejects.toBeInstanceOf(NotSent);
    expect(waited).toEqual([250]);
    expect(held).toEqual([7000]);
  });
});
