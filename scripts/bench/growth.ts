export type Point = { readonly size: number; readonly ms: number };

/** A work that grows with the square of its size takes four times as long per thing at four times the size; machines that others use too are uneven. */
const tolerance = 2;

/** Milliseconds for a thousand. */
export const perThousand = ({ size, ms }: Point): number => (ms * 1000) / size;

/** Whether the largest takes hardly more time per thing than the smallest. */
export const isLinear = (points: readonly Point[]): boolean => {
  const sorted = points.toSorted((a, b) => a.size - b.size);
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first !== undefined && last !== undefined && perThousand(last) <= tolerance * perThousand(first);
};
