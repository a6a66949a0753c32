import { distinctBy } from '../../core/lists.ts';
import { z } from 'zod';
import { normalId, scopeOfExtension } from '../../core/tenant/arm-id.ts';
import type { DefenderExemption, DefenderExemptionSource } from '../../core/inventory/defender-exemption.ts';
import { GovernanceError, isRefusal } from '../../core/governance-error.ts';
import { cached } from '../client/cached.ts';
import { understood } from '../client/failure.ts';
import { inParallel } from '../../core/in-parallel.ts';
import type { Rest } from '../client/rest.ts';
import { withTimeLimit } from '../client/time-limit.ts';
import { expiryOf, timeOf } from '../client/written-time.ts';

const apiVersion = '2024-08-01';
// Resource Graph has no table of them, so every scope costs a call. What was read is kept even if the whole takes too long.
const atATime = 8;
const timeLimitInMs = 20_000;

const text = z.string().nullish();
const systemData = z.object({ createdBy: text, createdAt: text }).nullish();

const anyAssignment = z.object({ id: z.string(), properties: z.object({ effect: text }) });
const exemption = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    displayName: text,
    description: text,
    expiresOn: text,
    excludedScopes: z.array(z.string()).nullish(),
    exemptionData: z.object({
      exemptionCategory: z.string(),
      assignedAssessment: z.object({ assessmentKey: z.string() }),
    }),
    metadata: z.object({ createdBy: text, createdOn: text }).nullish().catch(null),
  }),
  systemData,
});

const isExemption = (json: unknown): boolean =>
  understood(anyAssignment, json).properties.effect?.toLowerCase() === 'exempt';

// A published example omits the last `/providers` from the id.
const fullId = (id: string): string =>
  id.replace(/(?<!\/providers)(?=\/microsoft\.security\/standardassignments\/)/i, '/providers');

const exemptionFrom = (json: unknown): DefenderExemption => {
  const { id, name, properties, ...rest } = understood(exemption, json);
  const { exemptionData, metadata } = properties;
  return {
    id: fullId(id),
    name,
    scope: scopeOfExtension(fullId(id)),
    recommendationKey: exemptionData.assignedAssessment.assessmentKey.toLowerCase(),
    excludedScopes: properties.excludedScopes ?? [],
    category: exemptionData.exemptionCategory.toLowerCase() === 'mitigated' ? 'Mitigated' : 'Waiver',
    displayName: properties.displayName ?? '',
    description: properties.description ?? '',
    expiresAt: expiryOf(properties.expiresOn),
    createdBy: rest.systemData?.createdBy ?? metadata?.createdBy ?? undefined,
    createdAt: timeOf(rest.systemData?.createdAt ?? metadata?.createdOn ?? ''),
  };
};

export const createDefenderExemptionSource = (resourceManager: Rest, now: () => Date): DefenderExemptionSource => {
  /** The exemptions around a scope; undefined for a scope that Exemption Desk may not read. */
  const around = cached(
    async (scope: string): Promise<DefenderExemption[] | undefined> => {
      const path = `${scope}/providers/Microsoft.Security/standardAssignments`;
      try {
        const found = await withTimeLimit(timeLimitInMs, (signal) =>
          resourceManager.list({ path, apiVersion, signal }),
        );
        return found.filter(isExemption).map(exemptionFrom);
      } catch (error) {
        if (!isRefusal(error, 'forbidden', 'not-found')) throw error;
        return undefined;
      }
    },
    { what: 'Defender exemptions', now },
  );

  return {
    async list(scopes) {
      const distinct = [...new Set(scopes.map(normalId))];
      const lists = await withTimeLimit(timeLimitInMs, () => inParallel(distinct, atATime, around));
      const seen = lists.filter((each) => each !== undefined);
      if (distinct.length > 0 && seen.length === 0)
        throw new GovernanceError(
          'forbidden',
          'Azure does not let Exemption Desk read the exemptions of Defender for Cloud.',
        );
      return distinctBy(seen.flat(), ({ id }) => normalId(id));
    },
  };
};
