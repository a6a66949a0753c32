import type { TokenCredential } from '@azure/identity';
import { ContainerClient, RestError, type AnonymousCredential } from '@azure/storage-blob';
import { z } from 'zod';
import type { PublishedHead, PublishedHeads } from '../../core/ledger/published-heads.ts';

const rememberedMs = 5 * 60_000;
const prefix = 'ledger-heads-';
const retryOptions = { maxTries: 2, tryTimeoutInMs: 10_000 };

const line = z.object({
  at: z.iso.datetime().transform((text) => new Date(text)),
  sequence: z.number().int(),
  hash: z.string(),
});

/** One blob for each month, because an append blob takes 50,000 additions. */
const blobOf = (at: Date): string => `${prefix}${at.toISOString().slice(0, 7)}.jsonl`;

const isMissing = (error: unknown): boolean => error instanceof RestError && error.statusCode === 404;

const isThere = (error: unknown): boolean => error instanceof RestError && error.statusCode === 409;

/**
 * Heads of the ledger in append blobs. A policy of immutability on the container (infra/modules/evidence.bicep) lets everybody, the
 * identity of Exemption Desk included, only add to them.
 */
export const appendHeads = (
  url: string,
  { credential, now }: { readonly credential: TokenCredential | AnonymousCredential; readonly now: () => Date },
): PublishedHeads => {
  const container = new ContainerClient(url, credential, {
    retryOptions,
    userAgentOptions: { userAgentPrefix: 'exemption-desk' },
  });
  let remembered: { readonly until: number; readonly head: PublishedHead | undefined } | undefined;

  const names = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { name } of container.listBlobsFlat({ prefix })) found.push(name);
    return found.toSorted();
  };
  const headsIn = async (name: string): Promise<PublishedHead[]> => {
    const text = (await container.getAppendBlobClient(name).downloadToBuffer()).toString('utf8');
    return text
      .split('\n')
      .filter((each) => each !== '')
      .map((each) => line.parse(JSON.parse(each)));
  };
  const remember = (head: PublishedHead | undefined): PublishedHead | undefined => {
    remembered = { until: now().getTime() + rememberedMs, head };
    return head;
  };

  return {
    kind: 'container',
    async publish(head) {
      const blob = container.getAppendBlobClient(blobOf(head.at));
      const { at, sequence, hash } = head;
      const text = `${JSON.stringify({ at: at.toISOString(), sequence, hash })}\n`;
      const append = () => blob.appendBlock(text, Buffer.byteLength(text));
      try {
        await append();
      } catch (error) {
        if (!isMissing(error)) throw error;
        // Another replica may create it in the same moment.
        await blob.create({ conditions: { ifNoneMatch: '*' } }).catch((refusal: unknown) => {
          if (!isThere(refusal)) throw refusal;
        });
        await append();
      }
      remember(head);
    },
    async last() {
      if (remembered !== undefined && now().getTime() < remembered.until) return remembered.head;
      for (const name of (await names()).toReversed()) {
        const head = (await headsIn(name)).at(-1);
        if (head !== undefined) return remember(head);
      }
      return remember(undefined);
    },
    async all() {
      return (await Promise.all((await names()).map(headsIn))).flat();
    },
  };
};
