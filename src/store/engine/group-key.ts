import { sql, text } from './drizzle.ts';

type ScopeColumn = 'scope_key' | 'key';

/** The resource group of the scope in a column, as SQL; null for what lies in none. */
export const groupIn = (column: ScopeColumn): string =>
  `substring(${column} from '^/subscriptions/[^/]+/resourcegroups/[^/]+')`;

/** A column with the resource group of the scope in another column, which the database fills. */
export const groupKeyOf = (column: ScopeColumn) => text().generatedAlwaysAs(sql.raw(groupIn(column)));
