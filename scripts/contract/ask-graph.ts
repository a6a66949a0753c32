import { NotSeen, type Finding } from './finding.ts';
import type { Subject } from './subject.ts';

export type Row = Readonly<Record<string, unknown>>;
type Page = { readonly data: readonly Row[]; readonly totalRecords?: number; readonly $skipToken?: string };

export const verdict = (holds: boolean): Finding['verdict'] => (holds ? 'matches' : 'differs');

/** One page of Resource Graph. */
export const page = async ({ askAside }: Subject, query: string, options: object = {}): Promise<Page> =>
  (await askAside({
    method: 'POST',
    path: '/providers/Microsoft.ResourceGraph/resources',
    apiVersion: '2024-04-01',
    body: { query, options: { resultFormat: 'objectArray', $top: 1000, ...options } },
  })) as Page;

export const rowsOf = async (subject: Subject, query: string): Promise<readonly Row[]> =>
  (await page(subject, query)).data;

/** The same rows; throws NotSeen if there are none. */
export const some = <Value>(rows: readonly Value[], what: string): readonly Value[] => {
  if (rows.length === 0) throw new NotSeen(`there is no ${what} here`);
  return rows;
};

/** A part of what cannot be relied on to be there, as an object; empty for anything else. */
export const partOf = (value: unknown, member: string): Row => {
  const found = (value as Row | null | undefined)?.[member];
  return typeof found === 'object' && found !== null ? (found as Row) : {};
};
