import type { OpenStore } from '../../src/store/open-store.ts';
import { engines } from './engines.ts';

const at = new Date('2026-11-21T12:00:00.000Z');
const later = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
const call = { callerId: 'a', application: 'b', key: 'k', digest: 'one' };
const answer = { status: 201, headers: { link: '<x>' }, body: { reference: 'EX-AAAA' } };

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `the answers to changes, on ${engine}`, () => {
    let store: OpenStore['store'];
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ store, close } = await open());
    });
    afterAll(() => close());

    it('belong to the caller, the application and the key, and come again for the same call only', async () => {
      expect(await store.keptAnswers.begin(call, at)).toEqual({ kind: 'new' });
      expect(await store.keptAnswers.begin(call, later(1))).toEqual({ kind: 'in-flight' });
      await store.keptAnswers.end(call, at, answer);

      expect(await store.keptAnswers.begin(call, later(60))).toEqual({ kind: 'answered', answer });
      expect(await store.keptAnswers.begin({ ...call, digest: 'two' }, later(60))).toEqual({ kind: 'other' });
      expect(await store.keptAnswers.begin({ ...call, callerId: 'z' }, later(60))).toEqual({ kind: 'new' });
      expect(await store.keptAnswers.begin({ ...call, application: 'z' }, later(60))).toEqual({ kind: 'new' });
      expect(await store.keptAnswers.begin(call, later(24 * 60 + 1))).toEqual({ kind: 'new' });
    });

    it('let one of many calls at the same moment through', async () => {
      const many = Array.from({ length: 8 }, () => store.keptAnswers.begin({ ...call, key: 'many' }, at));
      const kinds = (await Promise.all(many)).map(({ kind }) => kind);

      expect(kinds.filter((kind) => kind === 'new')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'in-flight')).toHaveLength(7);
    });

    it('can be given back, and are free again after a process died with them', async () => {
      const [dropped, died] = [
        { ...call, key: 'dropped' },
        { ...call, key: 'died' },
      ];
      await store.keptAnswers.begin(dropped, at);
      await store.keptAnswers.drop(dropped, at);
      await store.keptAnswers.begin(died, at);

      expect(await store.keptAnswers.begin({ ...dropped, digest: 'two' }, at)).toEqual({ kind: 'new' });
      expect(await store.keptAnswers.begin(died, later(3))).toEqual({ kind: 'new' });
      // Whoever died and comes back must not answer in the place of the other.
      await store.keptAnswers.end(died, at, answer);
      expect(await store.keptAnswers.begin(died, later(4))).toEqual({ kind: 'in-flight' });
    });

    it('give a draft that an application left to one person', async () => {
      const left = {
        ...{ id: 'left', application: 'a', form: { name: 'N' }, scopes: ['/s'], onBehalfOf: 'Alice' },
        recommendation: { key: 'k', title: 'T', severity: 'high', policyDefinitionId: '/p' },
        ...{ createdAt: at, claimedBy: undefined },
      } as const;
      expect(await store.unclaimedDrafts.add(left)).toBe(true);
      expect(await store.unclaimedDrafts.add({ ...left, scopes: ['/t', '/s'] })).toBe(true);
      expect((await store.unclaimedDrafts.find('left'))?.scopes.toSorted()).toEqual(['/s', '/t']);
      const due = { until: at, most: 5, now: later(2) };
      expect((await store.unclaimedDrafts.takeToTell(due)).map(({ id }) => id)).toEqual(['left']);
      expect(await store.unclaimedDrafts.takeToTell(due)).toEqual([]);
      expect(await store.unclaimedDrafts.add({ ...left, scopes: ['/u'] })).toBe(false);
      await store.unclaimedDrafts.tellLater('left');
      expect(await store.unclaimedDrafts.takeToTell(due)).toHaveLength(1);

      const claims = await Promise.all(['A', 'B'].map((each) => store.unclaimedDrafts.claim('left', each)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect((await store.unclaimedDrafts.find('left'))?.claimedBy).toMatch(/^[ab]$/);
    });
  });
}
