import { counted } from '../first-few.ts';
import {
  isApproverPart,
  isSliced,
  isUsable,
  mirrorLives,
  mirrorParts,
  type MirrorPart,
  type SlicedPart,
} from './mirror-lives.ts';

/** How much of a part was read, and when the slice was read that was read longest ago. */
export type MirrorReading = { readonly part: MirrorPart; readonly slices: number; readonly oldest: Date };

/** What lists have to ask Azure for because it was read too long ago, as a sentence; empty if nothing. Before the first reading nothing is wrong. */
export const mirrorTroubles = (readings: readonly MirrorReading[], now: Date): string[] => {
  const old = readings.filter(({ part, oldest }) => !isUsable(part, oldest, now));
  const slow = old.filter(({ part }) => !isApproverPart(part));
  const names = slow.map(({ part }) => mirrorLives[part].what.toLowerCase()).join('; ');
  return [
    ...(slow.length === 0 ? [] : [`Lists are slow, because Azure could not be read for them lately: ${names}.`]),
    ...(old.length === slow.length
      ? []
      : ['Nobody is warned of too few approvers, because Azure or Microsoft Graph could not be read for that lately.']),
  ];
};

/** "In 37 groups; of 2 of them Microsoft Graph does not tell who is in them": how far those who could approve are known. */
export const approversSoFar = (readings: readonly MirrorReading[], hidden: number): string => {
  const groups = readings.find(({ part }) => part === 'approver-groups')?.slices ?? 0;
  if (!readings.some(({ part }) => part === 'approver-roles')) return 'Nothing yet';
  if (groups === 0) return 'No group has a role for it';
  const known = `In ${counted(groups, 'group')}`;
  return hidden === 0 ? known : `${known}; Microsoft Graph does not tell who is in ${hidden} of them`;
};

const inPart: Readonly<Record<SlicedPart, string>> = {
  'deny-assignments': 'deny assignments',
  resources: 'assessed resources',
};

/** "Complete", or "All, deny assignments of 120 of 300 subscriptions": how far the reading has come. `subscriptions`: how many there are, if known. */
export const readSoFar = (readings: readonly MirrorReading[], subscriptions: number | undefined): string => {
  if (readings.every(({ part }) => isApproverPart(part))) return 'Nothing yet';
  const slicesOf = new Map(readings.map(({ part, slices }) => [part, slices]));
  const missing = mirrorParts.filter((part) => !isSliced(part) && !isApproverPart(part) && !slicesOf.has(part));
  const partly = mirrorParts.filter(isSliced).flatMap((part) => {
    const read = slicesOf.get(part) ?? 0;
    return subscriptions === undefined || read >= subscriptions
      ? []
      : [`${inPart[part]} of ${read} of ${subscriptions} subscriptions`];
  });
  if (missing.length === 0 && partly.length === 0) return 'Complete';
  return [
    missing.length === 0 ? 'All' : `All but ${missing.map((part) => mirrorLives[part].what.toLowerCase()).join('; ')}`,
    ...partly,
  ].join(', ');
};
