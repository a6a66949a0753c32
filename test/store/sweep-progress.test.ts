import type { Sighting } from '../../src/core/inventory/seen-exemption.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import { freshStore } from './fresh-database.ts';
import { noPostgres, postgresStore } from './postgres-database.ts';

const engines = [
  { engine: 'the embedded engine', open: freshStore, whyNot: undefined },
  { engine: 'PostgreSQL', open: postgresStore, whyNot: noPostgres },
];

const at = new Date('2026-11-21T12:00:00.000Z');
const later = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
const scope = '/subscriptions/10000000-0000-4000-8000-000000000001';
const assignment = `${scope}/providers/Microsoft.Authorization/policyAssignments/Apart`;

const sighting = (name: string, expiresAt: Date | undefined, more: Partial<Sighting> = {}): Sighting => ({
  exemption: {
    id: `${scope}/providers/Microsoft.Authorization/policyExemptions/${name}`,
    scope,
    policyAssignmentId: assignment,
    referenceIds: undefined,
    category: 'Waiver',
    displayName: name,
    expiresAt,
    createdAt: at,
    resourceSelectors: [],
    descriptionHash: 'd'.repeat(64),
  },
  fingerprint: name,
  unitKey: name,
  reference: undefined,
  recommendation: undefined,
  version: 1,
  orphaned: false,
  needless: false,
  missingSince: undefined,
  silentUntil: undefined,
  ...more,
});

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `the memory of the sweep on ${engine}`, () => {
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
    }, 60_000);
    afterAll(() => opened.close());

    it('keeps where the sweep stands', async () => {
      const { sweeps } = opened.store;
      const nothing = {
        lastLookedAt: undefined,
        lastCompletedAt: undefined,
        policies: undefined,
        underneathReadAt: undefined,
        reading: undefined,
        blind: undefined,
      };
      expect(await sweeps.progress()).toEqual(nothing);
      const blind = { since: at, reason: 'No role.' };
      await sweeps.note({ ...nothing, lastLookedAt: at, blind });
      expect(await sweeps.progress()).toEqual({ ...nothing, lastLookedAt: at, blind });
      const times = { count: 100_000, dated: 100_000, latest: at.getTime(), seconds: 20_000_000_000_001 };
      const reading = { at, times, timesOfDefender: undefined, surroundings: 'y', hiddenAssignments: ['/a'] };
      const all = {
        lastLookedAt: at,
        lastCompletedAt: at,
        policies: 'x',
        underneathReadAt: at,
        reading,
        blind: undefined,
      };
      await sweeps.note(all);
      expect(await sweeps.progress()).toEqual(all);
      await sweeps.note({ ...all, reading: { ...reading, times: undefined } });
      expect((await sweeps.progress()).reading).toEqual({ ...reading, times: undefined });
    });

    it('finds exemptions by when they end and by their assignment', async () => {
      const { seen } = opened.store;
      const [early, late] = [sighting('early', later(70)), sighting('late', later(80), { orphaned: true })];
      const missing = sighting('missing', later(75), { missingSince: at });
      await seen.save([early, late, sighting('never', undefined), missing], at);
      const span = (from: number, until: number) => ({ from: later(from).getTime(), until: later(until).getTime() });
      const ending = (...spans: ReturnType<typeof span>[]) => seen.endingWithin(spans, 5);
      const idOf = ({ exemption }: Sighting) => exemption.id.toLowerCase();
      expect(await ending()).toEqual([]);
      expect(await ending(span(60, 70))).toEqual([]);
      expect(await ending(span(70, 71))).toEqual([idOf(early)]);
      expect(await ending(span(70, 71), span(74, 90))).toEqual([idOf(early), idOf(late)]);
      expect(await seen.endingWithin([span(70, 90)], 1)).toEqual([idOf(early)]);
      const names = (await seen.on([assignment.toUpperCase()])).map(({ exemption }) => exemption.displayName);
      expect(names.sort()).toEqual(['early', 'never']);
    });
  });
}
