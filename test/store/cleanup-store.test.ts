import { deletedOutcome, deletingOutcome } from '../../src/core/inventory/cleanup.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import { engines } from './engines.ts';

const at = new Date('2026-11-28T12:00:00Z');
const idIn = (group: string): string =>
  `/subscriptions/A/resourceGroups/${group}/providers/Microsoft.Authorization/policyExemptions/One`;

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `clean-ups on ${engine}`, () => {
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    it('know which exemptions they deleted or were about to, in any casing and with any letters', async () => {
      const { cleanups } = opened.store;
      const outcomes = {
        [idIn('Rg')]: deletedOutcome,
        [idIn('GRÖßE')]: deletedOutcome,
        [idIn('begun')]: `${deletingOutcome}abc`,
        [idIn('kept')]: 'It is no longer there.',
      };
      for (const id of ['ordered', 'shown']) {
        await cleanups.add({
          id,
          askerId: 'a',
          createdAt: at,
          items: [],
          outcomes: {},
          orderedAt: undefined,
          card: undefined,
          endedAt: undefined,
        });
        await cleanups.keepOutcomes(id, id === 'ordered' ? outcomes : { [idIn('never-ordered')]: deletedOutcome });
      }
      await cleanups.order('ordered', at, 'Bob Berger');
      const asked = ['rG', 'größe', 'begun', 'kept', 'other', 'never-ordered'].map(idIn);
      const found = await cleanups.deletedAmong(asked);
      expect([...found.keys()].sort()).toEqual(['begun', 'größe', 'rg'].map((each) => idIn(each).toLowerCase()).sort());
      expect(await cleanups.deletedAmong([idIn('other')])).toEqual(new Map());
      expect(await cleanups.deletedAmong([])).toEqual(new Map());
    });
  });
}
