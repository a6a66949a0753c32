import { daysBetween, formatWithoutZone, lastingWords } from '../../../core/calendar.ts';
import type { ExemptionChange } from '../../../core/inventory/exemption-changes.ts';

type Expiry = Extract<ExemptionChange, { field: 'expiry' }>;
type Policies = Extract<ExemptionChange, { field: 'policies' }>;

/** Both ends, with the zone named once. */
const expiryTexts = ({ from, to }: Expiry, timeZone: string): string => {
  const named = `(${timeZone})`;
  const [before, after] = [from, to].map((end) => (end === undefined ? 'never' : formatWithoutZone(end, timeZone)));
  if (to === undefined) return `${before ?? ''}${from === undefined ? '' : ` ${named}`} to never`;
  return `${before ?? ''} to ${after ?? ''} ${named}`;
};

const differenceOf = ({ from, to, beyond }: Expiry, timeZone: string): string => {
  if (to === undefined) return beyond === undefined ? 'it now never expires' : 'it was approved for a limited time';
  if (beyond !== undefined) return `${lastingWords(daysBetween(beyond, to, timeZone))} longer than approved`;
  if (from === undefined) return 'it never expired before';
  const longer = daysBetween(from, to, timeZone);
  if (longer === 0) return 'another time on the same day';
  return `${lastingWords(Math.abs(longer))} ${longer > 0 ? 'longer' : 'shorter'}`;
};

const policyWords = ({ added, removed }: Policies): string => {
  if (added === 'all') return 'It now covers the whole initiative, not only named policies.';
  const more = added.length === 0 ? [] : [`now also covers ${added.join(', ')}`];
  const less =
    removed === 'all'
      ? ['no longer covers the whole initiative']
      : removed.length === 0
        ? []
        : [`no longer covers ${removed.join(', ')}`];
  return `It ${[...more, ...less].join(' and ')}.`;
};

/** One change as a sentence, with absolute dates. */
export const changeSentence = (change: ExemptionChange, timeZone: string): string => {
  switch (change.field) {
    case 'expiry':
      return `Expiry changed from ${expiryTexts(change, timeZone)}: ${differenceOf(change, timeZone)}.`;
    case 'policies':
      return policyWords(change);
    case 'assignment':
      return `It now belongs to another policy assignment: ${change.to}.`;
    case 'selectors':
      return change.narrowed
        ? change.narrowedBefore
          ? 'Its resource selectors changed.'
          : 'Resource selectors now limit it to some resources in its scope.'
        : 'Its resource selectors were removed, so it now covers everything in its scope.';
    case 'category':
      return `Category changed from ${change.from} to ${change.to}.`;
    case 'name':
      return `Name changed from “${change.from}” to “${change.to}”.`;
    case 'description':
      return 'Description changed.';
  }
};

/** Whether it lasts longer than before. */
export const isStretched = (changes: readonly ExemptionChange[]): boolean =>
  changes.some(
    (change) =>
      change.field === 'expiry' &&
      change.from !== undefined &&
      (change.to === undefined || change.to.getTime() > change.from.getTime()),
  );

/** Whether it lasts longer than was approved. */
export const isBeyondApproval = (changes: readonly ExemptionChange[]): boolean =>
  changes.some((change) => change.field === 'expiry' && change.beyond !== undefined);
