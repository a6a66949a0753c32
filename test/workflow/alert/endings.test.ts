import type { AlertKind } from '../../../src/core/alert/occurrence.ts';
import type { Person } from '../../../src/core/person.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import { previewRequest } from '../../../src/workflow/ask/preview-request.ts';
import { startReplacement } from '../../../src/workflow/ask/replace-request.ts';
import { sendRequest } from '../../../src/workflow/ask/send-request.ts';
import { approveRequest } from '../../../src/workflow/decide/decide-request.ts';
import { revokeEarly } from '../../../src/workflow/decide/revoke-early.ts';
import { meetPerson } from '../../../src/workflow/operate/meet-person.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { alice, bob, shopProd, vm1 } from '../../core/contoso.ts';
import { assignment, ownInitiative } from '../../core/policies.ts';
import { atLandingZones, atRoot, disks } from '../../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { askAndWrite, channel, chatOf, filledIn, sentIn, subscribed } from '../../fakes/story.ts';
import { stepsIn, turnOfSweep } from '../../fakes/turn-of-sweep.ts';

const alerts = channel('alerts');

type Story = { readonly world: TestDesk; readonly request: ExemptionRequest };

/** What a channel, or somebody, is told first. The clock stands at most 40 days after the exemption of 60 days was made. */
const beginnings: Readonly<Record<string, { readonly kind: AlertKind; readonly happens: (story: Story) => unknown }>> =
  {
    created: { kind: 'created', happens: () => undefined },
    'changed outside': {
      kind: 'changed',
      happens: ({ world, request }) => {
        for (const { exemptionId } of request.targets)
          world.tenant.change(exemptionId, { displayName: 'Something else' });
      },
    },
    'about to expire': { kind: 'expiring', happens: ({ world }) => world.clock.forward({ days: 31 }) },
    'orphaned in part': {
      kind: 'orphaned',
      happens: ({ world }) => (world.tenant.assignments = [atRoot]),
    },
    'a coverage gap': {
      kind: 'gap',
      happens: ({ world }) =>
        (world.tenant.assignments = [...world.tenant.assignments, assignment('later', shopProd, ownInitiative)]),
    },
    'no longer needed': {
      kind: 'no-longer-needed',
      happens: ({ world, request }) => {
        world.clock.forward({ days: 2 });
        world.tenant.exemptStates = request.targets.map(({ assignmentId, referenceIds }) => ({
          resourceId: vm1,
          assignmentId,
          referenceId: referenceIds?.[0],
          underneath: 'compliant' as const,
        }));
      },
    },
    'not in effect': { kind: 'not-effective', happens: ({ world }) => world.clock.forward({ hours: 27 }) },
  };

// Where the clock still stands, a renewal for as long again is a change only by its reason.
const movesLater = 'The machines move to the new cluster in January.';

const renew = async ({ world, request }: Story): Promise<void> => {
  const { draft } = await startReplacement(world.desk, alice, request.reference, 'renew');
  await previewRequest(world.desk, alice, draft.id, filledIn({ expiry: '60', justification: movesLater }));
  const { reference } = sentIn(await sendRequest(world.desk, alice, draft.id, undefined));
  await approveRequest(world.desk, bob, { reference, version: undefined, words: '' });
  await world.runJobs();
};

const end = ({ request }: Story): Date => request.terms.expiresAt!;
const deleteAll = ({ world, request }: Story): void => {
  for (const { exemptionId } of request.targets) world.tenant.delete(exemptionId);
};

/** How an exemption ends, and what the alert about it is called. */
const endings: Readonly<
  Record<
    string,
    {
      readonly steps: readonly string[];
      /** What its requester is told: the words of a text, or the step of an alert. */
      readonly toRequester: string;
      readonly happens: (story: Story) => unknown;
    }
  >
> = {
  revoked: {
    steps: ['revoked'],
    toRequester: 'was removed from Azure',
    happens: async ({ world, request: { reference } }) => {
      await revokeEarly(world.desk, alice, { reference, words: 'Done.' });
      await world.runJobs();
    },
  },
  expired: {
    steps: ['expired'],
    toRequester: 'expired',
    happens: ({ world, ...story }) => world.clock.set(end({ world, ...story })),
  },
  'expired, and deleted before anybody looked': {
    steps: ['expired'],
    toRequester: 'expired',
    happens: (story) => {
      story.world.clock.set(end(story));
      deleteAll(story);
    },
  },
  'deleted outside': { steps: ['deleted'], toRequester: 'deleted', happens: deleteAll },
  'deleted with its scope': {
    steps: ['scope-gone'],
    toRequester: 'scope-gone',
    happens: (story) => {
      story.world.tenant.deleted = [vm1];
      deleteAll(story);
    },
  },
  renewed: { steps: ['renewed'], toRequester: 'replaced', happens: renew },
};

const cases = Object.keys(beginnings).flatMap((beginning) =>
  Object.keys(endings).map((ending) => [beginning, ending] as const),
);

