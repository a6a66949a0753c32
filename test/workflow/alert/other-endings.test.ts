import type { AlertKind } from '../../../src/core/alert/occurrence.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import { adoptExemption } from '../../../src/workflow/ask/adopt-exemption.ts';
import { approveRequest, rejectRequest } from '../../../src/workflow/decide/decide-request.ts';
import { revokeEarly } from '../../../src/workflow/decide/revoke-early.ts';
import { watchWaiting } from '../../../src/workflow/decide/watch-waiting.ts';
import { cleanUp } from '../../../src/workflow/inventory/clean-up.ts';
import { bob, carol, vm1 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot, disks } from '../../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { askInEmergency, channel, chatOf, current, subscribed } from '../../fakes/story.ts';
import { stepsIn, turnOfSweep } from '../../fakes/turn-of-sweep.ts';

const alerts = channel('alerts');

type Story = { readonly world: TestDesk; readonly request: ExemptionRequest };

describe('an emergency', () => {
  const inEmergency = async (): Promise<Story> => {
    const world = await makeDesk();
    await world.meet(chatOf(bob));
    await subscribed(world, alerts, 'alerts', { kinds: ['created', 'expiring'] });
    await turnOfSweep(world);
    const request = await askInEmergency(world);
    world.tenant.show(disks, vm1, 'exempt');
    await world.runJobs();
    await turnOfSweep(world);
    expect(stepsIn(world, alerts)).toEqual(['created']);
    world.teams.posts.splice(0);
    return { world, request };
  };
  const titles = ({ teams }: TestDesk): string[] => teams.in(alerts, 'alert').map(({ alert }) => alert.title);

  it('that nobody approves is taken back, and whoever heard of it hears that, once', async () => {
    for (const sweepFirst of [false, true]) {
      const { world, request } = await inEmergency();
      world.clock.forward({ hours: 72 });
      if (sweepFirst) await turnOfSweep(world);
      await watchWaiting(world.desk);
      await world.runJobs();
      await turnOfSweep(world);
      expect(await current(world, request.reference)).toMatchObject({ status: 'revoked' });
      expect(world.tenant.exemptions()).toEqual([]);
      expect(titles(world)).toEqual([
        'Emergency exemption taken out: nobody approved it, so the recommendation is open again',
      ]);
    }
  });

  it('says before its end when it is taken out unless somebody approves, with Approve for everybody but its requester', async () => {
    const { world, request } = await inEmergency();
    world.clock.forward({ hours: 50 });
    await turnOfSweep(world);
    expect(world.teams.in(alerts, 'alert')).toMatchObject([
      {
        alert: {
          title: 'Emergency exemption: taken out on 24 Nov 2026, 12:00 (UTC) unless somebody approves it',
          approve: request.termsVersion,
        },
      },
    ]);
    const [own] = world.teams.in(chatOf(bob), 'alert');
    expect(own?.alert.title).toContain('unless somebody approves it');
    expect(own?.alert.approve).toBeUndefined();
    world.teams.posts.splice(0);
    await approveRequest(world.desk, carol, {
      reference: request.reference,
      version: request.termsVersion,
      words: '',
    });
    await world.runJobs();
    await turnOfSweep(world);
    expect(titles(world)).toEqual(['Emergency exemption approved: it stays in Azure']);
  });

  it('that is rejected is revoked, and whoever heard of it hears that', async () => {
    const { world, request } = await inEmergency();
    await rejectRequest(world.desk, carol, { reference: request.reference, version: undefined, words: 'No.' });
    await world.runJobs();
    await turnOfSweep(world);
    expect(stepsIn(world, alerts)).toEqual(['revoked']);
  });
});

describe('an exemption that was made outside', () => {
  const outside = async (filter: AlertKind): Promise<{ world: TestDesk; id: string }> => {
    const world = await makeDesk();
    await subscribed(world, alerts, 'alerts', { kinds: [filter] });
    await turnOfSweep(world);
    const made = exemption(atRoot, vm1, ['diskEncryption'], { createdAt: world.clock.now() });
    world.tenant.put(made);
    await turnOfSweep(world);
    return { world, id: made.id };
  };

  it('is adopted: who heard that it was made hears to whom it belongs, and later its end', async () => {
    const { world, id } = await outside('created');
    expect(stepsIn(world, alerts)).toEqual(['created']);
    world.teams.posts.splice(0);
    const { reference } = await adoptExemption(world.desk, bob, id, 'It is needed until the migration is over.');
    await world.runJobs();
    await turnOfSweep(world);
    expect(stepsIn(world, alerts)).toEqual(['adopted']);
    world.teams.posts.splice(0);
    await revokeEarly(world.desk, bob, { reference, words: 'Done.' });
    await world.runJobs();
    await turnOfSweep(world);
    expect(stepsIn(world, alerts)).toEqual(['revoked']);
  });

  it('is extended, and then deleted: who heard that it was made hears both', async () => {
    const { world, id } = await outside('created');
    world.teams.posts.splice(0);
    world.tenant.change(id, { expiresAt: new Date('2027-06-30T00:00:00Z') });
    await turnOfSweep(world);
    world.tenant.delete(id);
    await turnOfSweep(world);
    expect(stepsIn(world, alerts)).toEqual(['changed', 'deleted']);
  });

  it('is cleaned up: who heard that it was orphaned hears who deleted it', async () => {
    const { world, id } = await outside('orphaned');
    world.tenant.assignments = world.tenant.assignments.slice(1);
    await turnOfSweep(world);
    expect(stepsIn(world, alerts)).toEqual(['orphaned']);
    world.teams.posts.splice(0);
    const item = { exemptionId: id, scope: vm1, kind: 'orphaned', expiresAt: '2026-12-31T22:59:59.000Z' } as const;
    const at = world.clock.now();
    await world.desk.database.cleanups.add({
      id: 'plan',
      askerId: bob.objectId,
      createdAt: at,
      items: [item],
      orderedAt: at,
      outcomes: {},
    });
    await cleanUp(world.desk, 'plan');
    // However late the next sweep is.
    world.clock.forward({ hours: 3 });
    await turnOfSweep(world);
    expect(stepsIn(world, alerts)).toEqual(['cleaned']);
  });
});
