import type { Answer, Call } from './route.ts';

/** One page of a list in ARM's shape; the link to the next one names Azure's own host, as Azure does. */
export const pageOf = (call: Call, values: readonly unknown[], pageSize: number): Answer => {
  const start = Number(call.query.get('$skiptoken') ?? 0);
  const end = start + pageSize;
  if (end >= values.length) return { json: { value: values.slice(start) } };
  const query = new URLSearchParams(call.query);
  query.set('$skiptoken', String(end));
  const nextLink = `https://management.azure.com${call.path}?${query.toString()}`;
  return { json: { value: values.slice(start, end), nextLink } };
};
