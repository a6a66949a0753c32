/** The cost of something of one size, in any unit. */
export type Point = { readonly size: number; readonly cost: number };

/** A cost that grows with the square of the size is four times as high per item at four times the size. */
const tolerance = 1.5;

export const perThousand = ({ size, cost }: Point): number => (cost * 1000) / size;

/** How many times more the largest costs per item than the smallest: 1 if cost grows in proportion. */
export const growth = (points: readonly Point[]): number => {
  const sorted = points.toSorted((a, b) => a.size - b.size);
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first === undefined || last === undefined ? NaN : perThousand(last) / perThousand(first);
};

/** Whether the largest costs hardly more per item than the smallest; false if nothing was measured. */
export const isLinear = (points: readonly Point[]): boolean => growth(points) <= tolerance;
