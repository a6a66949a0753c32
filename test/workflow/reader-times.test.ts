import { readerTime } from '../../src/core/chat/reader-time.ts';
import { StoreUnavailable } from '../../src/core/store-unavailable.ts';
import { approveRequest } from '../../src/workflow/decide/decide-request.ts';
import { inTimeOf, rememberReader } from '../../src/workflow/reader-times.ts';
import { alice, bob } from '../core/contoso.ts';
import { makeDesk } from '../fakes/make-desk.ts';
import { ask, chatOf } from '../fakes/story.ts';

const inNewYork = readerTime('America/New_York', 'en-US')!;
const inTokyo = readerTime('Asia/Tokyo', 'ja-JP')!;

describe('the times of readers', () => {
  it('are written down when they change and not otherwise, and kept while a client says nothing', async () => {
    const { desk } = await makeDesk();
    const written: string[] = [];
    const { readers } = desk.database;
    const keep: typeof readers.keep = (objectId, time, at) => {
      written.push(time.timeZone);
      return readers.keep(objectId, time, at);
    };
    const watched = { ...desk, database: { readers: { ...readers, keep } } };
    expect(await rememberReader(watched, alice.objectId, undefined)).toBeUndefined();
    for (const said of [inNewYork, inNewYork, undefined, inTokyo, inTokyo])
      await rememberReader(watched, alice.objectId.toUpperCase(), said);
    expect(written).toEqual(['America/New_York', 'Asia/Tokyo']);
    expect(await rememberReader(watched, alice.objectId, undefined)).toEqual(inTokyo);
  });

  it('keep nobody from their answer where the disk takes nothing', async () => {
    const { desk } = await makeDesk();
    const keep = () => Promise.reject(new StoreUnavailable('The disk is full.'));
    const full = { ...desk, database: { readers: { ...desk.database.readers, keep } } };
    expect(await rememberReader(full, alice.objectId, inTokyo)).toEqual(inTokyo);
  });

  it('are for a personal chat only', async () => {
    const { desk } = await makeDesk();
    await rememberReader(desk, alice.objectId, inTokyo);
    const { objectId } = alice;
    expect(await inTimeOf(desk, { kind: 'personal', objectId }, {})).toEqual({ readerTime: inTokyo });
    expect(await inTimeOf(desk, { kind: 'personal', objectId: bob.objectId }, {})).toEqual({ readerTime: undefined });
    for (const kind of ['channel', 'group'] as const)
      expect(await inTimeOf(desk, { kind, objectId }, { readerTime: inTokyo })).toEqual({ readerTime: undefined });
  });

  it('are those of each card that is kept current, and no end moves', async () => {
    const world = await makeDesk();
    await world.meet(chatOf(alice), chatOf(bob));
    await rememberReader(world.desk, alice.objectId, inTokyo);
    const { reference } = await ask(world);
    await world.runJobs();
    await approveRequest(world.desk, bob, { reference, version: 1, words: '' });
    await world.runJobs();
    const { view } = world.teams.in(chatOf(alice), 'request').at(-1)!;
    expect(view).toMatchObject({ timeZone: 'UTC', readerTime: inTokyo });
  });
});
