import type { TestMessage } from '../../../simulator/teams/message.ts';
import { startWorld, type World } from '../../world.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { sendRequest } from '../steps.ts';

const labels = ['To decide', 'My requests', 'Ending within 30 days', 'Open on my resources'];

/** The home card and the lists behind it, as people with different roles see them. */
describe.each(companies)('the home card at $tenant', ({ tenant }) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    await world.app().tick();
  }, patience);
  afterAll(() => world.close());

  const homesOf = (person: string): TestMessage[] =>
    world.teams
      .messages(person)
      .filter(({ from, visibleText }) => from === 'bot' && visibleText.includes('Kept current'));
  const homeOf = (person: string): TestMessage => homesOf(person).at(-1)!;
  /** The titles of its rows, which are what a press sends: "To decide: 3". */
  const titlesOf = (person: string): string[] => {
    const card = JSON.stringify(world.teams.cardFor(person, homeOf(person).id));
    return labels.map((label) => new RegExp(`"title":"(${label}: [^"]+)"`).exec(card)![1]!);
  };
  const numberIn = (title: string): string => /: ([^.]+)/.exec(title)![1]!;

  /** How many rows a list has, by what it says of itself. */
  const lengthOf = ({ visibleText, cards }: TestMessage): string => {
    const many = /–[\d,]+ of ([\d,]+)/.exec(visibleText)?.[1];
    const rows = new Set(
      [
        ...JSON.stringify(cards).matchAll(
          /"verb":"show-(?:request|exemption|recommendation)","(?:reference|id|assessmentKey)":"([^"]+)"/g,
        ),
      ].map(([, id]) => id),
    );
    return many ?? String(rows.size);
  };

  it.each(['teamMember', 'approver', 'auditor', 'stranger'] as const)(
    'has for the %s the lengths of the lists that its rows open, and stays where it is',
    async (who) => {
      const { key } = inCompany(world.tenant)[who];
      await world.teams.say(key, 'personal', 'hi');
      const home = homeOf(key);
      for (const title of titlesOf(key)) {
        await world.teams.press(key, home.id, title, {});
        const list = world.teams.messages(key).at(-1)!;
        expect(list.id).not.toBe(home.id);
        if (numberIn(title) === '–') expect(list.visibleText).toMatch(/[Nn]one of your Azure roles|only eligible/);
        else if (!list.visibleText.includes('more than'))
          expect([title, lengthOf(list)]).toEqual([title, numberIn(title)]);
      }
      expect(homeOf(key).id).toBe(home.id);
    },
    patience,
  );

  it('follows a request from asking to deciding in the place where it stands', async () => {
    const { key: approver } = inCompany(world.tenant).approver;
    await world.teams.say('alice', 'personal', 'home');
    const before = titlesOf('alice').map(numberIn);
    await world.clock.advance('PT1M');
    const reference = await sendRequest(world, 'alice');
    await world.teams.say(approver, 'personal', 'home');
    const posted = [homesOf('alice').length, homesOf(approver).length];
    const waiting = Number(numberIn(titlesOf(approver)[0]!));
    expect(titlesOf('alice').map(numberIn)[1]).toBe(String(Number(before[1]) + 1));
    await world.clock.advance('PT1M');
    await world.teams.say(approver, 'personal', `approve ${reference}`);
    await world.app().idle();
    await world.clock.advance('PT1M');
    expect(numberIn(titlesOf(approver)[0]!)).toBe(String(waiting - 1));
    expect([homesOf('alice').length, homesOf(approver).length]).toEqual(posted);
  }, 180_000);

  it('comes to the personal chat of whoever asks in a channel', async () => {
    const { key } = inCompany(world.tenant).auditor;
    const { replies } = await world.teams.say(key, '#approvals', '@Exemption Desk home');
    expect(replies.map(({ visibleText }) => visibleText).join()).not.toContain('To decide');
    expect(homesOf(key)).toHaveLength(2);
  });
});
