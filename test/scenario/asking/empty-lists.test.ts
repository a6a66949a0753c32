import { startWorld, type World } from '../../world.ts';
import { latest } from '../steps.ts';

/** Empty is never all-clear: whoever sees nothing is told why, and what to do next. */
describe('a list that shows nothing', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
  });
  afterAll(() => world.close());

  const said = async (person: string, text: string): Promise<string> => {
    const { replies } = await world.teams.say(person, 'personal', text);
    return replies.map(({ visibleText }) => visibleText).join('\n');
  };
  const everyList = [
    'recommendations',
    'recommendations exempt',
    'exemptions',
    'requests mine',
    'requests to decide',
    'requests all',
    'report',
    'score',
    'cleanup',
  ];

  it.each(everyList)('tells somebody without any role so (%s)', async (line) => {
    expect(await said('dan', line)).toContain('None of your Azure roles lets you');
  });

  it.each(everyList)('tells somebody whose role is only eligible to activate it (%s)', async (line) => {
    expect(await said('frank', line)).toMatch(
      /Your role Security Admin would let you .* is only eligible\. Activate it in Privileged Identity Management/,
    );
  });

  it.each([
    ['carol', 'recommendations no-such-title', 'hides all 46 open recommendations'],
    ['carol', 'recommendations type:Microsoft.Nothing/there', 'hides all 46 open recommendations'],
    ['carol', 'exemptions no-such-name', 'exemptions that you can see.'],
    ['alice', 'recommendations sub:shop-test', 'No subscription or management group that you can read'],
    ['alice', 'score', 'Your Azure roles reach only a part of a subscription'],
    ['alice', 'requests mine', 'You have not requested an exemption yet'],
    ['bob', 'requests to decide', 'No request waits for a decision that your roles allow'],
    ['carol', 'requests to decide', 'None of your Azure roles lets you decide requests'],
    ['dan', 'recommendation secure transfer', 'None of your Azure roles lets you read recommendations'],
    ['frank', 'exemption jump host', 'Your role Security Admin would let you read exemptions, but it is only eligible'],
    ['carol', 'cleanup', 'could be deleted, but not by you: ask somebody who is Owner, Security Admin'],
  ])('tells %s what %s needs', async (person, line, words) => {
    expect(await said(person, line)).toContain(words);
  });

  it('offers what a filter hides with one press, in place', async () => {
    await said('carol', 'recommendations no-such-title');
    const card = latest(world, 'carol').id;
    await world.teams.press('carol', card, 'Show everything');

    expect(latest(world, 'carol').id).toBe(card);
    expect(latest(world, 'carol').visibleText).toContain('1–10 of 46');
  });

  it.each(everyList)('says that it is not known while Azure does not answer (%s)', async (line) => {
    await world.clock.advance('PT6M');
    await world.control['POST /simulator/faults']?.({ kind: '503', milliseconds: 0 });
    const words = await said('carol', line);
    await world.control['POST /simulator/faults/clear']?.({});

    expect(words).toMatch(/Azure did not answer.* Until then it is not known whether there are any .*\.\nStatus$/);
  });

  it.each(everyList.filter((line) => line !== 'requests mine'))(
    'says that Exemption Desk itself may read nothing (%s)',
    async (line) => {
      await world.control['POST /simulator/bot-role']?.({ held: false });
      await world.clock.advance('PT6M');
      const words = await said('carol', line);
      await world.control['POST /simulator/bot-role']?.({ held: true });

      expect(words).toMatch(/role.* Please tell its operator|Exemption Desk.*Until then it is not known/);
      expect(words).not.toContain('None of your Azure roles');
    },
  );
});
