import { chatOf, askAndWrite, channel, subscribed } from '../../fakes/story.ts';
import type { AlertKind } from '../../../src/core/alert/occurrence.ts';
import type { ExemptState } from '../../../src/core/tenant/policy.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { alice, bob, shopProd, vm1 } from '../../core/contoso.ts';
import { assignment, exemption, ownInitiative } from '../../core/policies.ts';
import { disks } from '../../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { stepsIn, turnOfSweep } from '../../fakes/turn-of-sweep.ts';

const [alerts, elsewhere] = [channel('alerts'), channel('elsewhere')];
const later = assignment('later', shopProd, ownInitiative);

type Story = { readonly world: TestDesk; readonly request: ExemptionRequest };

const written = async (kind: AlertKind): Promise<Story> => {
  const world = await makeDesk();
  await world.meet(chatOf(alice), chatOf(bob));
  await subscribed(world, alerts, 'alerts', { kinds: [kind] });
  await subscribed(world, elsewhere, 'alerts', { kinds: ['expiring', 'orphaned'] });
  await sweepExemptions(world.desk);
  const request = await askAndWrite(world, { expiry: '60' });
  await turnOfSweep(world);
  world.tenant.show(disks, vm1, 'exempt');
  world.clock.forward({ days: 31 });
  await turnOfSweep(world);
  world.teams.posts.splice(0);
  return { world, request };
};

/** What the channel and the requester hear in one turn; the other channel, which was told only of the expiry, hears nothing. */
const heard = async (world: TestDesk): Promise<string[]> => {
  await turnOfSweep(world);
  const [there, own] = [stepsIn(world, alerts), stepsIn(world, chatOf(alice))];
  expect(own).toEqual(there);
  expect(stepsIn(world, elsewhere)).toEqual([]);
  world.teams.posts.splice(0);
  return there;
};

describe('a coverage gap that was told', () => {
  const opened = async (): Promise<Story> => {
    const story = await written('gap');
    story.world.tenant.assignments = [...story.world.tenant.assignments, later];
    expect(await heard(story.world)).toEqual(['gap']);
    return story;
  };

  it.each<[string, (story: Story) => unknown]>([
    ['the assignment is deleted', ({ world: { tenant } }) => (tenant.assignments = tenant.assignments.slice(0, -1))],
    [
      'somebody exempts from it, although no policy changes',
      ({ world: { tenant } }) => tenant.put(exemption(later, vm1, undefined, {})),
    ],
    [
      'the assignment excludes the scope',
      ({ world: { tenant } }) =>
        (tenant.assignments = [...tenant.assignments.slice(0, -1), { ...later, excludedScopes: [vm1] }]),
    ],
  ])('closes when %s, and whoever was told hears that once', async (_, happens) => {
    const story = await opened();
    await happens(story);
    const first = await heard(story.world);
    // What somebody wrote is known after the sweep that finds it.
    expect([...first, ...(await heard(story.world))]).toEqual(['gap-closed']);
    expect(await heard(story.world)).toEqual([]);
  });

  it('is told again when it opens again', async () => {
    const { world } = await opened();
    const [without, with_] = [world.tenant.assignments.slice(0, -1), world.tenant.assignments];
    const steps: string[][] = [];
    for (const assignments of [without, with_, with_, without]) {
      world.tenant.assignments = assignments;
      steps.push(await heard(world));
    }
    expect(steps).toEqual([['gap-closed'], ['gap'], [], ['gap-closed']]);
  });

  it('is not closed because the bot no longer sees its assignment', async () => {
    const { world } = await opened();
    world.tenant.hidden = [later.id];
    expect(await heard(world)).toEqual([]);
    world.tenant.hidden = [];
    expect(await heard(world)).toEqual([]);
  });
});

describe('a request that was told not to be needed', () => {
  const underneath = ({ targets }: ExemptionRequest, state: ExemptState['underneath']): ExemptState[] =>
    targets.map(({ assignmentId, referenceIds }) => ({
      resourceId: vm1,
      assignmentId,
      referenceId: referenceIds?.[0],
      underneath: state,
    }));

  it('is told when it is needed again, and whenever that changes once more, but not when Azure does not say', async () => {
    const { world, request } = await written('no-longer-needed');
    const steps: string[][] = [];
    for (const state of [
      'compliant',
      'non-compliant',
      'non-compliant',
      undefined,
      'compliant',
      undefined,
      'compliant',
      'non-compliant',
    ] as const) {
      world.clock.forward({ days: 1 });
      world.tenant.exemptStates = underneath(request, state);
      steps.push(await heard(world));
    }
    expect(steps).toEqual([
      ['no-longer-needed'],
      ['needed-again'],
      [],
      [],
      ['no-longer-needed'],
      [],
      [],
      ['needed-again'],
    ]);
  });
});
