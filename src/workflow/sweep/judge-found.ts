import { changesOf, type ExemptionChange } from '../../core/inventory/exemption-changes.ts';
import { whoChanged } from '../../core/exemption/who-changed.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import { graphLagMs, readAllEveryMs } from '../../core/inventory/sweep.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { seenOf, type Sighting } from '../../core/inventory/seen-exemption.ts';
import type { Desk } from '../desk.ts';
import { recommendationOf, unitKeyOf } from '../inventory/exemption-units.ts';
import { assignmentOf, bearingOn } from '../plan/map-policies.ts';
import type { SweepLook } from './look-around.ts';
import { whatShouldStand } from './what-should-stand.ts';

/** An exemption that is not known in its current state. */
export type Found = {
  readonly exemption: Exemption;
  readonly fingerprint: string;
  /** The request behind it. */
  readonly request: ExemptionRequest | undefined;
  readonly before: Sighting | undefined;
};

/** It stands as its request says, but under another request or a later expiry than before. */
export type Continued = {
  readonly kind: 'continued';
  readonly how: 'renewed' | 'replaced' | 'adopted' | 'approved';
  readonly before: Sighting;
  readonly now: Sighting;
};

export type Verdict =
  | { readonly kind: 'made' | 'came-into-sight' | 'no-news'; readonly now: Sighting }
  | {
      readonly kind: 'changed';
      readonly before: Sighting;
      readonly now: Sighting;
      readonly changes: readonly ExemptionChange[];
      /** Who changed it, as far as Azure says. */
      readonly by: string | undefined;
    }
  | Continued
  /** Its request is still being written: its exemptions are reported together. */
  | { readonly kind: 'wait' };

const sightingOf = (desk: Desk, { map }: SweepLook, { exemption, fingerprint, request }: Found): Sighting => {
  const recommendations = bearingOn(map, exemption);
  return {
    exemption: seenOf(exemption, desk.hash),
    fingerprint,
    unitKey: unitKeyOf(exemption, recommendations, request, desk.hash),
    reference: request?.reference,
    recommendation: recommendationOf(recommendations, request),
    version: 1,
    // An exemption first seen without its assignment counts as orphaned at once. Azure is asked only about assignments that were visible before.
    orphaned: assignmentOf(map, exemption) === undefined,
    needless: false,
    missingSince: undefined,
    silentUntil: undefined,
  };
};

/** Keeps what was found out before, except for what the exemption itself now says. */
const carriedOver = (before: Sighting, found: Sighting): Sighting => {
  const sameEnd = before.exemption.expiresAt?.getTime() === found.exemption.expiresAt?.getTime();
  return {
    ...before,
    exemption: found.exemption,
    fingerprint: found.fingerprint,
    reference: found.reference,
    unitKey: sameEnd && before.reference === found.reference ? before.unitKey : found.unitKey,
    recommendation: found.recommendation ?? before.recommendation,
  };
};

/** When an exemption became reportable: with the last one of its request. */
const madeAt = ({ exemption, request }: Found): number =>
  Math.max(exemption.createdAt?.getTime() ?? Infinity, request?.appliedAt?.getTime() ?? 0);

/**
 * The first sweep treats everything as known. So do later ones with exemptions that were made long before the last one and only now became visible. A sweep
 * that compares change times may be told the same old numbers for as long as all are not read, so that an exemption is news for that time longer.
 */
const isNews = (found: Found, { at, progress: { lastCompletedAt: last } }: SweepLook): boolean =>
  last !== undefined && madeAt(found) >= Math.min(last.getTime(), at.getTime()) - graphLagMs - readAllEveryMs;

const isSilent = ({ silentUntil }: Sighting, at: Date): boolean =>
  silentUntil !== undefined && silentUntil.getTime() > at.getTime();

const endsLater = (
  { exemption: { expiresAt: now } }: Sighting,
  { exemption: { expiresAt: before } }: Sighting,
): boolean => before !== undefined && (now === undefined || now.getTime() > before.getTime());

/** How an exemption goes on that stands as its request says; undefined if it does not differ in what people were told. */
const howContinued = (now: Sighting, before: Sighting, { request }: Found): Continued['how'] | undefined => {
  if (request === undefined || now.recommendation === undefined) return undefined;
  if (before.reference === request.reference) return endsLater(now, before) ? 'approved' : undefined;
  if (before.reference === undefined) return 'adopted';
  if (request.renewal?.of !== before.reference) return undefined;
  return endsLater(now, before) ? 'renewed' : 'replaced';
};

/** Whether an exemption is news, and which. */
export const judgeFound = (desk: Desk, look: SweepLook, found: Found): Verdict => {
  if (found.request?.status === 'approved') return { kind: 'wait' };
  const fresh = sightingOf(desk, look, found);
  const { before } = found;
  if (before === undefined) {
    if (isNews(found, look)) return { kind: 'made', now: fresh };
    return { kind: look.progress.lastCompletedAt === undefined ? 'no-news' : 'came-into-sight', now: fresh };
  }
  const now = carriedOver(before, fresh);
  const changes = changesOf(before.exemption, now.exemption, whatShouldStand(desk, found.request, now.exemption));
  const how = changes.length === 0 ? howContinued(now, before, found) : undefined;
  if (how !== undefined) return { kind: 'continued', how, before, now };
  if (changes.length === 0 || now.recommendation === undefined || isSilent(before, look.at))
    return { kind: 'no-news', now };
  const isOurs = found.request !== undefined && found.request.governance.adopted !== true;
  const by = whoChanged(found.exemption, isOurs, desk.timeZone);
  return { kind: 'changed', before, now: { ...now, version: before.version + 1 }, changes, by };
};
