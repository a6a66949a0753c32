import type { MirrorStore } from '../../../src/core/mirror/mirror.ts';
import type { MirrorPart } from '../../../src/core/mirror/mirror-lives.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { engines } from '../engines.ts';

const [noon, later] = [new Date('2026-12-01T12:00:00Z'), new Date('2026-12-01T12:05:00Z')];
const row = (key: string, name: string) => ({ key, data: { name } });

/** What of the tenant is kept for lists: a reading counts as a whole, or not at all. */
describe.each(engines)('the mirror on $engine', ({ open, whyNot }) => {
  let opened: OpenStore | undefined;
  const run = whyNot === undefined ? it : it.skip;
  beforeAll(async () => {
    if (whyNot === undefined) opened = await open();
  });
  afterAll(() => opened?.close());

  const mirror = (): MirrorStore => opened!.store.mirror;
  const namesIn = async (part: MirrorPart, keys?: readonly string[]): Promise<string[]> =>
    (await mirror().rows(part, keys)).map((data) => (data as { name: string }).name).sort();

  run('has nothing before the first reading, which is another thing than having read nothing', async () => {
    expect(await mirror().batches('scopes')).toEqual([]);
    await mirror().replace('scopes', '', [], noon);
    expect(await mirror().batches('scopes')).toEqual([
      { slice: '', batch: expect.any(String) as string, readAt: noon },
    ]);
    expect(await mirror().rows('scopes')).toEqual([]);
  });

  run('returns the rows under the keys that are asked for, or all', async () => {
    await mirror().replace('role-assignments', '', [row('a', 'one'), row('b', 'two'), row('a', 'three')], noon);
    expect(await namesIn('role-assignments', ['a', 'c'])).toEqual(['one', 'three']);
    expect(await namesIn('role-assignments', [])).toEqual([]);
    expect(await namesIn('role-assignments')).toEqual(['one', 'three', 'two']);
  });

  run('replaces a slice and no other', async () => {
    await mirror().replace('deny-assignments', 's1', [row('s1', 'one')], noon);
    await mirror().replace('deny-assignments', 's2', [row('s2', 'two')], noon);
    await mirror().replace('deny-assignments', 's1', [row('s1', 'three')], later);
    expect(await namesIn('deny-assignments')).toEqual(['three', 'two']);

    expect(await mirror().readings()).toContainEqual({ part: 'deny-assignments', slices: 2, oldest: noon });

    await mirror().keepOnly('deny-assignments', ['s2']);
    expect(await namesIn('deny-assignments')).toEqual(['two']);
    expect((await mirror().batches('deny-assignments')).map(({ slice }) => slice)).toEqual(['s2']);
  });

  run('keeps the batch if nothing has changed, and only notes the time', async () => {
    await mirror().replace('catalogue', '', [row('k', 'same')], noon);
    const [before] = await mirror().batches('catalogue');
    await mirror().replace('catalogue', '', [row('k', 'same')], later);
    expect(await mirror().batches('catalogue')).toEqual([{ ...before, readAt: later }]);
    await mirror().replace('catalogue', '', [row('k', 'other')], later);
    expect((await mirror().batches('catalogue'))[0]?.batch).not.toBe(before?.batch);
  });

  run(
    'shows the former rows until all new ones are there, and whatever a reading left that did not end goes',
    async () => {
      await mirror().replace('open-counts', '', [row('k', 'former')], noon);
      const halves = Array.from({ length: 600 }, (_, index) => row('k', `new ${index}`));
      // The database refuses this text, so the second statement of the reading fails.
      const broken = [...halves, row('k', '\u0000')];
      await expect(mirror().replace('open-counts', '', broken, later)).rejects.toThrow();
      expect(await namesIn('open-counts')).toEqual(['former']);

      await mirror().replace('open-counts', '', [row('k', 'last')], later);
      expect(await namesIn('open-counts')).toEqual(['last']);
    },
  );

  run('is tidied of what readings left that did not end, and keeps what counts', async () => {
    const left = async (): Promise<number> => {
      const { rows } = await opened!.sqlForJobs.executeSql(
        `select count(*)::int as n from mirror_rows where slice = 'odd'`,
      );
      return (rows as { n: number }[])[0]!.n;
    };
    const half = [...Array.from({ length: 500 }, () => row('k', 'half')), row('k', '\u0000')];
    await mirror().replace('catalogue', '', [row('k', 'kept')], noon);
    await expect(mirror().replace('catalogue', 'odd', half, noon)).rejects.toThrow();
    expect(await left()).toBe(500);
    await mirror().tidy();
    expect(await left()).toBe(0);
    expect(await namesIn('catalogue')).toEqual(['kept']);
  });

  run('takes two readings of the same slice at once as one of them, never as a mixture', async () => {
    const reading = (name: string) =>
      mirror().replace('secure-scores', '', [row('k', `${name} 1`), row('k', `${name} 2`)], noon);
    const ended = await Promise.allSettled(['x', 'y'].map(reading));
    expect(ended.map(({ status }) => status)).toContain('fulfilled');
    const names = await namesIn('secure-scores');
    expect([
      ['x 1', 'x 2'],
      ['y 1', 'y 2'],
    ]).toContainEqual(names);
  });
});
