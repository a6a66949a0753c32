import { realEnd } from '../core/calendar.ts';
import { normalId } from '../core/tenant/arm-id.ts';
import type { SeenExemption, Sighting } from '../core/inventory/seen-exemption.ts';
import type { seenExemptions } from './engine/schema.ts';

type Row = typeof seenExemptions.$inferSelect;

const keptOf = ({ expiresAt, createdAt, ...exemption }: SeenExemption): NonNullable<Row['exemption']> => ({
  ...exemption,
  ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
  ...(createdAt === undefined ? {} : { createdAt: createdAt.toISOString() }),
});

const dateOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

export const rowOf = (sighting: Sighting, at: Date): typeof seenExemptions.$inferInsert => ({
  id: normalId(sighting.exemption.id),
  firstSeenAt: at,
  exemption: keptOf(sighting.exemption),
  fingerprint: sighting.fingerprint,
  unitKey: sighting.unitKey,
  reference: sighting.reference ?? null,
  recommendation: sighting.recommendation ?? null,
  scopeKey: normalId(sighting.exemption.scope),
  assignmentKey: normalId(sighting.exemption.policyAssignmentId),
  version: sighting.version,
  orphaned: sighting.orphaned,
  needless: sighting.needless,
  missingSince: sighting.missingSince ?? null,
});

/** Undefined for a row from an older version. */
export const sightingOf = ({ exemption, ...row }: Row): Sighting | undefined =>
  exemption === null
    ? undefined
    : {
        exemption: {
          ...exemption,
          referenceIds: exemption.referenceIds,
          // Older versions kept the end that means never.
          expiresAt: exemption.expiresAt === undefined ? undefined : realEnd(new Date(exemption.expiresAt)),
          createdAt: dateOf(exemption.createdAt),
        },
        fingerprint: row.fingerprint,
        unitKey: row.unitKey,
        reference: row.reference ?? undefined,
        recommendation: row.recommendation ?? undefined,
        version: row.version,
        orphaned: row.orphaned,
        needless: row.needless,
        missingSince: row.missingSince ?? undefined,
        silentUntil: row.silentUntil ?? undefined,
      };
