import { isUsable, mirrorLives, type MirrorPart } from './mirror-lives.ts';

/** How much of a part was read, and when the slice was read that was read longest ago. */
export type MirrorReading = { readonly part: MirrorPart; readonly slices: number; readonly oldest: Date };

/** What lists have to ask Azure for because it was read too long ago, as a sentence; empty if nothing. Before the first reading nothing is wrong. */
export const mirrorTroubles = (readings: readonly MirrorReading[], now: Date): string[] => {
  const old = readings.filter(({ part, oldest }) => !isUsable(part, oldest, now));
  if (old.length === 0) return [];
  const names = old.map(({ part }) => mirrorLives[part].what.toLowerCase()).join('; ');
  return [`Lists are slow, because Azure could not be read for them lately: ${names}.`];
};

/** "Complete", or "All, deny assignments of 120 of 300 subscriptions": how far the reading has come. `subscriptions`: how many there are, if known. */
export const readSoFar = (readings: readonly MirrorReading[], subscriptions: number | undefined): string => {
  if (readings.length === 0) return 'Nothing yet';
  const missing = (Object.keys(mirrorLives) as MirrorPart[]).filter((part) =>
    readings.every((each) => each.part !== part),
  );
  const denied = readings.find(({ part }) => part === 'deny-assignments')?.slices ?? 0;
  const isPartly = subscriptions !== undefined && denied < subscriptions;
  if (missing.length === 0 && !isPartly) return 'Complete';
  return [
    missing.length === 0 ? 'All' : `All but ${missing.map((part) => mirrorLives[part].what.toLowerCase()).join('; ')}`,
    ...(isPartly ? [`deny assignments of ${denied} of ${subscriptions} subscriptions`] : []),
  ].join(', ');
};
