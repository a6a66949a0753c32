import { readFileSync } from 'node:fs';
import { tellDemoStory } from '../../simulator/demo-story.ts';
import { firstRequest, firstThings } from '../../simulator/first-things.ts';
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
