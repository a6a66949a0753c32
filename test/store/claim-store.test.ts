import { AlreadyClaimed, settleClaims } from '../../src/workflow/record/settle-claims.ts';
import type { Claim } from '../../src/core/request/exemption-claims.ts';
import type { Store } from '../../src/core/desk/store.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import { engines } from './engines.ts';
import { pendingRequest } from './samples.ts';

const at = new Date('2026-11-21T12:00:00Z');
const later = new Date('2026-11-21T12:10:00Z');
const holder = (key: string): Claim => ({ key, slot: 'holder' });
const successor = (key: string): Claim => ({ key, slot: 'successor' });

describe.each(engines)('claims on exemptions on $engine', ({ open, whyNot }) => {
  let opened: OpenStore;
  let isOpen = false;
  const run = whyNot === undefined ? it : it.skip;
  beforeAll(async () => {
    if (whyNot !== undefined) return;
    opened = await open();
    isOpen = true;
  });
  afterAll(async () => {
    if (isOpen) await opened.close();
  });
  const { settle, of, reserve, release } = {
    settle: (by: string, ...claims: Claim[]) => opened.store.claims.settle([{ by, claims }], at),
    of: (...keys: string[]) => opened.store.claims.of(keys, at),
    reserve: (by: string, key: string, when = at) =>
      opened.store.claims.reserve({ by, ...successor(key) }, when, later),
    release: (by: string) => opened.store.claims.release(by),
  };

  run('have one holder and one successor, and name whoever is in the way', async () => {
    expect(await settle('EX-A', holder('/a'), holder('/b'))).toEqual([]);
    expect(await settle('EX-B', successor('/a'), successor('/b'))).toEqual([]);
    expect(await settle('EX-C', successor('/b'), successor('/c'))).toEqual([{ by: 'EX-B', ...successor('/b') }]);
    expect(await of('/a')).toHaveLength(2);
    expect(await settle('EX-A', holder('/a'), holder('/b'))).toEqual([]);
  });

  run('are handed on in one go, and free what is no longer claimed', async () => {
    await settle('EX-D', holder('/d'), holder('/e'));
    await settle('EX-E', successor('/d'));
    const handed = [
      { by: 'EX-D', claims: [holder('/e')] },
      { by: 'EX-E', claims: [holder('/d')] },
    ];
    expect(await opened.store.claims.settle(handed, at)).toEqual([]);
    expect(await of('/d', '/e')).toEqual(
      expect.arrayContaining([
        { by: 'EX-E', ...holder('/d') },
        { by: 'EX-D', ...holder('/e') },
      ]),
    );
    expect(await of('/d', '/e')).toHaveLength(2);
  });

  run('can be reserved for a while, again by the same, and by others when that is over', async () => {
    expect(await reserve('cleanup 1', '/f')).toBe(true);
    expect(await reserve('cleanup 1', '/f')).toBe(true);
    expect(await reserve('cleanup 2', '/f')).toBe(false);
    expect(await settle('EX-F', successor('/f'))).toEqual([{ by: 'cleanup 1', ...successor('/f') }]);
    expect(await opened.store.claims.of(['/f'], later)).toEqual([]);
    expect(await reserve('cleanup 2', '/f', later)).toBe(true);
    await release('cleanup 2');
    expect(await settle('EX-F', successor('/f'))).toEqual([]);
    expect(await reserve('cleanup 1', '/f', new Date('2030-01-01'))).toBe(false);
  });

  run('go to one of two who ask in the same moment, and the other hears who', async () => {
    const both = ['EX-G1', 'EX-G2'].map((reference) => pendingRequest(reference));
    const results = await Promise.allSettled(
      both.map((request) =>
        opened.transaction(async (store) => {
          await store.requests.add(request);
          await settleClaims(store as Store, at, [{ before: undefined, after: request }]);
        }),
      ),
    );
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
    expect(refused).toHaveLength(1);
    expect(refused[0]).toBeInstanceOf(AlreadyClaimed);
    expect(refused[0]!.message).toMatch(/^EX-G[12] by Alice Adler already asks for this\./);
    expect(await opened.store.requests.list({ references: ['EX-G1', 'EX-G2'] })).toHaveLength(1);
  });
});
