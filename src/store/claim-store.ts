import { chunksOf } from '../core/lists.ts';
import type { Claim, ClaimStore, StandingClaim } from '../core/request/exemption-claims.ts';
import { and, eq, gt, inArray, isNull, or, sql, type SqlDatabase } from './engine/drizzle.ts';
import { exemptionClaims as claims } from './engine/schema.ts';

const rowsPerStatement = 2000;

const nameOf = ({ key, slot }: Claim): string => JSON.stringify([key, slot]);

/** Two callers at the same time insert in the same order, so that neither waits for the other. */
const inOrder = (a: Claim, b: Claim): number => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0);

const standing = { key: claims.key, slot: claims.slot, by: claims.by };

export const claimStore = (database: SqlDatabase): ClaimStore => {
  const counts = (at: Date) => or(isNull(claims.until), gt(claims.until, at));

  const of: ClaimStore['of'] = async (keys, at) => {
    const found: StandingClaim[] = [];
    for (const some of chunksOf([...new Set(keys)], rowsPerStatement))
      found.push(
        ...(await database
          .select(standing)
          .from(claims)
          .where(and(inArray(claims.key, some), counts(at)))),
      );
    return found;
  };

  /** A reservation that is over is nobody's any more. The names of what was claimed. */
  const insert = async (rows: readonly StandingClaim[], at: Date, until: Date | null, again = false) => {
    const claimed: Claim[] = [];
    const isFree = sql`${claims.until} <= ${at.toISOString()}`;
    for (const some of chunksOf([...rows], rowsPerStatement))
      claimed.push(
        ...(await database
          .insert(claims)
          .values(some.map((each) => ({ ...each, until })))
          .onConflictDoUpdate({
            target: [claims.key, claims.slot],
            set: { by: sql`excluded.by`, until },
            setWhere: again ? sql`${isFree} or ${claims.by} = excluded.by` : isFree,
          })
          .returning({ key: claims.key, slot: claims.slot })),
      );
    return new Set(claimed.map(nameOf));
  };

  return {
    of,
    settle: async (all, at) => {
      const names = all.map(({ by }) => by);
      const kept = await database.select(standing).from(claims).where(inArray(claims.by, names));
      const wanted = all.flatMap(({ by, claims: theirs }) => theirs.map((claim) => ({ ...claim, by })));
      const isIn = (rows: readonly StandingClaim[]) => {
        const known = new Set(rows.map((row) => `${nameOf(row)} ${row.by}`));
        return (row: StandingClaim) => known.has(`${nameOf(row)} ${row.by}`);
      };
      const [isWanted, isKept] = [isIn(wanted), isIn(kept)];
      for (const [by, theirs] of Map.groupBy(
        kept.filter((row) => !isWanted(row)),
        (row) => row.by,
      ))
        for (const slot of ['holder', 'successor'] as const) {
          const keys = theirs.filter((row) => row.slot === slot).map(({ key }) => key);
          for (const some of chunksOf(keys, rowsPerStatement))
            await database
              .delete(claims)
              .where(and(eq(claims.by, by), eq(claims.slot, slot), inArray(claims.key, some)));
        }
      const lacking = wanted.filter((row) => !isKept(row)).sort(inOrder);
      const claimed = await insert(lacking, at, null);
      const refused = lacking.filter((row) => !claimed.has(nameOf(row)));
      if (refused.length === 0) return [];
      const inTheWay = new Set(refused.map(nameOf));
      const found = await of(
        refused.map(({ key }) => key),
        at,
      );
      return found.filter((row) => inTheWay.has(nameOf(row)));
    },
    reserve: async (claim, at, until) => (await insert([claim], at, until, true)).size === 1,
    release: async (by) => {
      await database.delete(claims).where(eq(claims.by, by));
    },
  };
};
