import { z } from 'zod';
import { distinctBy } from '../../core/lists.ts';
import { normalId, scopeOfExtension } from '../../core/tenant/arm-id.ts';
import type { DefenderExemption, DefenderExemptionSource } from '../../core/inventory/defender-exemption.ts';
import { cached } from '../../core/cached.ts';
import { normalChain } from '../../core/tenant/hierarchy.ts';
import { fill, queryNamed, startsWithAny } from '../client/query-text.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import { expiryOf, timeOf } from '../client/written-time.ts';

// The specification requires no member at all, so whatever is missing or has another shape is left out, and the row still counts.
const text = z.string().nullish().catch(undefined);
const assessed = z.object({ assessmentKey: text }).nullish().catch(undefined);

const exemption = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    displayName: text,
    description: text,
    expiresOn: z.unknown().optional(),
    excludedScopes: z.array(z.string()).nullish().catch(undefined),
    exemptionData: z
      .object({ exemptionCategory: text, assignedAssessment: assessed, assessmentKey: text })
      .nullish()
      .catch(undefined),
    assessmentKey: text,
    metadata: z.object({ createdBy: text, createdOn: text }).nullish().catch(undefined),
  }),
});

// A published example omits the last `/providers` from the id.
const fullId = (id: string): string =>
  id.replace(/(?<!\/providers)(?=\/microsoft\.security\/standardassignments\/)/i, '/providers');

/** Where an end is written that is not a text, it must not become "never". */
const endOf = (written: unknown): Date | undefined =>
  expiryOf(written === undefined || written === null || typeof written === 'string' ? written : 'unreadable');

const exemptionFrom = ({ id, name, properties }: z.infer<typeof exemption>): DefenderExemption => {
  const { exemptionData, metadata } = properties;
  const key =
    exemptionData?.assignedAssessment?.assessmentKey ?? exemptionData?.assessmentKey ?? properties.assessmentKey;
  return {
    id: fullId(id),
    name,
    scope: scopeOfExtension(fullId(id)),
    recommendationKey: key?.toLowerCase(),
    excludedScopes: properties.excludedScopes ?? [],
    category: exemptionData?.exemptionCategory?.toLowerCase() === 'mitigated' ? 'Mitigated' : 'Waiver',
    displayName: properties.displayName ?? '',
    description: properties.description ?? '',
    expiresAt: endOf(properties.expiresOn),
    createdBy: metadata?.createdBy ?? undefined,
    createdAt: timeOf(metadata?.createdOn ?? ''),
  };
};

/** As Azure writes the beginning of the ids at a scope, and as its published example does. */
const atScope = (scope: string): string[] =>
  ['/providers', ''].map((provider) => `${scope}${provider}/microsoft.security/standardassignments/`);

const distinct = (rows: readonly z.infer<typeof exemption>[]): DefenderExemption[] =>
  distinctBy(rows.map(exemptionFrom), ({ id }) => normalId(id));

/** All of them, past every cache. */
export const readDefenderExemptions = async (ask: ResourceGraph): Promise<DefenderExemption[]> =>
  distinct(await ask(exemption, { query: queryNamed('defender-exemptions') }));

export const createDefenderExemptionSource = (ask: ResourceGraph, now: () => Date): DefenderExemptionSource => {
  const template = queryNamed('defender-exemptions-above');
  const load = async ([scopes, hierarchy]: Parameters<DefenderExemptionSource['above']>) => {
    const around = new Set(scopes.flatMap((scope) => normalChain(scope, hierarchy)));
    const above = startsWithAny('tolower(id)', [...around].flatMap(atScope));
    return distinct(await ask(exemption, { query: fill(template, { above }) }));
  };
  const above = cached(load, {
    what: 'Defender exemptions',
    now,
    same: ([scopes]) => JSON.stringify(scopes.map(normalId).toSorted()),
  });
  return { above: (...question) => above(question) };
};
