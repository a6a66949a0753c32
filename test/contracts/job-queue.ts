import type { JobQueue, Jobs } from '../../src/core/desk/job-queue.ts';

export type QueueUnderTest = {
  readonly queue: JobQueue;
  /** Runs something inside a transaction of the database. */
  readonly transaction: (work: () => Promise<void>) => Promise<void>;
  /** Works on all jobs until none is left, each attempt by this; the jobs that throw come again. */
  readonly workOnAll: (handle: (name: keyof Jobs, data: object) => Promise<void>) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** What every job queue promises. */
export const describeJobQueue = (name: string, make: () => Promise<QueueUnderTest>): void => {
  describe(`the job queue of ${name}`, () => {
    let under: QueueUnderTest;
    beforeEach(async () => {
      under = await make();
    });
    afterEach(() => under.close());
    const done = async (): Promise<string[]> => {
      const names: string[] = [];
      await under.workOnAll(
        async (job, data) => void names.push(`${job} ${'reference' in data ? String(data.reference) : ''}`.trim()),
      );
      return names.sort();
    };

    it('delivers what was sent, with its data', async () => {
      await under.queue.send('apply-request', { reference: 'EX-0001' });
      await under.queue.send('publish-request', { reference: 'EX-0001' });
      expect((await under.queue.health()).waiting.map(({ job, count }) => [job, count])).toEqual([
        ['apply-request', 1],
        ['publish-request', 1],
      ]);
      expect(await done()).toEqual(['apply-request EX-0001', 'publish-request EX-0001']);
      expect((await under.queue.health()).waiting).toEqual([]);
    });

    it('shares the fate of the transaction in which it was sent', async () => {
      const sending = (reference: string, fails: boolean) =>
        under.transaction(async () => {
          await under.queue.send('apply-request', { reference });
          if (fails) throw new Error('rolled back');
        });
      await expect(sending('EX-LOST', true)).rejects.toThrow('rolled back');
      await sending('EX-KEPT', false);
      expect(await done()).toEqual(['apply-request EX-KEPT']);
    });

    it('takes one sweep that waits for enough, but every request for itself', async () => {
      for (let count = 0; count < 3; count += 1) {
        await under.queue.send('sweep-exemptions', {});
        await under.queue.send('publish-request', { reference: `EX-000${count}` });
      }
      expect(await done()).toHaveLength(4);
    });
  });
};
