import { realEnd } from '../core/calendar.ts';
import { normalId } from '../core/tenant/arm-id.ts';
import type { SeenExemption, Sighting } from '../core/inventory/seen-exemption.ts';
import { givenColumns } from './engine/given-columns.ts';
import type { seenExemptions } from './engine/schema.ts';

type Row = typeof seenExemptions.$inferSelect;

const keptOf = ({ expiresAt, createdAt, ...exemption }: SeenExemption): NonNullable<Row['exemption']> => ({
  ...exemption,
  ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
  ...(createdAt === undefined ? {} : { createdAt: createdAt.toISOString() }),
});

const dateOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

/** The columns that a sighting fills, with their types. */
const columns = {
  id: 'text',
  first_seen_at: 'timestamptz',
  exemption: 'jsonb',
  fingerprint: 'text',
  unit_key: 'text',
  reference: 'text',
  recommendation: 'jsonb',
  scope_key: 'text',
  assignment_key: 'text',
  version: 'int',
  orphaned: 'boolean',
  needless: 'boolean',
  missing_since: 'timestamptz',
} as const;

/** The same columns as parts of a statement. A later sighting replaces everything except the time of the first one and `silent_until`. */
export const sightingColumns = givenColumns(columns, ['first_seen_at']);

/** A sighting as a row of JSON. */
export const rowOf = (sighting: Sighting, at: Date): Readonly<Record<keyof typeof columns, unknown>> => ({
  id: normalId(sighting.exemption.id),
  first_seen_at: at.toISOString(),
  exemption: keptOf(sighting.exemption),
  fingerprint: sighting.fingerprint,
  unit_key: sighting.unitKey,
  reference: sighting.reference ?? null,
  recommendation: sighting.recommendation ?? null,
  scope_key: normalId(sighting.exemption.scope),
  assignment_key: normalId(sighting.exemption.policyAssignmentId),
  version: sighting.version,
  orphaned: sighting.orphaned,
  needless: sighting.needless,
  missing_since: sighting.missingSince?.toISOString() ?? null,
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
