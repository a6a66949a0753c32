import { createHash } from 'node:crypto';
import type { Observed } from '../../../src/core/observed.ts';
import type { MirrorRow } from '../../../src/core/mirror/mirror.ts';
import { sampleMirror, slicesSampled } from '../../../src/workflow/mirror/sample-mirror.ts';
import { emptyStore } from '../../fakes/worker-store.ts';

const row = (name: string): MirrorRow => ({ key: 'k', data: { b: 1, name, a: { y: 2, x: [1] } } });

/** A mirror that was filled, and an Azure that says something else by now. */
const open = async (live: (part: string, slice: string) => readonly MirrorRow[], subscriptions = ['s1']) => {
  const { store } = await emptyStore();
  const world = { now: new Date('2026-12-01T23:00:00Z'), asked: [] as string[] };
  const observed: Observed[] = [];
  await store.mirror.replace('role-assignments', '', [row('one'), row('two')], world.now);
  for (const slice of subscriptions) await store.mirror.replace('deny-assignments', slice, [row(slice)], world.now);
  const desk = {
    database: { mirror: store.mirror, alerts: store.alerts },
    now: () => world.now,
    timeZone: 'Europe/Berlin',
    hash: (text: string) => createHash('sha256').update(text).digest('hex'),
    observe: (each: Observed) => void observed.push(each),
    mirrorSource: {
      slices: async () => [''],
      read: async (part: string, slice: string) => {
        world.asked.push(`${part} ${slice}`.trim());
        return [...live(part, slice)];
      },
    },
  };
  const drift = () =>
    observed.flatMap((each) => (each.what === 'mirror-drift' ? [[each.part, each.rows] as const] : []));
  return { desk, world, drift };
};

describe('the nightly sample of what lists use', () => {
  it('counts the rows that Azure has otherwise, and nothing where only the order of members differs', async () => {
    const other = { key: 'k', data: { name: 'one', a: { x: [1], y: 2 }, b: 1 } };
    const { desk, drift } = await open((part, slice) =>
      part === 'role-assignments' ? [other, row('new')] : [row(slice)],
    );
    await sampleMirror(desk);
    expect(drift()).toEqual([
      ['role-assignments', 2],
      ['deny-assignments', 0],
    ]);
  });

  it('is taken once a day, of a few subscriptions, and of others the next day', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `s${index}`);
    const { desk, world } = await open((_part, slice) => [row(slice)], many);
    await sampleMirror(desk);
    const first = [...world.asked];
    expect(first.filter((each) => each.startsWith('deny'))).toHaveLength(slicesSampled);
    await sampleMirror(desk);
    expect(world.asked).toEqual(first);

    world.now = new Date('2026-12-02T23:00:00Z');
    await sampleMirror(desk);
    expect(world.asked.slice(first.length)).not.toEqual(first);
  });
});
