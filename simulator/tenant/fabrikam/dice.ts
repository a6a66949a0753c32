const seeds = [0x811c9dc5, 0x01000193, 0x9e3779b9, 0x85ebca6b];

/** FNV-1a: the same number for the same text in every run; `seed` may be that of the text before. */
const spread = (text: string, seed: number): number => {
  let hash = seed;
  for (let position = 0; position < text.length; position += 1)
    hash = Math.imul(hash ^ text.charCodeAt(position), 0x01000193) >>> 0;
  return hash;
};

const mixed = (spreadOut: number): number => {
  const hash = Math.imul(spreadOut ^ (spreadOut >>> 15), 0x85ebca6b) >>> 0;
  return (hash ^ (hash >>> 13)) >>> 0;
};

const hashOf = (text: string, seed: number): number => mixed(spread(text, seed));

/** A whole number from 0 up to, without, `sides`. */
export const roll = (text: string, sides: number): number => hashOf(text, seeds[0] ?? 0) % sides;

/** Rolls for many texts that begin alike: the beginning is read once. */
export const rollAfter = (beginning: string): ((text: string, sides: number) => number) => {
  const start = spread(beginning, seeds[0] ?? 0);
  return (text, sides) => hashOf(text, start) % sides;
};

/** One of several, the same one for the same text. */
export const pick = <T>(text: string, values: readonly [T, ...T[]]): T =>
  values[roll(text, values.length)] ?? values[0];

/** A GUID that belongs to a text. */
export const guidOf = (text: string): string => {
  const hex = seeds.map((seed) => hashOf(text, seed).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export const numbersTo = (count: number): number[] => Array.from({ length: count }, (_, number) => number);
