import type { Json, TestMessage } from '../../../simulator/teams/message.ts';
import { startWorld, type World } from '../../world.ts';
import { latest, offered, openForm } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

/** Stands in every hostile text, so that each place where one turns up can be found. */
const marker = 'zqx';
const shownAsTyped = [
  `\${$root} \${${marker}} {{${marker}}}`,
  `[${marker}](https://evil.example)`,
  `<img src=${marker} onerror=alert(1)> &lt;b&gt;`,
  `**${marker}** _${marker}_ \`${marker}\` # ${marker}`,
  `'; drop table requests; -- ${marker}`,
  `👩‍👩‍👧‍👦 𝕫𝕢𝕩 ${marker}`,
];
const shownWithoutTricks = [
  [`<at>Bob Berger</at> ${marker}`, `‹at>Bob Berger‹/at> ${marker}`],
  [`\u202eesrever ${marker}\u202c`, `esrever ${marker}`],
  [`ze\u200bro ${marker}\u0000\ud83d`, `zero ${marker}`],
] as const;
const hostile = [...shownAsTyped, ...shownWithoutTricks.map(([typed]) => typed)].join(' ');
const longWord = marker + 'W'.repeat(300);

type Found = { readonly where: string; readonly text: string };

/** Every string that a card shows and that holds a text of a person, with the kind of element and the property that it stands in. */
const markedIn = (value: unknown, element = '', property = ''): Found[] => {
  if (typeof value === 'string')
    return value.includes(marker) ? [{ where: `${element}.${property}`, text: value }] : [];
  if (Array.isArray(value)) return value.flatMap((part) => markedIn(part, element, property));
  if (typeof value !== 'object' || value === null) return [];
  const { type } = value as Json;
  const here = typeof type === 'string' ? type : element;
  return Object.entries(value).flatMap(([name, part]) => (name === 'data' ? [] : markedIn(part, here, name)));
};

