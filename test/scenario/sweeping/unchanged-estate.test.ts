import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { startWorld, type World } from '../../world.ts';
import { companies, patience } from '../companies.ts';
import { callsOf } from '../rounds-of.ts';

/** An unchanged estate costs at most so many questions; docs/performance.md promises it. */
const mostQuestions = 5;

describe.each(companies)('an estate of $tenant in which nothing changes', ({ tenant }) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ tenant });
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe everything');
    await world.app().tick();
    await world.app().idle();
  }, patience);
  afterAll(() => world.close());

  const sweep = async () => {
    let way = '';
    const { calls } = await callsOf(world, async () => {
      way = await sweepExemptions(world.app().desk);
    });
    return { way, calls };
  };

  it(
    'costs a few questions, and is read again when somebody makes an exemption in the portal',
    async () => {
      await world.clock.advance('PT2M');
      await sweep();
      const quiet = await sweep();
      expect(quiet.way).toBe('compared');
      expect(quiet.calls.length).toBeLessThanOrEqual(mostQuestions);

      await world.control['POST /simulator/portal-exemption']!({});
      expect((await sweep()).way).toBe('all');
      expect((await sweep()).way).toBe('compared');
    },
    patience,
  );

  it(
    'is read each time where Resource Graph does not say when exemptions were changed',
    async () => {
      await world.control['POST /simulator/settings']!({ changesDated: false });
      for (const way of ['all', 'all']) expect((await sweep()).way).toBe(way);
      await world.control['POST /simulator/settings']!({ changesDated: true });
      for (const way of ['all', 'compared']) expect((await sweep()).way).toBe(way);
    },
    patience,
  );
});
