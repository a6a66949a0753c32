import { inPieces } from '../in-turn.ts';
import type { ControlMembers, SecureScore } from './secure-score.ts';

/**
 * Each control of some scores once, with every recommendation that it has in any of them, in lower case; by name. A tenant has ten thousand
 * controls, so others run in between.
 */
export const controlsOf = async (scores: readonly Pick<SecureScore, 'controls'>[]): Promise<ControlMembers[]> => {
  const members = new Map<string, Set<string>>();
  await inPieces(scores, ({ controls }) => {
    for (const { name, recommendationKeys } of controls) {
      const known = members.get(name) ?? new Set<string>();
      for (const key of recommendationKeys) known.add(key.toLowerCase());
      members.set(name, known);
    }
  });
  return [...members]
    .map(([name, keys]) => ({ name, recommendationKeys: [...keys] }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
};

/** The names of the controls that a recommendation counts in. */
export const controlsWith = (controls: readonly ControlMembers[], key: string): string[] =>
  controls.filter(({ recommendationKeys }) => recommendationKeys.includes(key.toLowerCase())).map(({ name }) => name);

/** The controls that somebody means: the one with that name, otherwise those whose name has each of the words. Pure. */
export const controlsCalled = (controls: readonly ControlMembers[], typed: string): ControlMembers[] => {
  const wanted = typed.trim().toLowerCase();
  const exactly = controls.filter(({ name }) => name.toLowerCase() === wanted);
  if (exactly.length > 0) return exactly;
  return controls.filter(({ name }) => wanted.split(/\s+/).every((word) => name.toLowerCase().includes(word)));
};
