import { deliverAlerts } from '../../../src/workflow/alert/deliver-alerts.ts';
import { tellPerson, type News } from '../../../src/workflow/alert/tell-person.ts';
import { alice } from '../../core/contoso.ts';
import { dieAtEach } from '../../fakes/die.ts';
import { noAnswer, notSent } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { chatOf } from '../../fakes/story.ts';

const about = 'EX-0001';
const news = (step: News['step'], text: string): News => ({ about, reference: about, step, text });
const rejected = news('told rejected 1', 'Rejected.');

const known = async (): Promise<TestDesk> => {
  const world = await makeDesk();
  await world.meet(chatOf(alice));
  return world;
};
const texts = ({ teams }: TestDesk): string[] => teams.in(chatOf(alice), 'text').map(({ text }) => text);
const later = async (world: TestDesk): Promise<string[]> => {
  world.clock.forward({ minutes: 2 });
  await deliverAlerts(world.desk);
  return texts(world);
};
const counts = async ({ desk, clock }: TestDesk) => {
  const { waiting, held, unknowns } = await desk.database.alerts.health(clock.now());
  return { waiting, held, unknowns };
};

describe('news for one person', () => {
  it('reach them wherever the process dies, and twice only where nobody knows whether Teams had taken them', async () => {
    const found: string[] = [];
    await dieAtEach({
      setUp: known,
      work: (_, desk) => tellPerson(desk, alice.objectId, rejected),
      state: later,
      check: ({ found: told, at }) => void found.push(`${at}: ${told.join(' ')}`),
    });
    expect(found).toEqual([
      'before contact 1, transaction: Rejected.',
      'before contact 2, notifier.post: Rejected.',
      'before contact 3, alerts.close: Rejected. Rejected.',
    ]);
  });

  it('are posted again after a while where Teams did not answer', async () => {
    const world = await known();
    world.faults.at('notifier.post', { error: noAnswer(), times: 1 });
    await tellPerson(world.desk, alice.objectId, rejected);
    await tellPerson(world.desk, alice.objectId, rejected);
    expect(texts(world)).toEqual([]);
    expect(await counts(world)).toEqual({ waiting: 0, held: 1, unknowns: 1 });
    expect(await later(world)).toEqual(['Rejected.']);
    expect(await later(world)).toEqual(['Rejected.']);
  });

  it('wait as long as Teams asks, and no longer than until the next try', async () => {
    const world = await known();
    world.faults.at('notifier.post', { error: notSent(1500), times: 1 });
    await tellPerson(world.desk, alice.objectId, rejected);
    expect(world.jobs.later).toBe(1500);
    world.clock.forward({ ms: 2000 });
    await deliverAlerts(world.desk);
    expect(texts(world)).toEqual(['Rejected.']);
    expect(await counts(world)).toEqual({ waiting: 0, held: 0, unknowns: 0 });
  });

  it('that wait give way to later ones about the same matter', async () => {
    const world = await known();
    world.faults.at('notifier.post', { error: noAnswer(), times: 1 });
    await tellPerson(world.desk, alice.objectId, news('told approved 1', 'Approved.'));
    await tellPerson(world.desk, alice.objectId, news('told applied 1', 'Written.'));
    expect(await later(world)).toEqual(['Written.']);
  });
});
