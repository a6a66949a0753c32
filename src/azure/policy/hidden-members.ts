import { z } from 'zod';
import { cached } from '../../core/cached.ts';
import { unlessRefused } from '../../core/governance-error.ts';
import { understood } from '../client/failure.ts';
import type { Rest } from '../client/rest.ts';
import { withTimeLimit } from '../client/time-limit.ts';

/**
 * The newest API version of policy exemptions whose members and selector kinds are known. An answer at an older version hides what came later,
 * and a PUT of such an answer would delete it.
 */
export const exemptionApiVersion = '2026-01-01-preview';

const timeLimitInMs = 20_000;

const provider = z.object({
  resourceTypes: z.array(z.object({ resourceType: z.string(), apiVersions: z.array(z.string()) })),
});
const body = z.object({ properties: z.record(z.string(), z.unknown()) });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value holds something that the other has not. Two texts or numbers are taken for the same, however they are written. */
const holdsMore = (value: unknown, other: unknown): boolean => {
  if (value === undefined || value === null) return false;
  if (Array.isArray(value))
    return Array.isArray(other)
      ? value.length > other.length || value.some((each, index) => holdsMore(each, other[index]))
      : value.length > 0;
  if (isObject(value))
    return Object.keys(value).some((name) => holdsMore(value[name], isObject(other) ? other[name] : {}));
  return other === undefined || other === null || isObject(other);
};

/** The members of an exemption's properties, as `properties.name`, that hold more at a later API version than at ours. */
export const membersHidden = (ours: unknown, later: unknown): string[] => {
  const [shown, all] = [understood(body, ours).properties, understood(body, later).properties];
  return Object.keys(all)
    .filter((name) => name !== 'systemData' && holdsMore(all[name], shown[name]))
    .map((name) => `properties.${name}`);
};

/**
 * Finds what an exemption carries that our API version does not show: reads it again at the newest version that Azure offers, if that is a later one.
 * Where Azure refuses to say which versions it offers, or refuses the later one, nothing is known to be hidden.
 */
export const createHiddenMembers = (resourceManager: Rest, now: () => Date) => {
  const get = (path: string, apiVersion: string): Promise<unknown> =>
    unlessRefused(
      () => withTimeLimit(timeLimitInMs, (signal) => resourceManager.call({ method: 'GET', path, apiVersion, signal })),
      undefined,
    );

  const newestVersion = cached(
    async (): Promise<string> => {
      const answer = await get('/providers/Microsoft.Authorization', '2021-04-01');
      const types = answer === undefined ? [] : understood(provider, answer).resourceTypes;
      const offered = types.find(({ resourceType }) => resourceType.toLowerCase() === 'policyexemptions')?.apiVersions;
      return [...(offered ?? []), exemptionApiVersion].toSorted().at(-1) ?? exemptionApiVersion;
    },
    { what: 'which API versions Azure offers', now },
  );

  /** `showing`: the exemption at our version, as it is being read. Undefined if there is none. */
  return async (id: string, showing: Promise<unknown>): Promise<string[]> => {
    const [shown, newest] = await Promise.all([showing, newestVersion(undefined)]);
    if (shown === undefined || newest === exemptionApiVersion) return [];
    const later = await get(id, newest);
    return later === undefined ? [] : membersHidden(shown, later);
  };
};
