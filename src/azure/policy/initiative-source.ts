import type { PolicyClient, PolicySetDefinition } from '@azure/arm-policy';
import { z } from 'zod';
import { GovernanceError, unlessRefused } from '../../core/governance-error.ts';
import { nameOf, scopeKind, scopeOfExtension, subscriptionGuidOf } from '../../core/tenant/arm-id.ts';
import type { Initiative, PolicySource } from '../../core/tenant/policy.ts';
import { failureOf, understood } from '../client/failure.ts';
import { withTimeLimit } from '../client/time-limit.ts';
import { anything, textIn } from './policy-parameters.ts';

const timeLimitInMs = 20_000;

const initiativeId = /^(\/.+)?\/providers\/microsoft\.authorization\/policysetdefinitions\/[^/]+$/i;

/** The SDK promises less than we need, and makes an empty object of an answer that is no JSON. */
const initiativeShape = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  parameters: anything,
  policyDefinitions: z.array(
    z.object({ policyDefinitionId: z.string(), policyDefinitionReferenceId: z.string(), parameters: anything }),
  ),
});

/** An initiative passes effects to its policies: `[parameters('diskEncryptionEffect')]`. */
const effectFrom = (effect: string | undefined, declared: Readonly<Record<string, unknown>>) => {
  const parameter = /^\[parameters\('([^']+)'\)\]$/.exec(effect ?? '')?.[1]?.toLowerCase();
  const declaration = Object.entries(declared).find(([name]) => name.toLowerCase() === parameter)?.[1];
  return { parameter, otherwise: parameter === undefined ? effect : textIn(declaration, 'defaultValue') };
};

const initiativeFrom = (answer: PolicySetDefinition): Initiative => {
  const { id, displayName, parameters, policyDefinitions } = understood(initiativeShape, answer);
  return {
    id,
    displayName: displayName ?? nameOf(id),
    references: policyDefinitions.map((each) => ({
      referenceId: each.policyDefinitionReferenceId,
      definitionId: each.policyDefinitionId,
      effect: effectFrom(textIn(each.parameters.effect, 'value'), parameters),
    })),
  };
};

/** A policy client for a subscription, by its GUID; undefined: for what needs none. */
export type PolicyClientFor = (subscription: string | undefined) => Pick<PolicyClient, 'policySetDefinitions'>;

/** Reads an initiative by the SDK's typed operation for the place where it is defined: built in, in a management group or in a subscription. */
export const createInitiativeSource = (clientFor: PolicyClientFor): PolicySource['initiative'] => {
  const answerFor = (id: string, abortSignal: AbortSignal): Promise<PolicySetDefinition> => {
    const [name, place] = [nameOf(id), scopeOfExtension(id)];
    const definitions = clientFor(subscriptionGuidOf(place)).policySetDefinitions;
    if (place === '') return definitions.getBuiltIn(name, { abortSignal });
    return scopeKind(place) === 'management-group'
      ? definitions.getAtManagementGroup(name, nameOf(place), { abortSignal })
      : definitions.get(name, { abortSignal });
  };

  return async (id) => {
    if (!initiativeId.test(id)) throw new GovernanceError('invalid', `This is not the id of an initiative: ${id}`);
    const read = (signal: AbortSignal) =>
      answerFor(id, signal).catch((error: unknown) => {
        throw failureOf(error);
      });
    return unlessRefused(
      async () => initiativeFrom(await withTimeLimit(timeLimitInMs, read)),
      undefined,
      'not-found',
      'forbidden',
    );
  };
};
