import type { z } from 'zod';
import { cached } from '../../core/cached.ts';
import { inPieces } from '../../core/in-turn.ts';
import { isUsable, type MirrorPart } from '../../core/mirror/mirror-lives.ts';
import type { MirrorBatch, Mirrored, MirrorStore } from '../../core/mirror/mirror.ts';
import { understood } from '../client/failure.ts';

export type MirrorReader = {
  /** The completed readings of a part that are young enough for lists, by slice; with slices: only of those. */
  readonly usable: (part: MirrorPart, slices?: readonly string[]) => Promise<ReadonlyMap<string, MirrorBatch>>;
  /** What `make` makes of all rows of a part, made again only once they have changed; undefined: not read yet, or too long ago. */
  readonly whole: <Row, Value>(
    part: MirrorPart,
    row: z.ZodType<Row>,
    make: (rows: readonly Row[]) => Value | Promise<Value>,
  ) => () => Promise<Mirrored<Value> | undefined>;
  /** The rows under some keys of a part that is read as a whole; undefined as above. */
  readonly some: (part: MirrorPart, keys: readonly string[]) => Promise<Mirrored<unknown[]> | undefined>;
  /** The rows under some keys, of whatever slices were read. */
  readonly rows: MirrorStore['rows'];
};

type Made<Value> = { readonly batch: string; readonly value: Promise<Value> };

/** Answers from the mirror for lists. Which readings there are is looked up at most every few seconds. */
export const createMirrorReader = (
  store: MirrorStore,
  now: () => Date,
): MirrorReader & { readonly store: MirrorStore } => {
  type Wanted = { readonly part: MirrorPart; readonly slices: readonly string[] | undefined };
  const batches = cached(({ part, slices }: Wanted) => store.batches(part, slices), {
    what: 'which parts of the tenant were read',
    now,
  });

  const usable: MirrorReader['usable'] = async (part, slices) =>
    new Map(
      (await batches({ part, slices }))
        .filter(({ readAt }) => isUsable(part, readAt, now()))
        .map((each) => [each.slice, each] as const),
    );

  return {
    usable,
    rows: store.rows,
    whole: <Row, Value>(
      part: MirrorPart,
      row: z.ZodType<Row>,
      make: (rows: readonly Row[]) => Value | Promise<Value>,
    ) => {
      let made: Made<Value> | undefined;
      const makeOf = (batch: string): Made<Value> => {
        const value = store
          .rows(part)
          .then((rows) => inPieces(rows, (each) => understood(row, each)))
          .then(make);
        const next = { batch, value };
        value.catch(() => {
          if (made === next) made = undefined;
        });
        return next;
      };
      return async () => {
        const reading = (await usable(part)).get('');
        if (reading === undefined) return undefined;
        if (made?.batch !== reading.batch) made = makeOf(reading.batch);
        return { value: await made.value, asOf: reading.readAt };
      };
    },
    some: async (part, keys) => {
      const reading = (await usable(part)).get('');
      return reading === undefined ? undefined : { value: await store.rows(part, keys), asOf: reading.readAt };
    },
    store: {
      ...store,
      replace: (...reading) => store.replace(...reading).finally(batches.forget),
      keepOnly: (...slices) => store.keepOnly(...slices).finally(batches.forget),
    },
  };
};
