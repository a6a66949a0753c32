import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { startTeamsWithStubBot } from './stub-bot.ts';
import type { TeamsWithStubBot } from './stub-bot.ts';

type State = {
  chats: { where: string; unread: boolean }[];
  messages: { where: string; author: string; text: string }[];
};
type Markdown = { markdownToHtml: (text: string) => string };

describe('the chat page', () => {
  let world: TeamsWithStubBot;
  const moved: unknown[] = [];
  beforeAll(async () => {
    const move = async (body: unknown) => {
      if (body === undefined) throw new Error('How far?');
      moved.push(body);
      return { now: 'later' };
    };
    world = await startTeamsWithStubBot({ control: { 'POST /simulator/clock': move } });
  });
  afterAll(() => world.close());

  const send = (path: string, body?: unknown) =>
    fetch(`${world.teams.url}${path}`, { method: 'POST', ...(body !== undefined && { body: JSON.stringify(body) }) });
  const stateFor = async (person: string) =>
    (await (await fetch(`${world.teams.url}/page-data/state?as=${person}`)).json()) as State;

  it('serves every file that it names', async () => {
    const html = await (await fetch(world.teams.url)).text();
    const files = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1]!);
    expect(files).toContain('/adaptivecards/adaptivecards.min.js');
    const modules = files.filter((file) => file.startsWith('/page/') && file.endsWith('.js'));
    for (const file of modules) {
      const text = await (await fetch(`${world.teams.url}${file}`)).text();
      const imported = [...text.matchAll(/from '\.(\/[a-z-]+\.js)'/g)].map((match) => `/page${match[1]!}`);
      modules.push(...imported.filter((name) => !modules.includes(name)));
    }
    expect(modules).toContain('/page/faults.js');
    files.push(...modules);
    for (const file of files) expect(await fetch(`${world.teams.url}${file}`)).toHaveProperty('status', 200);
    expect(await fetch(`${world.teams.url}/page/..%2Fserver.ts`)).toHaveProperty('status', 404);
  });

  it('shows each person only their own chats, and what they have not read', async () => {
    await send('/page-data/say', { as: 'alice', where: 'personal', text: 'a secret' });
    await send('/page-data/say', { as: 'alice', where: '#approvals', text: 'hello all' });

    const bob = await stateFor('bob');
    expect(bob.messages).toMatchObject([{ where: '#approvals', author: 'Alice Anders', text: 'hello all' }]);
    const unread = async () => (await stateFor('bob')).chats.filter((chat) => chat.unread).map((chat) => chat.where);
    expect(await unread()).toEqual(['#approvals']);
    await send('/page-data/read', { as: 'bob', where: '#approvals' });
    expect(await unread()).toEqual([]);
    expect((await stateFor('alice')).messages).toHaveLength(2);
  });

  it('streams what happens to the people who may see it', async () => {
    const watch = async (person: string) => {
      const [response] = (await once(get(`${world.teams.url}/page-data/events?as=${person}`), 'response')) as [
        IncomingMessage,
      ];
      let heard = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (heard += chunk));
      const until = async (words: string): Promise<string> => {
        while (!heard.includes(words)) await once(response, 'data');
        return heard;
      };
      return { until, stop: () => response.destroy() };
    };
    const alice = await watch('alice');
    const bob = await watch('bob');
    const say = (name: string, body: object) =>
      world.connector('POST', world.activitiesOf(world.conversationId(name)), body);
    await say('alice', { type: 'message', text: 'for Alice' });
    await say('#team-shop', { type: 'typing' });
    await say('#team-shop', { type: 'message', text: 'for everybody' });

    expect(await alice.until('for everybody')).toContain('for Alice');
    const heardByBob = await bob.until('for everybody');
    expect(heardByBob).toContain('event: typing\ndata: {"where":"#team-shop"}');
    expect(heardByBob).not.toContain('for Alice');
    alice.stop();
    bob.stop();
  });

  it('mounts the controls of the simulated world as they are', async () => {
    expect(await (await send('/simulator/clock', { advance: 'P7D' })).json()).toEqual({ now: 'later' });
    expect(moved).toEqual([{ advance: 'P7D' }]);
    const failed = await send('/simulator/clock');
    expect([failed.status, await failed.json()]).toMatchObject([400, { error: { message: 'How far?' } }]);
  });

  it('refuses what makes no sense', async () => {
    expect(await send('/page-data/say', { as: 'nobody', where: 'personal', text: 'x' })).toHaveProperty('status', 400);
    expect(await send('/page-data/say', { as: 'alice', where: 'personal' })).toHaveProperty('status', 400);
  });

  it('turns Markdown into HTML without letting any in', async () => {
    const path = '../../../simulator/teams/page/markdown.js';
    const { markdownToHtml } = (await import(path)) as Markdown;
    expect(markdownToHtml('**bold** and *it* [docs](https://learn.microsoft.com/a)')).toBe(
      '<b>bold</b> and <i>it</i> <a href="https://learn.microsoft.com/a" target="_blank" rel="noopener noreferrer">docs</a>',
    );
    expect(markdownToHtml('- one\n- two')).toBe('<ul><li>one</li><li>two</li></ul>');
    expect(markdownToHtml('\\*plain\\* snake_case_name')).toBe('*plain* snake_case_name');
    expect(markdownToHtml('<img src=x onerror=alert(1)> [x](javascript:alert(1))')).toBe(
      '&lt;img src=x onerror=alert(1)&gt; [x](javascript:alert(1))',
    );
    expect(markdownToHtml('[x](https://a" onclick="b)')).not.toContain('onclick="');
  });
});
