import type { HomeView } from '../../../src/core/chat/home-view.ts';
import type { Message } from '../../../src/core/chat/notifier.ts';
import type { Person } from '../../../src/core/person.ts';
import { approveRequest, withdrawRequest } from '../../../src/workflow/decide/decide-request.ts';
import { countHome } from '../../../src/workflow/home/count-home.ts';
import { redrawHomes } from '../../../src/workflow/home/redraw-homes.ts';
import { listExemptions } from '../../../src/workflow/inventory/list-exemptions.ts';
import { listRecommendations } from '../../../src/workflow/recommendation/list-recommendations.ts';
import { listRequests } from '../../../src/workflow/tell/list-requests.ts';
import { timedSweep } from '../../../src/workflow/operate/tick.ts';
import { alice, bob, dan, vm10 } from '../../core/contoso.ts';
import { noAnswer, notSent, saysNo } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask, askAndWrite, chatOf } from '../../fakes/story.ts';

const nothing = {
  text: '',
  severity: undefined,
  subscription: '',
  type: '',
  group: '',
  tag: '',
  owner: '',
  control: '',
};

/** How long the lists are that the buttons open. */
const lengths = async ({ desk }: TestDesk, person: Person) => {
  const asker = { person, channelId: undefined };
  const requests = async (which: 'mine' | 'to-decide'): Promise<number> =>
    (await listRequests(desk, asker, { which, status: undefined, page: 1 })).page.found;
  const expiring = { text: '', kind: 'expiring', withinDays: 30, subscription: '', page: 1 } as const;
  const open = { ...nothing, exemptable: false, exempt: false, page: 1 };
  return {
    toDecide: await requests('to-decide'),
    mine: await requests('mine'),
    endingSoon: (await listExemptions(desk, asker, expiring)).page.found,
    open: (await listRecommendations(desk, asker, open)).standings.found,
  };
};

const isHome = (_to: never, _posted: never, message: never): boolean => (message as Message).kind === 'home';

const foundIn = ({ numbers }: Pick<HomeView, 'numbers'>) =>
  Object.fromEntries(
    Object.entries(numbers).map(([list, number]) => [list, number.kind === 'counted' ? number.found : number.kind]),
  );

describe('the home card', () => {
  let world: TestDesk;
  beforeEach(async () => {
    world = await makeDesk();
    await world.meet(chatOf(alice), chatOf(bob));
  });

  /** As the bot does it: posted, and recorded with its numbers. */
  const openHome = async (person: Person): Promise<void> => {
    const { timeZone: _zone, readerTime: _own, ...view } = await countHome(world.desk, person);
    const posted = await world.teams.post(chatOf(person), { kind: 'home', view: { ...view, timeZone: 'UTC' } });
    const { objectId, tenantId } = person;
    await world.desk.database.homeCards.keep({ objectId, tenantId, ...posted!, view });
  };
  const shownTo = (person: Person) => foundIn(world.teams.in(chatOf(person), 'home').at(-1)!.view);
  const updatesOf = (person: Person): number =>
    world.teams.posts.find(({ to, message }) => to.id === chatOf(person).id && message.kind === 'home')!.updates;

  it('counts what the lists have that its buttons open', async () => {
    await askAndWrite(world, { expiry: '7' });
    await ask(world);
    await timedSweep(world.desk);
    for (const person of [alice, bob]) {
      const { toDecide, ...others } = await lengths(world, person);
      const decides = person === bob ? toDecide : 'no-role';
      expect(foundIn(await countHome(world.desk, person))).toEqual({ toDecide: decides, ...others });
    }
    expect(foundIn(await countHome(world.desk, bob))).toMatchObject({ toDecide: 1, mine: 0, endingSoon: 1 });
    expect(foundIn(await countHome(world.desk, alice))).toMatchObject({ mine: 2, endingSoon: 1 });
  });

  it('says of what could not be read that it is not known, and shows no 0 for it', async () => {
    expect(foundIn(await countHome(world.desk, bob))).toMatchObject({ endingSoon: 'unread' });
    world.faults.at('forReading', { error: noAnswer() });
    expect(new Set(Object.values(foundIn(await countHome(world.desk, bob))))).toEqual(new Set(['unread']));
  });

  it('shows somebody without a role no 0', async () => {
    await timedSweep(world.desk);
    expect(foundIn(await countHome(world.desk, dan))).toEqual({
      toDecide: 'no-role',
      mine: 0,
      endingSoon: 'no-role',
      open: 'no-role',
    });
  });

  it('follows what happens to the requests of a person and what they decide, and nothing is posted', async () => {
    await timedSweep(world.desk);
    await openHome(alice);
    const { reference } = await ask(world);
    await openHome(bob);
    expect([shownTo(alice), shownTo(bob)]).toMatchObject([{ mine: 0 }, { toDecide: 1 }]);
    world.clock.forward({ ms: 6_000 });
    await world.runJobs();
    expect(shownTo(alice)).toMatchObject({ mine: 1 });
    world.clock.forward({ ms: 6_000 });
    await approveRequest(world.desk, bob, { reference, version: 1, words: '' });
    await world.runJobs();
    expect(shownTo(bob)).toMatchObject({ toDecide: 0 });
    expect(world.teams.in(chatOf(alice), 'home')).toHaveLength(1);
  });

  it('is drawn once for many changes within some seconds, and for the rest at the next tick', async () => {
    await timedSweep(world.desk);
    await openHome(alice);
    world.clock.forward({ ms: 6_000 });
    const { reference } = await ask(world);
    await world.runJobs();
    expect([shownTo(alice).mine, updatesOf(alice)]).toEqual([1, 1]);
    await ask(world, { name: 'Another', resources: [vm10] });
    await withdrawRequest(world.desk, alice, { reference, version: undefined, words: '' });
    await world.runJobs();
    expect(updatesOf(alice)).toBe(1);
    world.clock.forward({ ms: 60_000 });
    await redrawHomes(world.desk);
    await redrawHomes(world.desk);
    expect([shownTo(alice).mine, updatesOf(alice)]).toEqual([2, 2]);
  });

  it('stays as it is, with its time, while Azure or Teams does not answer, and is drawn later', async () => {
    await timedSweep(world.desk);
    await openHome(alice);
    world.clock.forward({ ms: 6_000 });
    await ask(world);
    world.faults.at('forReading', { error: noAnswer() });
    await redrawHomes(world.desk).catch(() => undefined);
    await world.runJobs().catch(() => undefined);
    expect(shownTo(alice)).toMatchObject({ mine: 0 });
    world.faults.clear();
    world.faults.at('notifier.update', {
      error: notSent(),
      when: isHome,
    });
    await expect(redrawHomes(world.desk)).rejects.toThrow();
    world.faults.clear();
    await redrawHomes(world.desk);
    expect(shownTo(alice)).toMatchObject({ mine: 1 });
  });

  it('is forgotten once its message is gone', async () => {
    await timedSweep(world.desk);
    await openHome(alice);
    world.clock.forward({ ms: 6_000 });
    await ask(world);
    world.faults.at('notifier.update', {
      error: saysNo('not-found'),
      when: isHome,
    });
    await world.runJobs();
    expect(await world.desk.database.homeCards.of(alice.objectId)).toBeUndefined();
  });
});
