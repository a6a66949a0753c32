import { crossedSpans } from '../../core/alert/ladder-windows.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { showTheSame } from '../../core/inventory/change-times.ts';
import { readAllEveryMs, type LastReading, type SweepProgress, type WhyReadAll } from '../../core/inventory/sweep.ts';
import type { WrittenExemption } from '../../core/inventory/written-exemption.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { Desk, SweepingDesk } from '../desk.ts';
import type { PolicyMap } from '../plan/map-policies.ts';
import { digestOf } from './find-gaps.ts';
import type { SweepLook } from './look-around.ts';

/** At most this many exemptions are asked for by name; if more have something due, all are read. */
const namedInASweep = 100;

/** A digest of everything that alerts and lists take from elsewhere than from exemptions. */
export const surroundingsOf = ({ map, hierarchy }: Pick<SweepLook, 'map' | 'hierarchy'>, { hash }: Desk): string => {
  const named = ({ assignments, catalogue }: PolicyMap) => [
    assignments.map(({ displayName, managedBy }) => [displayName, managedBy]),
    catalogue.map(({ key, title, severity, policyDefinitionId }) => [key, title, severity, policyDefinitionId]).sort(),
  ];
  return hash(JSON.stringify([digestOf(map, hash), named(map), hierarchy]));
};

/** Without the change times, so that the next sweep reads all exemptions. */
export const unreadAgain = (progress: SweepProgress): SweepProgress => ({
  ...progress,
  reading: progress.reading && { ...progress.reading, times: undefined, timesOfDefender: undefined },
});

/** Why the last reading cannot be compared with; undefined: it is recent, left nothing open, and nothing around the exemptions has changed since. */
const whyNotComparable = (
  { at, progress: { reading, blind } }: SweepLook,
  around: string,
): Exclude<WhyReadAll, 'changed'> | undefined => {
  if (blind !== undefined) return 'blind';
  if (reading === undefined) return 'first';
  if (reading.times === undefined) return 'left-open';
  if (reading.times.dated !== reading.times.count) return 'undated';
  if (Math.abs(at.getTime() - reading.at.getTime()) >= readAllEveryMs) return 'hourly';
  return reading.surroundings === around ? undefined : 'surroundings';
};

/** The exemptions with something to do although they did not change: an expiry that comes nearer, or a step of ours to compare. */
const idsWithSomethingDue = async (
  desk: Desk,
  { at, progress: { lastCompletedAt: last } }: SweepLook,
  written: readonly WrittenExemption[],
): Promise<{ readonly due: readonly string[]; readonly all: readonly string[] }> => {
  const spans = last === undefined ? [] : crossedSpans(last, at, desk.timeZone);
  const due = await desk.database.seen.endingWithin(spans, namedInASweep + 1);
  return { due, all: [...new Set([...due, ...written.map(({ exemptionId }) => normalId(exemptionId))])] };
};

/** Why exemptions may not be as they were last read; undefined: Resource Graph shows them exactly so. */
const whyNotTheSame = async (
  desk: SweepingDesk,
  times: NonNullable<LastReading['times']>,
): Promise<WhyReadAll | undefined> => {
  const now = await unlessUntold(() => desk.everyExemption.changeTimes(), 'no-answer' as const);
  if (now === undefined) return 'not-told';
  if (now === 'no-answer') return now;
  return showTheSame(times, now) ? undefined : 'changed';
};

/** How a sweep reads: a few exemptions by their ids, as Resource Graph shows them, or all of them. */
type Reading =
  | { readonly way: 'compared'; readonly found: readonly Exemption[] }
  | { readonly way: 'all'; readonly why: WhyReadAll };

/**
 * Decides how a sweep reads. If the change times show that nothing was made, changed or deleted since all exemptions were last read, it returns those
 * few with something due; the sweep needs no others.
 */
export const chooseReading = async (
  desk: SweepingDesk,
  look: SweepLook,
  written: readonly WrittenExemption[],
): Promise<Reading> => {
  const times = look.progress.reading?.times;
  const why =
    whyNotComparable(look, surroundingsOf(look, desk)) ??
    (times === undefined ? 'left-open' : await whyNotTheSame(desk, times));
  if (why !== undefined) return { way: 'all', why };
  const { due, all } = await idsWithSomethingDue(desk, look, written);
  if (all.length > namedInASweep) return { way: 'all', why: 'much-due' };
  const found = await unlessUntold(() => desk.everyExemption.named(all), undefined);
  if (found === undefined) return { way: 'all', why: 'no-answer' };
  const ids = new Set(found.map(({ id }) => normalId(id)));
  return due.every((id) => ids.has(id)) ? { way: 'compared', found } : { way: 'all', why: 'much-due' };
};
