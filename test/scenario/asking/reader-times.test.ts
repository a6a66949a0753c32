import { startWorld, worldStarts, type World } from '../../world.ts';
import { patience } from '../companies.ts';
import { latest, sendRequest } from '../steps.ts';

/** The world starts at 08:00 UTC on a day without a change of the clocks anywhere near. */
const [inNewYork, inBerlin] = [/1 Dec 2026, 3:\d\d AM(?! \()/, /1 Dec 2026, 09:\d\d(?! \()/];
const inConfiguredZone = /1 Dec 2026, 09:\d\d \(Europe\/Berlin\)/;
const end = '31 Dec 2026, 23:59 (Europe/Berlin)';

const requestedBy = (text: string): string => /Requested by\s*(.*)/.exec(text)?.[1] ?? '';

/** Alice works in New York, Bob in Berlin; the operator has configured Europe/Berlin. */
describe('the times on the cards of one request', () => {
  let world: World;
  let reference: string;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', time: () => worldStarts });
    world.teams.useClient('alice', { timeZone: 'America/New_York', locale: 'en-US' });
    world.teams.useClient('bob', { timeZone: 'Europe/Berlin', locale: 'de-DE' });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.teams.say('bob', 'personal', 'help');
    reference = await sendRequest(world, 'alice');
    await world.app().idle();
  }, patience);
  afterAll(() => world.close());

  const cardOf = async (person: string): Promise<string> => {
    await world.teams.say(person, 'personal', `request ${reference}`);
    return latest(world, person).visibleText;
  };

  it('are those of the reader in personal chats, the configured ones in the channel, and ends move nowhere', async () => {
    const [alice, bob, channel] = [await cardOf('alice'), await cardOf('bob'), latest(world, '#approvals').visibleText];
    expect(requestedBy(alice)).toMatch(inNewYork);
    expect(requestedBy(bob)).toMatch(inBerlin);
    expect(requestedBy(channel)).toMatch(inConfiguredZone);
    for (const text of [alice, bob, channel]) expect(text).toContain(end);
    expect([alice, bob].map((text) => text.includes('History, in your time'))).toEqual([true, true]);
    expect(channel).toContain('History, times in Europe/Berlin');
  });

  it('name a configured zone once in a sentence, and a reader’s own never', async () => {
    const line = (text: string): string => /Waiting since[^\n]*/.exec(text)![0];
    expect(line(latest(world, '#approvals').visibleText).match(/\(Europe\/Berlin\)/g)).toHaveLength(1);
    expect(line(await cardOf('alice'))).not.toContain('(');
  });

  it('are those of the reader in the view that Teams fetches for them alone in a channel', async () => {
    const { id } = latest(world, '#approvals');
    await world.teams.refresh('bob', id);
    expect(/Alice Anders, ([^"]*)"/.exec(JSON.stringify(world.teams.cardFor('bob', id)))![1]).toMatch(inBerlin);
    expect(requestedBy(latest(world, '#approvals').visibleText)).toMatch(inConfiguredZone);
  });

  it('are remembered for what comes without a question, also after a restart', async () => {
    await world.restartApp();
    await world.teams.say('bob', '#approvals', `@Exemption Desk approve ${reference} fine with me`);
    await world.app().idle();
    const [card] = world.teams
      .messages('alice')
      .filter(({ from, visibleText }) => from === 'bot' && visibleText.includes('Requested by'))
      .slice(-1);
    expect(card!.visibleText).toMatch(/Approved by Bob Berger on 1 Dec 2026, 3:\d\d AM\./);
    expect(card!.visibleText).toContain(end);
  });

  it('follow somebody who travels, and stay known when their client does not tell', async () => {
    world.teams.useClient('alice', { timeZone: 'Asia/Kolkata', locale: 'en-GB' });
    expect(requestedBy(await cardOf('alice'))).toMatch(/1 Dec 2026, 13:3\d(?! \()/);
    world.teams.useClient('alice', { timeZone: 'Mars/Olympus_Mons', locale: 'x'.repeat(5000) });
    expect(requestedBy(await cardOf('alice'))).toMatch(/1 Dec 2026, 13:3\d(?! \()/);
  });
});
