import type { OpenStore } from '../../src/store/open-store.ts';
import { engines } from './engines.ts';

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `the inbox on ${engine}`, () => {
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    const at = new Date('2026-11-25T10:00:00Z');
    const later = (hours: number) => new Date(at.getTime() + hours * 3_600_000);
    const kept = (conversationId: string, activityId: string, receivedAt = at) => ({
      conversationId,
      activityId,
      activity: JSON.stringify({ text: 'approve \u0000 \ud83d' }),
      receivedAt,
      correlation: `of ${activityId}`,
    });
    const takenFrom = async (conversationId: string) => {
      const taken = await opened.store.inbox.take(conversationId);
      if (taken === undefined || taken === 'held') throw new Error(`Nothing can be taken: ${taken ?? 'nothing there'}`);
      return taken;
    };

    it('keeps an activity once, and knows it after it was answered', async () => {
      const { inbox } = opened.store;
      expect(await inbox.keep(kept('19:once', 'a'))).toBe(true);
      expect(await inbox.keep(kept('19:once', 'a', later(1)))).toBe(false);
      expect(await inbox.keep(kept('19:elsewhere', 'a', later(60)))).toBe(true);
      expect(await inbox.keep(kept('19:once', 'a', later(60)))).toBe(false);

      await inbox.settle((await takenFrom('19:once')).sequence, at);
      expect(await inbox.keep(kept('19:once', 'a', later(47)))).toBe(false);
    });

    it('gives out the oldest of a conversation first, as it was, to one at a time', async () => {
      const { inbox } = opened.store;
      for (const id of ['first', 'second']) await inbox.keep(kept('19:order', id));
      const first = await takenFrom('19:order');

      expect(first).toEqual({ ...kept('19:order', 'first'), sequence: first.sequence, attempt: 1 });
      expect(await inbox.take('19:order')).toBe('held');
      expect(await inbox.take('19:nobody')).toBeUndefined();
      await inbox.giveBack(first.sequence, true);
      expect(await takenFrom('19:order')).toMatchObject({ activityId: 'first', attempt: 2 });
      await inbox.giveBack(first.sequence, false);
      expect(await takenFrom('19:order')).toMatchObject({ activityId: 'first', attempt: 2 });
      await inbox.settle(first.sequence, at);
      expect(await takenFrom('19:order')).toMatchObject({ activityId: 'second', attempt: 1 });
    });

    it('gives one activity to one of many who ask at once', async () => {
      await opened.store.inbox.keep(kept('19:many', 'a'));
      const taken = await Promise.all(Array.from({ length: 10 }, () => opened.store.inbox.take('19:many')));

      expect(taken.filter((each) => each !== 'held')).toHaveLength(1);
    });

    it('says what waits', async () => {
      const { inbox } = opened.store;
      await inbox.keep(kept('19:waits', 'a', later(100)));

      expect(await inbox.waiting('19:waits')).toMatchObject({ activity: kept('19:waits', 'a').activity });
      expect(await inbox.waitingSince(later(99))).not.toContain('19:waits');
      expect(await inbox.waitingSince(later(100))).toContain('19:waits');
      await inbox.settle((await takenFrom('19:waits')).sequence, at);
      expect(await inbox.waiting('19:waits')).toBeUndefined();
      expect(await inbox.waitingSince(later(200))).not.toContain('19:waits');
    });
  });
}
