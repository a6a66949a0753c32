import { daysBetween, formatInstant } from '../../core/calendar.ts';
import type { ExemptionChange } from '../../core/inventory/exemption-changes.ts';

type Expiry = Extract<ExemptionChange, { field: 'expiry' }>;
type Policies = Extract<ExemptionChange, { field: 'policies' }>;

const endWords = (end: Date | undefined, timeZone: string): string =>
  end === undefined ? 'never' : formatInstant(end, timeZone);

const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

const differenceOf = ({ from, to, beyond }: Expiry, timeZone: string): string => {
  if (to === undefined) return beyond === undefined ? 'it never expires now' : 'it was approved for a time only';
  if (beyond !== undefined) return `${days(daysBetween(beyond, to, timeZone))} longer than was approved`;
  if (from === undefined) return 'it had no end before';
  const longer = daysBetween(from, to, timeZone);
  if (longer === 0) return 'on the same day';
  return `${days(Math.abs(longer))} ${longer > 0 ? 'longer' : 'shorter'}`;
};

const policyWords = ({ added, removed }: Policies): string => {
  if (added === 'all') return 'It exempts from the whole initiative now, not from named policies only.';
  const more = added.length === 0 ? [] : [`also from ${added.join(', ')}`];
  const less =
    removed === 'all'
      ? ['no longer from the whole initiative']
      : removed.length === 0
        ? []
        : [`no longer from ${removed.join(', ')}`];
  return `It exempts ${[...more, ...less].join(' and ')}.`;
};

/** One change as a sentence, with absolute dates. */
export const changeSentence = (change: ExemptionChange, timeZone: string): string => {
  switch (change.field) {
    case 'expiry':
      return `Expiry moved from ${endWords(change.from, timeZone)} to ${endWords(change.to, timeZone)}: ${differenceOf(change, timeZone)}.`;
    case 'policies':
      return policyWords(change);
    case 'assignment':
      return `It stands on another policy assignment now: ${change.to}.`;
    case 'selectors':
      return change.narrowed
        ? change.narrowedBefore
          ? 'Its resource selectors were changed.'
          : 'Resource selectors narrow it to a part of what lies there now.'
        : 'It holds for everything there now: its resource selectors were removed.';
    case 'category':
      return `Category changed from ${change.from} to ${change.to}.`;
    case 'name':
      return `Name changed from “${change.from}” to “${change.to}”.`;
    case 'description':
      return 'The description was changed.';
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
