import { sql, type SQL } from './drizzle.ts';

/** Columns as parts of a statement that takes its rows from one JSON parameter. */
export type GivenColumns = {
  /** "id, digest" */
  readonly names: SQL;
  /** "id text, digest text", for `json_to_recordset` */
  readonly types: SQL;
  /** "digest = excluded.digest", for a row that is there already */
  readonly replaced: SQL;
};

const joined = (texts: readonly string[]): SQL => sql.raw(texts.join(', '));

/** Writes out columns, given by their names and PostgreSQL types in our own code. A row that is there already keeps its `kept` ones. */
export const givenColumns = (columns: Readonly<Record<string, string>>, kept: readonly string[] = []): GivenColumns => {
  const names = Object.keys(columns);
  return {
    names: joined(names),
    types: joined(Object.entries(columns).map(([name, type]) => `${name} ${type}`)),
    replaced: joined(names.filter((name) => !kept.includes(name)).map((name) => `${name} = excluded.${name}`)),
  };
};
