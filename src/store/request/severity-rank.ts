import { meansSeverity, severities, type Severity } from '../../core/tenant/severity.ts';
import { sql, type SQL } from '../engine/drizzle.ts';

const rankOf = (severity: Severity): number => severities.indexOf(severity) + 1;

const list = sql.raw(severities.map((each) => `'${each}'`).join(', '));

/** The place of a severity, 1 for the worst. One that we do not know ranks high, as `severityOf` has it. */
export const severityRank = (severity: SQL): SQL =>
  sql`coalesce(array_position(array[${list}], ${severity}), ${sql.raw(String(rankOf('high')))})`;

/** That somebody who says a severity means this one. */
export const isMeant = (severity: SQL, said: Severity): SQL => {
  const ranks = severities.filter((each) => meansSeverity(said, each)).map(rankOf);
  return sql`${severityRank(severity)} in (${sql.raw(ranks.join(', '))})`;
};
