/** What something of a size has cost, in whatever unit. */
export type Point = { readonly size: number; readonly cost: number };

/** What grows with the square of the size costs four times as much per thing at four times the size. */
const tolerance = 1.5;

export const perThousand = ({ size, cost }: Point): number => (cost * 1000) / size;

/** How many times as much the largest costs per thing as the smallest: 1 where cost grows as size does. */
export const growth = (points: readonly Point[]): number => {
  const sorted = points.toSorted((a, b) => a.size - b.size);
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first === undefined || last === undefined ? NaN : perThousand(last) / perThousand(first);
};

/** Whether the largest costs hardly more per thing than the smallest; false where nothing was measured. */
export const isLinear = (points: readonly Point[]): boolean => growth(points) <= tolerance;
