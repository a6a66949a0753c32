import { StoreUnavailable } from '../../../src/core/store-unavailable.ts';
import type { Desk } from '../../../src/workflow/desk.ts';
import { startWorld, type World } from '../../world.ts';
import { inboxSteps } from './inbox-steps.ts';

describe('what was acknowledged to Teams and cannot be answered whatever is done', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    for (const person of ['alice', 'carol']) await world.teams.say(person, 'personal', 'help');
  });
  afterAll(() => world.close());

  const { placeOf, send, answers, said, keptOf } = inboxSteps(() => world);
  const away = () => Promise.reject(new StoreUnavailable('Away.'));

  const apology = expect.stringContaining('went wrong (reference ') as string;
  const help = expect.stringContaining('What you can do') as string;
  const waitsIn = (key: string) => world.app().desk.database.inbox.waiting(placeOf(key));

  it('is given up where it may be what ends the process, and what was said after it is answered', async () => {
    const before = said('carol');
    const { inbox } = world.app().desk.database;
    const conversationId = placeOf('carol');
    await inbox.keep({ ...keptOf('carol', 'requests mine'), activityId: 'deadly' });
    for (let death = 0; death < 8; death += 1) {
      const taken = await inbox.take(conversationId);
      if (taken === undefined || taken === 'held') throw new Error('It was not taken.');
      await inbox.giveBack(taken.sequence, true);
    }
    await world.teams.say('carol', 'personal', 'help');

    expect(answers('carol', before)).toEqual([apology, help]);
    expect(await waitsIn('carol')).toBeUndefined();
  });

  it('is not given up for an hour in which it could not be taken up, nor for what fails right after that', async () => {
    const { inbox, requests } = world.app().desk.database;
    const [takes, lists] = [{ ...inbox }, { ...requests }];
    const before = said('alice');
    // It goes away in the middle of an answer, and then altogether.
    Object.assign(requests, { page: away });
    await send('alice', 'requests mine');
    await world.app().answered(placeOf('alice'));
    Object.assign(inbox, { take: away });
    await world.app().idle();
    Object.assign(requests, lists);
    await world.clock.advance('PT70M');
    Object.assign(inbox, takes);
    const tried = Promise.withResolvers<undefined>();
    Object.assign(requests, { page: () => (tried.resolve(undefined), away()) });
    await send('alice', 'help');
    await tried.promise;
    Object.assign(requests, lists);
    while ((await waitsIn('alice')) !== undefined) await world.app().answered(placeOf('alice'));

    expect(answers('alice', before)).toEqual([
      expect.stringContaining('Your message is saved'),
      expect.stringContaining('My requests'),
      help,
    ]);
  });

  it('is given up after an hour in which the database takes it up and then fails', async () => {
    const { requests } = world.app().desk.database as { requests: { page: Desk['database']['requests']['page'] } };
    const { page } = requests;
    requests.page = away;
    const before = said('alice');
    await send('alice', 'requests mine');
    await world.app().answered(placeOf('alice'));
    await world.clock.advance('PT30M');
    expect(await waitsIn('alice')).toBeDefined();
    await world.clock.advance('PT31M');
    await send('alice', 'help');
    while ((await waitsIn('alice')) !== undefined) await world.app().answered(placeOf('alice'));
    requests.page = page;

    expect(answers('alice', before)).toEqual([expect.stringContaining('Your message is saved'), apology, help]);
  });
});
