import { readFileSync } from 'node:fs';
import { tellDemoStory, tellFabrikamStory } from '../../simulator/demo-story.ts';
import { firstRequest, firstThings, firstThingsAtFabrikam } from '../../simulator/first-things.ts';
import { startWorld, type World } from '../world.ts';
import { latest } from '../scenario/steps.ts';

describe('the first three things to try in the demo', () => {
  const printed = firstThings('http://127.0.0.1:3979');
  let world: World;
  beforeAll(async () => {
    const heard: string[] = [];
    const governance = readFileSync('simulator/demo-governance.yaml', 'utf8');
    world = await startWorld({ governance, tell: (what) => void heard.push(what) });
    expect(heard).toEqual([
      'Starting its Azure and its Teams',
      'Preparing the database (slower the first time)',
      'Starting Exemption Desk between them',
    ]);
    await tellDemoStory(world);
  });
  afterAll(() => world.close());

  const alerts = (): string =>
    world.teams
      .messages('#security-alerts')
      .map(({ visibleText }) => visibleText)
      .join('\n');

  it('are printed as the README tells them', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const words of [firstRequest, 'Preview', 'Send', '#approvals', '✓ Approve', '+30 days', '#security-alerts']) {
      expect(printed).toContain(words);
      expect(readme).toContain(words);
    }
  });

  it('work, one after the other, as printed', async () => {
    await world.teams.say('alice', 'personal', firstRequest);
    const form = latest(world, 'alice').id;
    await world.teams.press('alice', form, 'Preview', {});
    await world.teams.press('alice', form, 'Send', {});
    const [reference = ''] = /EX-[0-9A-Z]+/.exec(latest(world, 'alice').visibleText) ?? [];
    await world.app().idle();

    const request = latest(world, '#approvals');
    expect(JSON.stringify(request.cards)).toContain('"title":"✓ Approve"');
    await world.teams.press('bob', request.id, `Approve ${reference}`, {});
    await world.app().idle();
    await world.app().tick();
    expect(latest(world, '#approvals').visibleText).toContain(`Exemption request ${reference}`);
    expect(alerts()).toMatch(/Exemption created\n.*Secure transfer to storage accounts/);

    await world.clock.advance('P30D');
    expect(alerts()).toContain('Exemption about to expire');
    expect(alerts()).toContain('Exemption expired');
  });
});

describe('the first four things to try at Fabrikam', () => {
  const printed = firstThingsAtFabrikam('http://127.0.0.1:3979');
  let world: World;
  beforeAll(async () => {
    world = await startWorld({
      tenant: 'fabrikam',
      governance: readFileSync('simulator/demo-governance.yaml', 'utf8'),
    });
    await tellFabrikamStory(world);
  });
  afterAll(() => world.close());

  const said = async (as: string, text: string): Promise<string> =>
    (await world.teams.say(as, 'personal', text)).replies.map(({ visibleText }) => visibleText).join('\n');
  const last = (): string[] => [...printed.matchAll(/^ {6}(.*)$/gm)].map(([, line]) => line ?? '').slice(1);

  it('are printed as docs/simulator.md tells them', () => {
    const page = readFileSync('docs/simulator.md', 'utf8');
    for (const words of [firstRequest, 'Preview', 'Send', '#approvals', '✓ Approve', '+30 days', ...last()]) {
      expect(printed).toContain(words);
      expect(page).toContain(words);
    }
  });

  it('work, one after the other, as printed', async () => {
    await world.teams.say('alice', 'personal', firstRequest);
    const form = latest(world, 'alice').id;
    await world.teams.press('alice', form, 'Preview', {});
    await world.teams.press('alice', form, 'Send', {});
    const [reference = ''] = /EX-[0-9A-Z]+/.exec(latest(world, 'alice').visibleText) ?? [];
    await world.app().idle();
    expect(await said('bob', `approve ${reference}`)).toContain(
      'none of your Azure roles allows exemptions in Fabrikam',
    );

    await world.teams.press('sara', latest(world, '#approvals').id, `Approve ${reference}`, {});
    await world.app().idle();
    await world.app().tick();
    expect(latest(world, '#security-alerts').visibleText).toContain('Exemption created');
    expect(latest(world, '#security-alerts').visibleText).toContain(reference);

    const answers = await Promise.all(last().map((text) => said('sara', text)));
    expect(answers[0]).toMatch(/Open recommendations\nIn Fabrikam Group \(root\)/);
    expect(answers[1]).toContain('created outside Exemption Desk');
    expect(answers[2]).toContain('Secure score (classic)');
    await world.clock.advance('P30D');
    expect(latest(world, '#security-alerts').visibleText).toContain('The week in exemptions');
  });
});
