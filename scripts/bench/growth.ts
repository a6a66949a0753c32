export type Point = { readonly size: number; readonly ms: number };

/** What grows with the square of the size takes four times as long per thing at four times the size. A machine that others use too is uneven. */
const tolerance = 1.5;

/** Milliseconds for a thousand. */
export const perThousand = ({ size, ms }: Point): number => (ms * 1000) / size;

/** How many times as long the largest takes per thing as the smallest: 1 where time grows as size does. */
export const growth = (points: readonly Point[]): number => {
  const sorted = points.toSorted((a, b) => a.size - b.size);
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first === undefined || last === undefined ? NaN : perThousand(last) / perThousand(first);
};

/** Whether the largest takes hardly more time per thing than the smallest; false where nothing was measured. */
export const isLinear = (points: readonly Point[]): boolean => growth(points) <= tolerance;
