import { startReplacement } from '../../../src/workflow/ask/replace-request.ts';
import { showRecommendation } from '../../../src/workflow/recommendation/show-recommendation.ts';
import { alice } from '../../core/contoso.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { askAndWrite, channel, chatOf, current, subscribed } from '../../fakes/story.ts';
import { turnOfSweep } from '../../fakes/turn-of-sweep.ts';

const retired = '050ac097-3dda-4d24-ab6d-82568e7a50cf';
const asker = { person: alice, channelId: undefined };

describe('a request whose recommendation vanished from Defender', () => {
  it('is not taken for one in effect, and people are told why after a day', async () => {
    const world = await makeDesk();
    const alerts = channel('alerts');
    await subscribed(world, alerts, 'alerts');
    const { reference } = await askAndWrite(world);
    Object.assign(world.tenant, { recommendations: [], assessments: [] });

    await turnOfSweep(world);
    expect((await current(world, reference)).status).toBe('applied');

    world.clock.forward({ hours: 27 });
    await turnOfSweep(world);
    expect((await current(world, reference)).status).toBe('applied');
    const told = [...world.teams.in(alerts, 'alert'), ...world.teams.in(chatOf(alice), 'alert')];
    expect(told.flatMap(({ alert }) => alert.rows).join('\n')).toContain('shows no assessment of this recommendation');
  });

  it('is not found under a retired key, and the answer names the successor', async () => {
    const world = await makeDesk();
    await expect(showRecommendation(world.desk, asker, retired)).rejects.toThrow(
      'a4899b81-b689-4e0d-aa29-45983ab8b7fc',
    );
  });

  it('cannot be renewed, with the successor as the reason', async () => {
    const world = await makeDesk();
    const request = await askAndWrite(world);
    const { terms } = request;
    const former = { ...terms, recommendation: { ...terms.recommendation, key: retired } };
    const { version } = await current(world, request.reference);
    await world.desk.database.requests.replace({ ...request, terms: former, version: version + 1 });
    await expect(startReplacement(world.desk, alice, request.reference, 'renew')).rejects.toThrow(
      'a4899b81-b689-4e0d-aa29-45983ab8b7fc',
    );
  });
});
