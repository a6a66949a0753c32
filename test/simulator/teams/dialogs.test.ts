import type { TaskModuleResponse } from 'botbuilder';
import { botId, card, startTeamsWithStubBot } from './stub-bot.ts';
import type { TeamsWithStubBot } from './stub-bot.ts';

const opens = {
  type: 'Action.Submit',
  title: 'Ask',
  data: { verb: 'ask', msteams: { type: 'task/fetch' } },
};
/** As Microsoft types it. */
const shown = (
  title: string,
  content = card([{ type: 'Input.Text', id: 'why' }], { actions: [send] }),
): TaskModuleResponse => ({
  task: { type: 'continue', value: { title, width: 'medium', height: 'large', card: content } },
});
const send = { type: 'Action.Submit', title: 'Send', data: { verb: 'send' } };

describe('a dialog in the simulated Teams', () => {
  let world: TeamsWithStubBot;
  let answers: { readonly status?: number; readonly body?: unknown }[];
  let message: string;
  beforeEach(async () => {
    world = await startTeamsWithStubBot();
    answers = [];
    world.onActivity(({ type }) => (type === 'invoke' ? (answers.shift() ?? {}) : undefined));
    const posted = await world.connector('POST', world.activitiesOf(world.conversationId('#approvals')), {
      type: 'message',
      attachments: [card([{ type: 'Input.Text', id: 'ticked' }], { actions: [opens] })],
    });
    message = posted.json.id;
  });
  afterEach(() => world.close());

  const open = async (body: unknown, status = 200) => {
    answers.push({ status, body });
    const turn = await world.teams.press('alice', message, 'Ask', { ticked: 'one' });
    return 'dialog' in turn ? turn.dialog : undefined;
  };
  const invokes = () => world.received.map(({ activity }) => activity).filter(({ type }) => type === 'invoke');

  it('is opened by its button, for whoever pressed it alone', async () => {
    expect(await open(shown('Ask for it'))).toMatchObject({ kind: 'card', title: 'Ask for it', width: 'medium' });

    expect(invokes()).toMatchObject([
      {
        name: 'task/fetch',
        replyToId: message,
        from: { id: world.teams.userId('alice') },
        recipient: { id: `28:${botId}` },
        conversation: { conversationType: 'channel' },
        value: {
          data: { verb: 'ask', ticked: 'one', msteams: { type: 'task/fetch' } },
          context: { theme: 'default' },
        },
      },
    ]);
    expect(world.teams.dialogs.of('alice')?.title).toBe('Ask for it');
    expect(world.teams.dialogs.of('bob')).toBeUndefined();
    expect(world.teams.messages('#approvals')).toHaveLength(1);
  });

  it('sends what is filled in without naming a card, and shows the next one', async () => {
    await open(shown('Step 1'));
    answers.push({ body: shown('Step 2') });

    expect(await world.teams.dialogs.press('alice', 'Send', { why: 'because' })).toMatchObject({ title: 'Step 2' });
    const [, submitted] = invokes();
    expect(submitted).toMatchObject({ name: 'task/submit', value: { data: { verb: 'send', why: 'because' } } });
    expect(submitted).not.toHaveProperty('replyToId');
  });

  it('closes at an answer without a body, and shows a message in its place', async () => {
    await open(shown('Step 1'));
    answers.push({});
    expect(await world.teams.dialogs.press('alice', 'Send')).toEqual({ kind: 'closed' });
    expect(world.teams.dialogs.of('alice')).toBeUndefined();
    await expect(world.teams.dialogs.press('alice', 'Send')).rejects.toThrow('alice has no dialog open');

    await open(shown('Step 1'));
    answers.push({ body: { task: { type: 'message', value: 'Done.' } } });
    expect(await world.teams.dialogs.press('alice', 'Send')).toEqual({ kind: 'message', text: 'Done.' });
  });

  it.each<[string, unknown, number, RegExp]>([
    ['no task', {}, 200, /1008: Task or Task Type is missing/],
    ['an unknown task', { task: { type: 'restart' } }, 200, /no task of the type "restart"/],
    ['no title', shown(''), 200, /no title/],
    ['a size of its own', { task: { type: 'continue', value: { title: 'x', width: 'huge' } } }, 200, /size/],
    [
      'no card',
      { task: { type: 'continue', value: { title: 'x', card: { type: 'AdaptiveCard' } } } },
      200,
      /no Adaptive/,
    ],
    ['a failure', undefined, 500, /Unable to reach app/],
  ])('says what is wrong about an answer with %s', async (_, body, status, sentence) => {
    expect(await open(body, status)).toMatchObject({
      kind: 'error',
      message: expect.stringMatching(sentence) as string,
    });
  });

  it('keeps its card when the bot fails', async () => {
    await open(shown('Step 1'));
    answers.push({ status: 500 });
    expect(await world.teams.dialogs.press('alice', 'Send')).toMatchObject({ kind: 'error' });
    expect(world.teams.dialogs.of('alice')?.title).toBe('Step 1');
  });

  it('refuses buttons that do nothing in a dialog', async () => {
    const dead = [{ type: 'Action.Execute', title: 'Go', verb: 'go' }, opens];
    await open(shown('Step 1', card([], { actions: dead })));
    await expect(world.teams.dialogs.press('alice', 'Go')).rejects.toThrow('does nothing: Action.Execute');
    await expect(world.teams.dialogs.press('alice', 'Ask')).rejects.toThrow('a dialog opens no other dialog');
  });

  it('searches only where the bot is installed', async () => {
    const field = {
      type: 'Input.ChoiceSet',
      id: 'found',
      style: 'filtered',
      choices: [],
      'choices.data': { type: 'Data.Query', dataset: 'x' },
    };
    await open(shown('Step 1', card([field])));
    const value = { results: [{ title: 'One', value: '1' }] };
    answers.push({ body: { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value } });
    expect(await world.teams.dialogs.search('alice', 'found', 'o')).toEqual([{ title: 'One', value: '1' }]);

    await world.teams.uninstall('team');
    expect(await world.teams.dialogs.search('alice', 'found', 'o')).toBeUndefined();
  });
});
