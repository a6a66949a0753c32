import { analysisOf } from './analysis-cache.ts';
import { columnsRead } from './columns-read.ts';
import type { ColumnsRead } from './columns-read.ts';
import { compileQuery } from './compile-query.ts';
import type { Diagnostic } from './language-service.ts';
import type { Relation } from './operators/relation.ts';
import { QueryRefused } from './query-refused.ts';
import type { Column, SyntaxNode } from './syntax-node.ts';
import { formatInstant, instantOf } from './ticks.ts';
import { sourceRelation } from './source-relation.ts';
import type { Row, Source } from './source-relation.ts';
import type { RowWish } from './row-wish.ts';
import { toText } from './value.ts';
import type { Value } from './value.ts';

export { QueryRefused } from './query-refused.ts';
export type { Row } from './source-relation.ts';

/**
 * The tables a query can name, by their lower-case name. A missing string is '', a missing dynamic is null. A table may leave out rows and
 * members that the wish excludes.
 */
export type TableSet = Readonly<
  Record<string, { columns: Readonly<Record<string, 'string' | 'dynamic'>>; rows: (wish: RowWish) => Iterable<Row> }>
>;

type ColumnType = 'string' | 'integer' | 'number' | 'boolean' | 'datetime' | 'object';

export type QueryResult = {
  columns: readonly { name: string; type: ColumnType }[];
  /** Datetimes are ISO 8601 texts in UTC, timespans are texts, dynamic values are JSON. */
  rows: readonly Row[];
  /** The query has take, limit or top at its end. */
  limited: boolean;
};

const columnTypes: Readonly<Record<string, ColumnType>> = {
  int: 'integer',
  long: 'integer',
  real: 'number',
  decimal: 'number',
  bool: 'boolean',
  datetime: 'datetime',
  dynamic: 'object',
};

const namesUsed = (query: string, tables: TableSet): string[] =>
  [...new Set(query.match(/\w+/g))].filter((word) => Object.hasOwn(tables, word.toLowerCase()));

const columnsOf = (tables: TableSet, table: string): Column[] =>
  Object.entries(tables[table]?.columns ?? {}).map(([name, type]) => ({ name, type }));

const refusal = (query: string, { code, start, message }: Diagnostic): QueryRefused => {
  const linesBefore = query.slice(0, start).split('\n');
  const position = `line ${linesBefore.length}, column ${(linesBefore.at(-1) ?? '').length + 1}`;
  return new QueryRefused(code === 'KS204' ? 'UnknownTable' : 'ParserFailure', `${message} (${position})`);
};

type Symbols = ReadonlyMap<string, readonly Column[]>;

const analyse = (query: string, symbols: Symbols): SyntaxNode => {
  const { statements, errors } = analysisOf(query, symbols);
  const firstError = errors.toSorted((left, right) => left.start - right.start)[0];
  if (firstError !== undefined) throw refusal(query, firstError);
  const [statement, ...others] = statements;
  if (statement === undefined || others.length > 0)
    throw new QueryRefused('InvalidQuery', 'Exactly one statement is supported by this simulator');
  return statement;
};

// The same few queries come again and again, and reading one takes longer than answering it.
const mostRead = 300;
const read = new Map<string, SyntaxNode>();

const parse = (query: string, tables: TableSet): SyntaxNode => {
  const symbols = new Map(namesUsed(query, tables).map((name) => [name, columnsOf(tables, name.toLowerCase())]));
  const key = JSON.stringify([query, ...symbols]);
  const statement = read.get(key) ?? analyse(query, symbols);
  if (read.size >= mostRead) read.clear();
  read.set(key, statement);
  return statement;
};

const tableRelation = (tables: TableSet, table: string, read: Source['read']): Relation => {
  const source = tables[table];
  if (source === undefined) throw new QueryRefused('UnknownTable', `There is no table '${table}'`);
  return sourceRelation(table, { columns: columnsOf(tables, table), rows: source.rows, read });
};

const published = (value: Value, type: string): unknown => {
  if (typeof value === 'bigint') return type === 'datetime' ? formatInstant(value, 'shortest') : toText(value, type);
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
};

/**
 * Answers a query of Resource Graph's part of the Kusto Query Language. `now` is the time of now() and ago().
 * Throws QueryRefused for a query with errors, one that breaks a limit of Resource Graph, and one this simulator cannot answer.
 */
export const runQuery = (kql: string, tables: TableSet, now: Date): QueryResult => {
  const statement = parse(kql, tables);
  const read = (leftOut: ReadonlySet<SyntaxNode>): ColumnsRead =>
    columnsRead(
      statement,
      relation.columns.map(({ name }) => name),
      leftOut,
    );
  const relation = compileQuery(statement, (table) => tableRelation(tables, table, read), instantOf(now));
  const { columns, rows, limited } = relation;
  return {
    columns: columns.map(({ name, type }) => ({ name, type: columnTypes[type] ?? 'string' })),
    rows: Array.from(rows(), (row) =>
      Object.fromEntries(columns.map(({ name, type }, slot) => [name, published(row[slot] ?? null, type)])),
    ),
    limited,
  };
};
