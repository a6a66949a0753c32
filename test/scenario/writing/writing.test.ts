import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import { applyRequest } from '../../../src/workflow/write/apply-request.ts';
import { retryRequest } from '../../../src/workflow/decide/decide-request.ts';
import type { Desk } from '../../../src/workflow/desk.ts';
import { revokeEarly } from '../../../src/workflow/decide/revoke-early.ts';
import { startWorld, type World } from '../../world.ts';
import { people, tenantId } from '../../../simulator/tenant/contoso/people.ts';
import { botPrincipal } from '../../../simulator/tenant/person.ts';
import { dyingDesk, unlessKilled } from './dying-desk.ts';
import { standsBefore } from './stands-before.ts';
import { sendRequest } from '../steps.ts';

const personNamed = (key: string) => {
  const { objectId, name } = people.find((person) => person.key === key)!;
  return { objectId, tenantId, name };
};

describe('the writing of an approved request', () => {
  let world: World;
  let pattern: ExemptionRequest;
  let count = 0;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    const reference = await sendRequest(world, 'alice');
    pattern = (await world.app().desk.database.requests.find(reference))!;
    await world.teams.say('alice', 'personal', `withdraw ${reference}`);
  });
  afterAll(() => world.close());

  const desk = () => world.app().desk;
  const bestEffort = (): Desk => ({ ...desk(), partialRights: 'best-effort' });
  const find = async ({ reference }: ExemptionRequest) => (await desk().database.requests.find(reference))!;
  const idsOf = (request: ExemptionRequest) => request.targets.map((target) => target.exemptionId);
  const inAzure = (request: ExemptionRequest) => idsOf(request).map((id) => world.tenant.exemptions.find(id));
  const isOurs = (request: ExemptionRequest) =>
    inAzure(request).map((found) => JSON.stringify(found?.properties.metadata ?? {}).includes(request.reference));

  /** A request that is approved, and no job knows of it: the test writes it. Nothing stands in Azure. */
  const approved = async (more: Partial<ExemptionRequest> = {}): Promise<ExemptionRequest> => {
    count += 1;
    const decision = { by: personNamed('bob'), at: world.clock.now(), comment: '' };
    const reference = `EX-TEST${String(count).padStart(3, '0')}`;
    const approvals = [more.decision ?? decision];
    const asked = { ...pattern, reference, waitingSince: world.clock.now() };
    const request: ExemptionRequest = { ...asked, status: 'approved', approvals, decision, ...more };
    await desk().database.requests.add(request);
    for (const id of idsOf(request)) world.tenant.exemptions.remove(id);
    return request;
  };

  /** Keeps the bot from exempting from everything assigned below the contoso group: the benchmark there stays open to it. */
  const halfForbidden = async (work: () => Promise<void>): Promise<void> => {
    world.tenant.denyAssignments.push({
      name: '0de11000-0000-4000-8000-0000000000ff',
      displayName: 'Not by bots',
      scope: '/providers/Microsoft.Management/managementGroups/landingzones',
      actions: ['Microsoft.Authorization/policyAssignments/exempt/action'],
      notActions: [],
      principals: [botPrincipal.objectId],
      excludePrincipals: [],
    });
    try {
      await work();
    } finally {
      world.tenant.denyAssignments.pop();
    }
  };

  it('makes exactly one exemption for each policy assignment, and keeps no step of it', async () => {
    const request = await approved();
    await applyRequest(desk(), request.reference);

    expect(request.targets).toHaveLength(3);
    expect(isOurs(request)).toEqual([true, true, true]);
    expect(await find(request)).toMatchObject({ status: 'applied', targets: request.targets });
    expect(await desk().database.writeSteps.of(request.reference)).toEqual([]);
    const history = await desk().database.ledger.history(request.reference);
    expect(history.filter(({ event }) => event === 'exemption-written').map(({ facts }) => facts.before)).toEqual([
      'absent',
      'absent',
      'absent',
    ]);
  });

  it('takes back everything when Azure refuses a part: what was new is gone, what stood there stands again', async () => {
    await halfForbidden(async () => {
      const request = await approved();
      const before = standsBefore(world, request);
      await applyRequest(desk(), request.reference);

      expect(inAzure(request).map((found) => found?.properties)).toEqual(
        idsOf(request).map((id) => (id === before.id ? before.properties : undefined)),
      );
      const after = await find(request);
      expect(after.status).toBe('failed');
      expect(after.failure).toContain('Microsoft.Authorization/policyAssignments/exempt/action');
    });
  });

  it('writes what it may with best effort, and the rest on a second try', async () => {
    const request = await approved();
    await halfForbidden(async () => {
      await applyRequest(bestEffort(), request.reference);

      expect(isOurs(request).filter(Boolean)).toHaveLength(1);
      const after = await find(request);
      expect(after.status).toBe('partly-applied');
      expect(after.failure).toMatch(/NIST SP 800-53 Rev\. 5: Azure refused/);
    });
    await retryRequest(desk(), personNamed('bob'), { reference: request.reference, version: undefined, words: '' });
    await world.app().idle();

    expect(isOurs(request)).toEqual([true, true, true]);
    expect((await find(request)).status).toBe('applied');
  });

  it('can be taken out where a second try is refused, for what the first one wrote still stands', async () => {
    const request = await approved();
    await halfForbidden(async () => {
      await applyRequest(bestEffort(), request.reference);
      await retryRequest(desk(), personNamed('bob'), { reference: request.reference, version: undefined, words: '' });
      await world.app().idle();

      const after = await find(request);
      expect(after.status).toBe('partly-applied');
      expect(after.failure).toContain('exempt/action');
      expect(isOurs(request).filter(Boolean)).toHaveLength(1);
    });
    await revokeEarly(desk(), personNamed('alice'), { reference: request.reference, words: 'Not like this.' });
    await world.app().idle();

    expect((await find(request)).status).toBe('revoked');
    expect(inAzure(request)).toEqual([undefined, undefined, undefined]);
  });

  it('does not put back what was revoked while its renewal was half written', async () => {
    const of = `EX-TEST${String(count + 2).padStart(3, '0')}`;
    const renewal = await approved({ renewal: { of, number: 1, firstLasted: 30 } });
    const first = await approved();
    await applyRequest(desk(), of);
    expect(isOurs(first)).toEqual([true, true, true]);

    const lost = { kind: '500', method: 'PUT', match: idsOf(renewal)[1], next: 9 };
    await world.control['POST /simulator/faults']?.(lost);
    await expect(applyRequest(desk(), renewal.reference)).rejects.toMatchObject({ code: 'unavailable' });
    await world.control['POST /simulator/faults/clear']?.({});
    expect(isOurs(renewal)).toEqual([true, false, true]);
    await revokeEarly(desk(), personNamed('alice'), { reference: of, words: 'It is mended.' });
    await world.app().idle();
    await applyRequest(desk(), renewal.reference);

    expect(await find(renewal)).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining('has been removed from Azure') as string,
    });
    expect((await find(first)).status).toBe('revoked');
    expect(inAzure(first)).toEqual([undefined, undefined, undefined]);
  });

  it('has failed with best effort too when Azure refuses all of it', async () => {
    const request = await approved();
    const kept = world.tenant.roleAssignments.slice();
    const bot = kept.findIndex(({ principalId }) => principalId === botPrincipal.objectId);
    world.tenant.roleAssignments[bot] = { ...kept[bot]!, role: 'acdd72a7-3385-48ef-bd42-f606fba81ae7' };
    await applyRequest(bestEffort(), request.reference);
    world.tenant.roleAssignments.splice(0, kept.length, ...kept);

    expect(isOurs(request)).toEqual([false, false, false]);
    expect((await find(request)).status).toBe('failed');
  });

  it('goes on where it was when an answer of Azure got lost', async () => {
    const request = await approved();
    const lost = { kind: '500', method: 'PUT', match: idsOf(request)[1], next: 9, afterwards: true };
    await world.control['POST /simulator/faults']?.(lost);
    await expect(applyRequest(desk(), request.reference)).rejects.toMatchObject({ code: 'unavailable' });
    await world.control['POST /simulator/faults/clear']?.({});
    const steps = await desk().database.writeSteps.of(request.reference);
    expect(steps.map(({ state, before }) => [state, before])).toEqual([
      ['written', undefined],
      ['begun', undefined],
      ['written', undefined],
    ]);
    await applyRequest(desk(), request.reference);

    expect(isOurs(request)).toEqual([true, true, true]);
    expect((await find(request)).status).toBe('applied');
  });

  it('writes nothing when the approver has lost the right meanwhile', async () => {
    const request = await approved({ decision: { by: personNamed('carol'), at: world.clock.now(), comment: '' } });
    await applyRequest(desk(), request.reference);

    expect(inAzure(request)).toEqual([undefined, undefined, undefined]);
    expect(await find(request)).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining('none of your Azure roles') as string,
    });
  });

  it('leaves out an assignment that is gone, and never adds one that came since', async () => {
    const request = await approved();
    const { policyAssignments } = world.tenant;
    const kept = policyAssignments.slice();
    const gone = policyAssignments.findIndex(({ name }) => name === 'nist-sp-800-53-r5');
    const [removed] = policyAssignments.splice(gone, 1);
    policyAssignments.push({ ...removed!, id: `${removed!.id}-new`, name: 'nist-new', displayName: 'NIST, new' });
    await world.clock.advance('PT2M');
    await applyRequest(desk(), request.reference);
    policyAssignments.splice(0, policyAssignments.length, ...kept);

    const after = await find(request);
    expect(after).toMatchObject({ status: 'applied', targets: { length: 2 } });
    const [written] = (await desk().database.ledger.history(request.reference)).slice(-1);
    expect(written?.facts).toMatchObject({ notCovered: 'NIST, new' });
    expect(
      world.tenant.exemptions.all().filter(({ properties }) => /nist-new/i.test(properties.policyAssignmentId)),
    ).toEqual([]);
    await world.clock.advance('PT2M');
  });

  it('writes nothing that another exemption covers by now', async () => {
    const request = await approved();
    const [template] = world.tenant.exemptions.all();
    for (const { assignmentId, scope } of request.targets) {
      const name = `wide-${assignmentId.split('/').at(-1)}`;
      const group = scope.split('/providers/')[0]!;
      const id = `${group}/providers/Microsoft.Authorization/policyExemptions/${name}`;
      const properties = {
        policyAssignmentId: assignmentId,
        exemptionCategory: 'Waiver',
        displayName: 'The whole group',
      };
      world.tenant.exemptions.write({ ...template!, id, name, scope: group, properties }, { settled: true });
    }
    await world.clock.advance('PT2M');
    await applyRequest(desk(), request.reference);
    for (const { id, name } of world.tenant.exemptions.all())
      if (name.startsWith('wide-')) world.tenant.exemptions.remove(id);
    await world.clock.advance('PT2M');

    expect(inAzure(request)).toEqual([undefined, undefined, undefined]);
    expect((await find(request)).failure).toContain('already exempt by “The whole group”');
  });

  describe.each(['before', 'after'] as const)('killed right %s any contact with Azure or the database', (when) => {
    /** Kills the writing at its first contact, then at its second …, lets the next run end it, and looks. */
    const survive = async (look: (request: ExemptionRequest, before: { properties: object }) => Promise<void>) => {
      for (let at = 1; ; at += 1) {
        const request = await approved();
        const before = standsBefore(world, request);
        const mortal = dyingDesk(desk(), at, when);
        await applyRequest(mortal.desk, request.reference).catch(unlessKilled);
        await applyRequest(desk(), request.reference);
        await look(request, before);
        expect(await desk().database.writeSteps.of(request.reference)).toEqual([]);
        if (mortal.survived()) return at;
      }
    };

    it('writes all of it', async () => {
      const rounds = await survive(async (request) => {
        expect((await find(request)).status).toBe('applied');
        expect(isOurs(request)).toEqual([true, true, true]);
      });
      expect(rounds).toBeGreaterThan(12);
    });

    it('or leaves everything as it was', async () => {
      await halfForbidden(async () => {
        const rounds = await survive(async (request, before) => {
          expect(await find(request)).toMatchObject({
            status: 'failed',
            failure: expect.stringContaining('exempt/action') as string,
          });
          const standing = inAzure(request).filter((found) => found !== undefined);
          expect(standing).toHaveLength(1);
          expect(standing[0]?.properties).toEqual(before.properties);
        });
        expect(rounds).toBeGreaterThan(8);
      });
    });
  });
});
