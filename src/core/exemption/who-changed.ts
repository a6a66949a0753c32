import { formatInstant, type Clock } from '../calendar.ts';
import type { Exemption } from './exemption.ts';

type Changed = Pick<Exemption, 'createdBy' | 'createdAt' | 'changedBy' | 'changedAt'>;

const applicationId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Azure names an application only by its id. */
export const personOrApplication = (by: string): string => (applicationId.test(by) ? `the application ${by}` : by);

/** Whoever created what Exemption Desk wrote is Exemption Desk. */
const named = (by: string, { createdBy }: Changed, isOurs: boolean): string =>
  isOurs && by === createdBy ? 'Exemption Desk' : personOrApplication(by);

/**
 * Who changed an exemption last and when, as `by pat@contoso.com on 30 Nov 2026, 02:24 (Europe/Berlin)`; undefined if Azure does not say, or if
 * nothing was changed since it was created. `isOurs`: Exemption Desk created it. It is what Azure says, and no evidence.
 */
export const whoChanged = (exemption: Changed, isOurs: boolean, clock: Clock): string | undefined => {
  const { createdAt, changedBy, changedAt } = exemption;
  if (changedAt !== undefined && createdAt?.getTime() === changedAt.getTime()) return undefined;
  const words = [
    ...(changedBy === undefined || changedBy === '' ? [] : [`by ${named(changedBy, exemption, isOurs)}`]),
    ...(changedAt === undefined ? [] : [`on ${formatInstant(changedAt, clock)}`]),
  ];
  return words.length === 0 ? undefined : words.join(' ');
};
