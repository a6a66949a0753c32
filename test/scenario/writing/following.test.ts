import { followRequests } from '../../../src/workflow/tell/follow-requests.ts';
import type { Assessment } from '../../../src/core/tenant/recommendation.ts';
import { everything } from '../../../src/core/tenant/hierarchy.ts';
import { queryScopes } from '../../../src/core/tenant/scope-sets.ts';
import { startWorld, type World } from '../../world.ts';
import { pendingRequest } from '../../store/samples.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const resourceGraph = '/providers/Microsoft.ResourceGraph/resources';
const count = 50;

/** What was written waits for Defender, which looks at resources only every 12 to 24 hours. */
describe('requests whose effect does not show yet', () => {
  let world: World;
  let emptyGroup: string;
  const from = () => world.clock.now();

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    const { desk } = world.app();
    const hierarchy = await desk.hierarchy();
    const open: Assessment[] = [];
    for (const { key } of await desk.recommendations.catalogue())
      open.push(
        ...(await desk.recommendations.assessments(key, queryScopes([everything], hierarchy))).filter(
          ({ status }) => status === 'unhealthy',
        ),
      );
    emptyGroup = `${hierarchy.subscriptions[0]!.id}/resourceGroups/rg-empty`;
    for (let index = 0; index < count; index += 1) {
      const { recommendationKey: key, resourceId } = open[index % open.length]!;
      const terms = pendingRequest('').terms;
      await desk.database.requests.add(
        pendingRequest(`EX-F${index}`, {
          status: 'applied',
          appliedAt: from(),
          terms: {
            ...terms,
            recommendation: { ...terms.recommendation, key },
            scopes: [resourceId],
            expiresAt: new Date(from().getTime() + 30 * 86_400_000),
          },
        }),
      );
    }
  });
  afterAll(() => world.close());

  /** The questions to Resource Graph that following them costs, so many minutes after they were written. */
  const questionsAfter = async (minutes: number): Promise<number> => {
    const { desk } = world.app();
    const at = new Date(from().getTime() + minutes * 60_000);
    const before = world.azure.requests().length;
    await followRequests({ ...desk, now: () => at });
    await world.app().idle();
    return world.azure
      .requests()
      .slice(before)
      .filter(({ path }) => path.startsWith(resourceGraph)).length;
  };

  it('are asked about together, in a few questions however many there are', async () => {
    const asked = await questionsAfter(1);
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThanOrEqual(4);
    const requests = await everyRequest(world.app().desk.database.requests, ['applied']);
    expect(requests).toHaveLength(count);
    expect(new Set(requests.map(({ progress }) => `${progress?.exempt} of ${progress?.of}`))).toEqual(
      new Set(['0 of 1']),
    );
  });

  it('are asked about each minute at first, and after an hour as often as there are sweeps', async () => {
    expect(await questionsAfter(59)).toBeGreaterThan(0);
    expect(await questionsAfter(61)).toBe(0);
    expect(await questionsAfter(63)).toBe(0);
    expect(await questionsAfter(65)).toBeGreaterThan(0);
    expect(await questionsAfter(66)).toBe(0);
  });

  it('keep nobody waiting whose request was written just now', async () => {
    await world.app().desk.database.requests.add(
      pendingRequest('EX-NEW', {
        status: 'applied',
        appliedAt: new Date(from().getTime() + 67 * 60_000),
        terms: {
          ...pendingRequest('').terms,
          scopes: [emptyGroup],
          expiresAt: new Date(from().getTime() + 30 * 86_400_000),
        },
      }),
    );
    await questionsAfter(68);
    // It was looked at. Nothing is assessed there, which proves nothing.
    expect(await world.app().desk.database.requests.find('EX-NEW')).toMatchObject({
      status: 'applied',
      progress: { exempt: 0, of: 0 },
    });
  });
});