/** The texts and the steps of the alerts that somebody got in their own chat. */
const heardIn = (world: TestDesk, person: Person): string[] => [
  ...world.teams.in(chatOf(person), 'text').map(({ text }) => text),
  ...stepsIn(world, chatOf(person)),
];

const begun = async (
  kind: AlertKind,
  happens: (story: Story) => unknown,
  chats = [chatOf(alice), chatOf(bob)],
): Promise<Story> => {
  const world = await makeDesk();
  await world.meet(...chats);
  await subscribed(world, alerts, 'alerts', { kinds: [kind] });
  await sweepExemptions(world.desk);
  const request = await askAndWrite(world, { expiry: '60' });
  await turnOfSweep(world);
  if (kind !== 'not-effective') world.tenant.show(disks, vm1, 'exempt');
  if (kind !== 'created') world.teams.posts.splice(0);
  await happens({ world, request });
  await turnOfSweep(world);
  expect(world.teams.in(alerts, 'alert').length).toBeGreaterThan(0);
  world.teams.posts.splice(0);
  return { world, request };
};

describe('whoever heard the beginning', () => {
  it.each(cases)('%s: hears that it is %s, whatever the filter', async (beginning, ending) => {
    const { kind, happens } = beginnings[beginning]!;
    const story = await begun(kind, happens);
    await endings[ending]!.happens(story);
    await turnOfSweep(story.world);
    const { steps, toRequester } = endings[ending]!;
    expect(stepsIn(story.world, alerts)).toEqual(expect.arrayContaining([...steps]));
    expect(heardIn(story.world, alice)).toContainEqual(expect.stringContaining(toRequester));
    // An approver is told in their own chat only that it is not in effect.
    expect(stepsIn(story.world, chatOf(bob))).toEqual(kind === 'not-effective' ? steps : []);
    story.world.teams.posts.splice(0);
    await turnOfSweep(story.world);
    expect(story.world.teams.posts.filter(({ message }) => message.kind !== 'request')).toEqual([]);
  });

  it.each(Object.keys(endings))(
    'hears that it is %s once they begin a personal chat, if they are requester or approver',
    async (ending) => {
      const story = await begun('not-effective', beginnings['not in effect']!.happens, []);
      await endings[ending]!.happens(story);
      await turnOfSweep(story.world);
      for (const person of [alice, bob]) await meetPerson(story.world.desk, chatOf(person));
      await story.world.runJobs();
      const { steps, toRequester } = endings[ending]!;
      expect(heardIn(story.world, alice)).toContainEqual(expect.stringContaining(toRequester));
      expect(stepsIn(story.world, chatOf(bob))).toEqual(expect.arrayContaining([...steps]));
    },
  );

  it('hears nothing once the channel has unsubscribed', async () => {
    const story = await begun('created', () => undefined);
    await story.world.desk.database.subscriptions.remove(alerts.id, 'alerts');
    await endings.revoked!.happens(story);
    await turnOfSweep(story.world);
    expect(story.world.teams.in(alerts)).toEqual([]);
  });

  it('hears it when its quiet hours are over', async () => {
    const { world, request } = await begun('created', () => undefined);
    await subscribed(world, alerts, 'alerts', { kinds: ['created'], quiet: { from: 11 * 60, to: 14 * 60 } });
    await endings.revoked!.happens({ world, request });
    await turnOfSweep(world);
    expect(world.teams.in(alerts)).toEqual([]);
    world.clock.forward({ hours: 2 });
    await world.desk.database.jobs.send('deliver-alerts', {});
    await world.runJobs();
    expect(stepsIn(world, alerts)).toEqual(['revoked']);
  });

  it('is also the approver who was told that it is not in effect', async () => {
    const { world } = await begun('not-effective', ({ world: { clock } }) => clock.forward({ hours: 27 }));
    world.tenant.show(disks, vm1, 'exempt');
    world.clock.forward({ hours: 1 });
    await turnOfSweep(world);
    expect(stepsIn(world, chatOf(bob))).toEqual(['in-effect']);
    expect(stepsIn(world, alerts)).toEqual(['in-effect']);
    // The request itself tells its requester.
    expect(stepsIn(world, chatOf(alice))).toEqual([]);
    expect(world.teams.in(chatOf(alice), 'text')).toHaveLength(1);
  });

  it('hears that a policy assignment is back, and again if it goes once more', async () => {
    const { world } = await begun('orphaned', ({ world: { tenant } }) => (tenant.assignments = [atRoot]));
    const steps: string[][] = [];
    for (const there of [[atRoot, atLandingZones], [atRoot], [atRoot, atLandingZones]]) {
      world.tenant.assignments = there;
      await turnOfSweep(world);
      steps.push(stepsIn(world, alerts));
      world.teams.posts.splice(0);
    }
    expect(steps).toEqual([['in-force-again'], ['orphaned'], ['in-force-again']]);
  });
});
