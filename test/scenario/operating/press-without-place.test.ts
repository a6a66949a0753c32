import type { Failure } from '../../../simulator/teams/connector/connector-gate.ts';
import { startWorld, type World } from '../../world.ts';
import { latest } from '../steps.ts';

const search = { text: '', subscription: '', type: '', exempt: false, severity: 'high', page: 1 };
const highOnes = { verb: 'list-recommendations', ...search };

/** Whoever presses a button gets an answer, also where the card or the place takes none. */
describe('a press whose answer Teams does not take where it belongs', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await world.teams.say('bob', 'personal', 'recommendations');
    await world.app().idle();
  });
  afterAll(() => world.close());

  const idOf = (chat: string): string =>
    world.teams.conversations().find(({ name }) => name === chat)?.conversationId ?? '';
  /** Teams refuses calls of a method, in one conversation or in all. */
  const refuse = (method: string, code: string, status: number, chat = '', more: Partial<Failure> = {}) =>
    world.teams.failNext({
      status,
      code,
      when: (call) =>
        call.method === method &&
        decodeURIComponent(call.path).includes(idOf(chat)) &&
        (call.body as { type?: string } | undefined)?.type !== 'typing',
      ...more,
    });
  const countOf = (chat: string) => world.teams.messages(chat).length;

  it.each([
    ['was deleted', 'ActivityNotFoundInConversation', 404],
    ['is a forwarded copy', 'ForbiddenOperationException', 403],
    ['is refused without a reason', '', 403],
  ])('comes as a new message where the card %s', async (_why, code, status) => {
    const card = latest(world, 'bob');
    refuse('PUT', code, status);
    const { replies } = await world.teams.submit('bob', card.id, highOnes);

    expect(replies.map(({ visibleText }) => visibleText).join()).toContain('Open recommendations');
    expect(latest(world, 'bob').id).not.toBe(card.id);
  });

  it('comes to the personal chat where a channel takes nothing', async () => {
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk help');
    const card = latest(world, '#security-alerts');
    const before = countOf('bob');
    refuse('POST', 'ForbiddenOperationException', 403, '#security-alerts');
    await world.teams.submit('bob', card.id, { verb: 'say', command: 'help' });
    await world.app().idle();

    expect(countOf('bob')).toBe(before + 1);
    expect(latest(world, 'bob').visibleText).toContain('What you can do');
  });

  it('is in status where the personal chat takes nothing either, and can be told later', async () => {
    const card = latest(world, '#security-alerts');
    const before = countOf('bob');
    for (const chat of ['#security-alerts', 'bob']) refuse('POST', 'ConversationBlockedByUser', 403, chat);
    await world.teams.submit('bob', card.id, { verb: 'say', command: 'help' });
    await world.app().idle();
    expect(countOf('bob')).toBe(before);

    const { replies } = await world.teams.say('carol', 'personal', 'status');
    expect(replies.at(-1)?.visibleText).toContain(
      '1 alert not delivered. An answer could not be sent. Teams refused it (403): Exemption Desk is blocked there.',
    );
    await world.teams.submit('bob', latest(world, 'bob').id, { verb: 'send-again' });
    await world.app().idle();
    expect(latest(world, '#security-alerts').visibleText).toContain('An answer could not be sent');
  });

  it('is in status where it comes after the response to the press', async () => {
    const days = { fromDay: '2026-11-01', toDay: '2026-11-20' };
    refuse('POST', 'ConversationBlockedByUser', 403, 'bob');
    await world.teams.execute('bob', latest(world, 'bob').id, { verb: 'offer-report-file', data: days });
    await world.app().idle();

    const { replies } = await world.teams.say('carol', 'personal', 'status');
    expect(replies.at(-1)?.visibleText).toContain(
      'A personal chat: 1 alert not delivered. An answer could not be sent.',
    );
  });
});
