import { engines } from '../engines.ts';
import { normalId } from '../../../src/core/tenant/arm-id.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { bob, pendingRequest } from '../samples.ts';

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `requests on ${engine}`, () => {
    let opened: OpenStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('gives waiting requests to look after once, those first that nobody looked after for longest', async () => {
      const { requests } = opened.store;
      const on = (day: number) => new Date(Date.UTC(2026, 0, day));
      await requests.add(pendingRequest('EX-T2', { createdAt: on(2) }));
      await requests.add(pendingRequest('EX-T1', { createdAt: on(1) }));
      await requests.add(pendingRequest('EX-T3', { createdAt: on(3) }));
      await requests.add(pendingRequest('EX-T0', { createdAt: on(1), status: 'rejected' }));
      const taken = async (since: Date, most: number, now: Date) =>
        (await requests.takeToLookAfter({ since, most, now })).map(({ reference }) => reference);

      expect(await taken(on(9), 2, on(10))).toEqual(['EX-T1', 'EX-T2']);
      expect(await taken(on(2), 2, on(10))).toEqual([]);
      expect(await Promise.all([taken(on(9), 2, on(11)), taken(on(9), 2, on(11))])).toContainEqual(['EX-T3']);
      await requests.replace({ ...(await requests.find('EX-T2'))!, version: 2 });
      expect(await taken(on(10), 9, on(12))).toEqual(['EX-T1', 'EX-T2']);
    });

    it('finds what was decided last at some scopes and in some subscriptions', async () => {
      const { requests } = opened.store;
      const subscription = '/subscriptions/88888888-0000-0000-0000-000000000001';
      const group = '/providers/microsoft.management/managementgroups/near';
      const decided = async (reference: string, scopes: readonly string[], hour: number) => {
        const decision = { by: bob, at: new Date(Date.UTC(2032, 0, 1, hour)), comment: '' };
        const { terms } = pendingRequest(reference);
        await requests.add(
          pendingRequest(reference, { status: 'expired', decision, terms: { ...terms, scopes: [...scopes] } }),
        );
      };
      await decided('EX-N1', [`${subscription}/resourceGroups/Rg_A`], 1);
      await decided('EX-N2', [group.toUpperCase()], 2);
      await decided('EX-N3', [`${subscription.replace('88888888', '99999999')}/resourceGroups/rg`], 3);
      await decided('EX-N4', [`${subscription}/resourceGroups/a`, `${subscription}/resourceGroups/b`], 4);
      await decided('EX-N5', [subscription], 5);
      const { terms } = pendingRequest('EX-N6');
      await requests.add(pendingRequest('EX-N6', { terms: { ...terms, scopes: [subscription] } }));
      const found = async (scopes: readonly string[], inside: readonly string[], most: number) =>
        (await requests.decidedNear({ scopes, inside, most })).map(({ reference }) => reference);

      expect(await found([group], [subscription], 9)).toEqual(['EX-N5', 'EX-N4', 'EX-N2', 'EX-N1']);
      expect(await found([], [subscription], 1)).toEqual(['EX-N5', 'EX-N4']);
      expect(await found([group], [], 9)).toEqual(['EX-N2']);
      expect(await found([], [], 9)).toEqual([]);
    });

    it('finds what was decided last inside resource groups', async () => {
      const { requests } = opened.store;
      const group = '/subscriptions/77777777-0000-0000-0000-000000000001/resourceGroups/Rg_A';
      const decided = async (reference: string, scopes: readonly string[], hour: number) => {
        const decision = { by: bob, at: new Date(Date.UTC(2031, 0, 1, hour)), comment: '' };
        const { terms } = pendingRequest(reference);
        await requests.add(
          pendingRequest(reference, { status: 'expired', decision, terms: { ...terms, scopes: [...scopes] } }),
        );
      };
      await decided('EX-W1', [group], 1);
      await decided('EX-W2', [`${group}/providers/a.b/c/d`, '/subscriptions/x'], 2);
      await decided('EX-W3', [group.replace('Rg_A', 'RgXA'), `${group}-other`], 3);
      await decided('EX-W4', [group.toUpperCase()], 4);
      await requests.add(pendingRequest('EX-W5', { status: 'withdrawn', createdAt: new Date(Date.UTC(2031, 0, 2)) }));
      const found = async (places: readonly string[], most: number) =>
        (await requests.decidedNear({ scopes: [], inside: places.map(normalId), most })).map(
          ({ reference }) => reference,
        );

      expect(await found([group], 9)).toEqual(['EX-W4', 'EX-W2', 'EX-W1']);
      expect(await found([group], 1)).toEqual(['EX-W4', 'EX-W2']);
      expect(await found([`${group}-other`, group.replace('Rg_A', 'RgXA')], 9)).toEqual(['EX-W3']);
      expect(await found([], 9)).toEqual([]);
    });
  });
}
