import type { PublishedHead, PublishedHeads } from '../../src/core/ledger/published-heads.ts';

/** A container of published heads in an array. */
export const keptHeads = (heads: PublishedHead[] = []): PublishedHeads => ({
  kind: 'container',
  publish: async (head) => void heads.push(head),
  last: async () => heads.at(-1),
  all: async () => [...heads],
});