describe('hostile text in every field that people fill in', () => {
  let world: World;
  let posts: readonly TestMessage[];
  const logged: string[] = [];

  /** Asks with hostile text in every field; the reference of the request. */
  const ask = async (resource: string): Promise<string> => {
    const form = await openForm(world, 'alice');
    await world.teams.press('alice', form, 'Preview', {
      scope: 'resources',
      resources: offered(world, 'alice', form, resource),
      category: 'Waiver',
      expiry: '7',
      name: `${shownAsTyped.slice(0, 2).join(' ')} ${resource}`,
      justification: `${hostile} ${longWord}`,
      ticket: `[${marker}](https://evil.example)`,
    });
    await world.teams.press('alice', form, 'Send', {});
    await world.app().idle();
    const [request] = await everyRequest(world.app().desk.database.requests, ['pending']);
    return request!.reference;
  };

  beforeAll(async () => {
    world = await startWorld({ logTo: { write: (line: string) => void logged.push(line) } });
    const { teams } = world;
    await teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.app().tick();
    const rejected = await ask('stshoplogs');
    await teams.press('bob', latest(world, '#approvals').id, `Reject ${rejected}`, { reason: hostile });
    const approved = await ask('stshopprod');
    await teams.press('bob', latest(world, '#approvals').id, `Approve ${approved}`, { comment: hostile });
    await world.app().idle();
    await world.app().tick();
    for (const line of ['requests all', `request ${rejected}`, `request ${approved}`, `exemptions ${marker}`])
      await teams.say('bob', 'personal', line);
    const form = await openForm(world, 'alice');
    const [, draftId] = /"draftId":"([^"]+)"/.exec(JSON.stringify(teams.cardFor('alice', form)))!;
    await teams.submit('alice', form, { verb: 'preview-request', draftId, name: hostile, justification: hostile });
    await teams.say('bob', 'personal', `recommendation ${hostile.slice(0, 300)}`);
    await teams.say('bob', 'personal', `recommendations ${hostile.slice(0, 300)}`);
    posts = ['alice', 'bob', '#approvals', '#security-alerts']
      .flatMap((chat) => teams.messages(chat))
      .filter(({ from }) => from === 'bot');
  });
  afterAll(() => world.close());

  it('stands in text runs only, or in the field where it was typed', () => {
    const found = posts.flatMap(({ cards }) => markedIn(cards));

    expect(found.length).toBeGreaterThan(20);
    expect([...new Set(found.map(({ where }) => where))].sort()).toEqual(['Input.Text.value', 'TextRun.text']);
  });

  it('is shown as it was typed, without what only deceives', () => {
    const runs = posts.flatMap(({ cards }) => markedIn(cards)).map(({ text }) => text);
    const readable = (text: string) => runs.some((run) => run.includes(text));

    expect(shownAsTyped.filter((text) => !readable(text))).toEqual([]);
    expect(shownWithoutTricks.filter(([, shown]) => !readable(shown))).toEqual([]);
    expect(runs.join('')).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
  });

  it('is plain text in messages', () => {
    const said = posts.filter(({ text }) => text.includes(marker));

    expect(said.length).toBeGreaterThan(1);
    expect(said.filter(({ textFormat }) => textFormat !== 'plain')).toEqual([]);
    expect(said.filter(({ text }) => text.includes('<at>'))).toEqual([]);
  });

  it('leaves no placeholder and mentions nobody', () => {
    expect(posts.flatMap(({ entities }) => entities)).toEqual([]);
    expect(JSON.stringify(posts.map(({ cards }) => cards))).not.toMatch(/\$\{(?!\$root\}|zqx\})/);
  });

  it('reaches Azure whole and well formed', () => {
    const written = world.tenant.exemptions.all().filter(({ properties }) => properties.displayName?.includes(marker));

    expect(written.length).toBeGreaterThan(0);
    for (const { properties } of written) {
      expect(properties.displayName).toContain(shownAsTyped[1]);
      expect(properties.description?.length).toBeLessThanOrEqual(512);
      expect(properties.description).toMatch(/approved by Bob Berger\)$/);
      expect(properties.description?.isWellFormed()).toBe(true);
    }
  });

  it('stays out of the log', () => {
    expect(logged.filter((line) => line.includes(marker))).toEqual([]);
  });

  describe('when something of ours breaks', () => {
    const database = () => world.app().desk.database;
    const broken = () =>
      Promise.reject(new Error(`Failed query: insert … params: ${hostile}`, { cause: new Error('connection closed') }));

    /** What Alice reads while a part of the database is broken, and what the log says. */
    const saidWhile = async (part: object, act: () => Promise<unknown>) => {
      const intact = { ...database() };
      const before = world.teams.messages('alice').length;
      logged.length = 0;
      Object.assign(database(), part);
      await act().finally(() => Object.assign(database(), intact));
      const said = world.teams.messages('alice').slice(before);
      return said.filter(({ from }) => from === 'bot').map(({ text }) => text);
    };

    it.each([
      ['a handler', () => ({ requests: { ...database().requests, page: broken, count: broken } })],
      ['the database before a handler, again and again', () => ({ conversations: { find: broken, remember: broken } })],
    ])('tells the person a reference that stands in the log (%s)', async (_name, part) => {
      const said = await saidWhile(part(), () => world.teams.say('alice', 'personal', 'requests mine'));
      const [, reference] = /^Something went wrong \(reference (\w+)\)\./.exec(said.at(-1) ?? '') ?? [];

      expect(reference).toBeDefined();
      const lines = logged.map((line) => JSON.parse(line) as { reference?: string; correlation?: string });
      expect(lines.flatMap((line) => line.reference ?? [])).toEqual([reference]);
      expect(lines.at(-1)?.correlation).toBeDefined();
      expect(logged.at(-1)).toContain('connection closed');
      expect(logged.join()).not.toContain(marker);
    });

    it('works again afterwards', async () => {
      const { replies } = await world.teams.say('alice', 'personal', 'requests mine');

      expect(replies.at(-1)?.visibleText).toContain('My requests');
    });
  });
});
