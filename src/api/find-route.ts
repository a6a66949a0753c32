import { problemOf, Refused } from './problem.ts';
import type { Route } from './route.ts';

const partsOf = (path: string): string[] => path.split('/').slice(1);

const decoded = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

/** The values of the parameters in a path; undefined if it is not a path of this route. */
const matched = (route: Route, path: string): Record<string, string> | undefined => {
  const [wanted, given] = [partsOf(route.path), partsOf(path)];
  if (wanted.length !== given.length) return undefined;
  const values: [string, string][] = [];
  for (const [at, part] of wanted.entries()) {
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
    const value = decoded(given[at] ?? '');
    if (value === undefined || (name === undefined && value !== part)) return undefined;
    if (name !== undefined) values.push([name, value]);
  }
  return Object.fromEntries(values);
};

export type FoundRoute = { readonly route: Route; readonly params: Readonly<Record<string, string>> };

/** The operation at a path (below /api/v1). Throws Refused for an unknown path or method. */
export const findRoute = (routes: readonly Route[], method: string, path: string): FoundRoute => {
  const there = routes.flatMap((route) => {
    const params = matched(route, path);
    return params === undefined ? [] : [{ route, params }];
  });
  const found = there.find(({ route }) => route.method === method);
  if (found !== undefined) return found;
  throw new Refused(
    there.length === 0
      ? problemOf('no-such-path', 'There is nothing at this address. /api/v1/openapi.json lists what there is.')
      : problemOf('wrong-method', `Use ${there.map(({ route }) => route.method).join(' or ')} here.`),
  );
};
