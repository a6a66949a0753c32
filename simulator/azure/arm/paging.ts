import type { Answer, Call } from './route.ts';

/** One page of a list in ARM's shape; the link to the next one names the host that the caller asked, as in Azure. */
export const pageOf = (call: Call, values: readonly unknown[], pageSize: number): Answer => {
  const start = Number(call.query.get('$skiptoken') ?? 0);
  const end = start + pageSize;
  if (end >= values.length) return { json: { value: values.slice(start) } };
  const query = new URLSearchParams(call.query);
  query.set('$skiptoken', String(end));
  const nextLink = `${call.origin}${call.path}?${query.toString()}`;
  return { json: { value: values.slice(start, end), nextLink } };
};
