import { GovernanceError } from '../../../src/core/governance-error.ts';
import { isSliced, slicesAtOnce, type MirrorPart } from '../../../src/core/mirror/mirror-lives.ts';
import type { MirrorRow } from '../../../src/core/mirror/mirror.ts';
import { refreshMirror, type Refreshing } from '../../../src/workflow/mirror/refresh-mirror.ts';
import { emptyStore } from '../../fakes/worker-store.ts';

const start = Date.parse('2026-12-01T08:00:00Z');
const minute = 60_000;

/** A tenant with so many subscriptions, in which some do not answer. */
const tenantOf = async (subscriptions: readonly string[]) => {
  const { store } = await emptyStore();
  const world = { minutes: 0, subscriptions, silent: new Set<string>(), name: 'first', asked: [] as string[] };
  const desk: Refreshing = {
    database: { mirror: store.mirror },
    now: () => new Date(start + world.minutes * minute),
    mirrorSource: {
      slices: async (part) => (isSliced(part) ? world.subscriptions : ['']),
      read: async (part, slice): Promise<MirrorRow[]> => {
        world.asked.push(`${part} ${slice}`.trim());
        if (world.silent.has(part) || world.silent.has(slice))
          throw new GovernanceError('unavailable', 'Azure did not answer.');
        return [{ key: slice, data: { name: world.name } }];
      },
    },
  };
  const refresh = async (minutes: number): Promise<string[]> => {
    world.minutes = minutes;
    world.asked.length = 0;
    await refreshMirror(desk).catch(() => undefined);
    return world.asked;
  };
  const slicesOf = async (part: MirrorPart) => (await store.mirror.batches(part)).map(({ slice }) => slice).sort();
  return { world, desk, refresh, slicesOf, rows: store.mirror.rows, mirror: store.mirror };
};

/** What lists need of the tenant is read in the tick of each minute, never in the turn of a person. */
describe('refreshing the mirror', () => {
  it('asks the database one question in a minute in which nothing is due', async () => {
    const { refresh, desk, mirror } = await tenantOf(['s1', 's2']);
    await refresh(0);
    const asked: string[] = [];
    const watched = Object.fromEntries(
      Object.entries(mirror).map(([name, ask]) => [
        name,
        (...given: never[]): unknown => {
          asked.push(name);
          return (ask as (...given: never[]) => unknown)(...given);
        },
      ]),
    ) as typeof mirror;
    await refreshMirror({ ...desk, database: { mirror: watched } });

    expect(asked).toEqual(['allBatches']);
  });

  it('reads everything at first, then what is due, and no part twice for nothing', async () => {
    const { refresh } = await tenantOf(['s1', 's2']);
    expect(await refresh(0)).toEqual(expect.arrayContaining(['scopes', 'role-assignments', 'deny-assignments s1']));
    expect(await refresh(1)).toEqual([]);
    const after = await refresh(5);
    expect(after).toContain('role-assignments');
    expect(after).not.toContain('deny-assignments s1');
    expect(await refresh(30)).toContain('deny-assignments s1');
  });

  it('goes on with the other parts and slices where one is not answered, and keeps what was read before', async () => {
    const { world, desk, refresh, rows } = await tenantOf(['s1', 's2']);
    await refresh(0);
    world.silent.add('role-assignments').add('s1');
    world.name = 'second';
    world.minutes = 30;
    await expect(refreshMirror(desk)).rejects.toThrow('Azure did not answer.');
    expect(await rows('scopes')).toEqual([{ name: 'second' }]);
    expect(await rows('role-assignments')).toEqual([{ name: 'first' }]);
    expect(await rows('deny-assignments', ['s1'])).toEqual([{ name: 'first' }]);
    expect(await rows('deny-assignments', ['s2'])).toEqual([{ name: 'second' }]);
    expect(await refresh(31)).toEqual(['role-assignments', 'deny-assignments s1']);
  });

  it('forgets a subscription that is no longer there', async () => {
    const { world, refresh, slicesOf } = await tenantOf(['s1', 's2']);
    await refresh(0);
    world.subscriptions = ['s2'];
    await refresh(1);
    expect(await slicesOf('deny-assignments')).toEqual(['s2']);
  });

  it('reads a large tenant in several minutes, the longest unread subscription first', async () => {
    const atOnce = slicesAtOnce('deny-assignments') ?? 0;
    const many = Array.from({ length: atOnce + 10 }, (_, index) => `s${String(index).padStart(4, '0')}`);
    const { refresh, slicesOf } = await tenantOf(many);
    await refresh(0);
    expect(await slicesOf('deny-assignments')).toEqual(many.slice(0, atOnce));
    expect((await refresh(1)).filter((each) => each.startsWith('deny'))).toHaveLength(10);
    expect(await slicesOf('deny-assignments')).toEqual(many);
  });
});
