import { listExempted } from '../../../src/workflow/recommendation/list-exempted.ts';
import { bob, vm1 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot, boot, disks } from '../../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { pendingRequest } from '../../store/samples.ts';

const asker = { person: bob, channelId: undefined };

describe('the list of exempt resources', () => {
  let world: TestDesk;
  beforeEach(async () => {
    world = await makeDesk();
    const [one] = world.tenant.assessments;
    world.tenant.assessments = Array.from({ length: 23 }, (_, at) => ({
      ...one!,
      status: 'exempt' as const,
      resourceId: `${vm1}x${String(at).padStart(2, '0')}`,
    }));
  });

  it('reads the page that is asked for alone, and the last one for a page beyond it', async () => {
    const looked: unknown[] = [];
    const { recommendations } = world.desk;
    const desk = {
      ...world.desk,
      recommendations: {
        ...recommendations,
        assessments: () => Promise.reject(new Error('It reads all of them.')),
        ofStatus: (...question: Parameters<typeof recommendations.ofStatus>) => {
          looked.push(question[1]);
          return recommendations.ofStatus(...question);
        },
      },
    };
    const namesOn = async (number: number) => {
      const { page } = await listExempted(desk, asker, disks.key, number);
      return [page.number, page.found, page.rows.map(({ assessment }) => assessment.resourceId.slice(-3))];
    };
    expect(await namesOn(2)).toEqual([2, 23, Array.from({ length: 10 }, (_, at) => `x${at + 10}`)]);
    expect(await namesOn(99)).toEqual([3, 23, ['x20', 'x21', 'x22']]);
    expect(looked).toEqual([
      { skip: 10, most: 10 },
      { skip: 980, most: 10 },
      { skip: 20, most: 10 },
    ]);
  });

  it('names the request that made an exemption, only if that request knows it', async () => {
    const scope = `${vm1}x00`;
    const id = `${scope}/providers/Microsoft.Authorization/policyExemptions/ED-1`;
    const guid = '99999999-0000-4000-8000-000000000001';
    world.tenant.put(
      exemption(atRoot, scope, ['diskEncryption'], { id, requestReference: 'EX-0001', createdBy: guid }),
    );
    const first = async () => (await listExempted(world.desk, asker, disks.key, 1)).page.rows[0];
    expect(await first()).toMatchObject({ exemption: { id, createdBy: undefined }, request: undefined });
    const [target] = pendingRequest('EX-0001').targets;
    await world.desk.database.requests.add(pendingRequest('EX-0001', { targets: [{ ...target!, exemptionId: id }] }));
    expect(await first()).toMatchObject({ request: { reference: 'EX-0001' } });
  });

  it('is none of a recommendation that concerns nothing in sight', async () => {
    await expect(listExempted(world.desk, asker, boot.key, 1)).rejects.toMatchObject({ code: 'not-found' });
  });
});
