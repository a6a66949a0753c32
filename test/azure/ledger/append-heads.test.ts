import { AnonymousCredential, ContainerClient } from '@azure/storage-blob';
import { startAppendBlobs, type AppendBlobs } from '../../../simulator/storage/append-blobs.ts';
import { appendHeads } from '../../../src/azure/ledger/append-heads.ts';

const head = (sequence: number, at: string) => ({
  sequence,
  hash: String(sequence).repeat(64).slice(0, 64),
  at: new Date(at),
});
const credential = new AnonymousCredential();

/** On a container that nobody can change, which EVIDENCE_TRIAL_URL may replace by a real one or by Azurite (with a SAS). */
describe('published heads in a container', () => {
  let storage: AppendBlobs;
  let now: Date;
  const replica = () => appendHeads(process.env.EVIDENCE_TRIAL_URL ?? storage.url, { credential, now: () => now });

  beforeEach(async () => {
    storage = await startAppendBlobs();
    now = new Date('2026-11-21T10:00:00Z');
  });
  afterEach(() => storage.close());

  it('are none at first, then read back in order over the months, by any replica', async () => {
    const [one, other] = [replica(), replica()];
    expect(await one.last()).toBeUndefined();
    expect(await one.all()).toEqual([]);

    const heads = [head(1, '2026-11-30T23:00:00Z'), head(2, '2026-11-30T23:59:59Z'), head(3, '2026-12-01T00:00:00Z')];
    await one.publish(heads[0]!);
    await other.publish(heads[1]!);
    await one.publish(heads[2]!);

    expect(await replica().all()).toEqual(heads);
    expect(await replica().last()).toEqual(heads[2]);
    // The other replica knows its own until a few minutes later.
    expect(await other.last()).toEqual(heads[1]);
    now = new Date(now.getTime() + 5 * 60_000);
    expect(await other.last()).toEqual(heads[2]);
  });

  it('do not fail where two replicas begin the same blob at once', async () => {
    await Promise.all([1, 2, 3].map((sequence) => replica().publish(head(sequence, '2026-11-21T10:00:00Z'))));
    expect((await replica().all()).map(({ sequence }) => sequence).toSorted()).toEqual([1, 2, 3]);
  });

  it('can be overwritten and deleted by nobody', async () => {
    if (process.env.EVIDENCE_TRIAL_URL !== undefined) return;
    await replica().publish(head(1, '2026-11-21T10:00:00Z'));
    const blob = new ContainerClient(storage.url, credential).getAppendBlobClient('ledger-heads-2026-11.jsonl');
    await expect(blob.create()).rejects.toMatchObject({ statusCode: 409 });
    await expect(blob.delete()).rejects.toMatchObject({ statusCode: 409 });
    expect(await replica().all()).toHaveLength(1);
  });

  it('that did not get there are a failure, so that the next minute tries again', async () => {
    const heads = replica();
    await heads.last();
    await storage.close();
    if (process.env.EVIDENCE_TRIAL_URL === undefined)
      await expect(heads.publish(head(1, '2026-11-21T10:00:00Z'))).rejects.toThrow();
    storage = await startAppendBlobs();
  }, 30_000);
});
