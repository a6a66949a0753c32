/**
 * A number for lists that changes whenever one of them has got, lost or exchanged a value since it was last asked for. The values themselves never
 * change, so this is far quicker than to read what is in them.
 */
export const createListVersion = (lists: () => readonly (readonly unknown[])[]): (() => number) => {
  let before: readonly (readonly unknown[])[] = [];
  let version = 0;
  const isSame = (list: readonly unknown[], at: number): boolean => {
    const known = before[at];
    return known?.length === list.length && list.every((value, position) => value === known[position]);
  };
  return () => {
    const now = lists();
    if (!now.every(isSame)) {
      before = now.map((list) => [...list]);
      version += 1;
    }
    return version;
  };
};
