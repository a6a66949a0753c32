import { z } from 'zod';
import { severities } from '../../core/tenant/severity.ts';
import type { ListPage } from '../../core/list-page.ts';

/** The schemas of which several resources consist. */
export const instant = z.iso.datetime().describe('An instant, in UTC.');
export const severity = z.enum(severities);
export const person = z
  .object({ objectId: z.string(), name: z.string() })
  .describe('Somebody by their Entra object id; the name is only for display.');
export const about = z.object({ key: z.string(), title: z.string(), severity });

export const cursor = z.object({
  cursor: z.string().max(200).optional().describe('From Link: rel="next" of the page before.'),
});

/** A page of a list. Notes say what it leaves out or how old it is, in sentences. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ items: z.array(row), notes: z.array(z.string()) });

export const listed = <Row, Shown>(
  page: ListPage<Row>,
  show: (row: Row) => Shown,
  notes: readonly string[] = [],
): {
  readonly body: { readonly items: Shown[]; readonly notes: string[] };
  readonly page: Omit<ListPage<Row>, 'rows'>;
} => ({ body: { items: page.rows.map(show), notes: notes.filter((each) => each !== '') }, page });

export const written = (at: Date | undefined): string | null => at?.toISOString() ?? null;
