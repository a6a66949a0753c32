import type { PolicyClient, PolicySetDefinition } from '@azure/arm-policy';
import { z } from 'zod';
import { GovernanceError, unlessRefused } from '../../core/governance-error.ts';
import { nameOf, scopeKind, scopeOfExtension, subscriptionGuidOf } from '../../core/tenant/arm-id.ts';
import { versionFor } from '../../core/tenant/initiative-version.ts';
import type { Initiative, PolicySource } from '../../core/tenant/policy.ts';
import { failureOf, understood } from '../client/failure.ts';
import type { Rest } from '../client/rest.ts';
import { withTimeLimit } from '../client/time-limit.ts';
import { anything, textIn } from './policy-parameters.ts';

const timeLimitInMs = 20_000;
const versionsApi = '2023-04-01';

const initiativeId = /^(\/.+)?\/providers\/microsoft\.authorization\/policysetdefinitions\/[^/]+$/i;

/** The parts that an initiative and each of its versions share. */
const contents = {
  displayName: z.string().nullish(),
  parameters: anything,
  policyDefinitions: z.array(
    z.object({ policyDefinitionId: z.string(), policyDefinitionReferenceId: z.string(), parameters: anything }),
  ),
};

/** The SDK promises less than we need, and makes an empty object of an answer that is no JSON. */
const initiativeShape = z.object({
  id: z.string(),
  policyType: z.string().nullish(),
  metadata: z.object({ version: z.string().optional().catch(undefined) }).catch({ version: undefined }),
  ...contents,
});
type Contents = Pick<z.infer<typeof initiativeShape>, keyof typeof contents>;

const versionShape = z.object({
  name: z.string(),
  properties: z.object({ version: z.string().nullish(), ...contents }),
});

/** An initiative passes effects to its policies: `[parameters('diskEncryptionEffect')]`. */
const effectFrom = (effect: string | undefined, declared: Readonly<Record<string, unknown>>) => {
  const parameter = /^\[parameters\('([^']+)'\)\]$/.exec(effect ?? '')?.[1]?.toLowerCase();
  const declaration = Object.entries(declared).find(([name]) => name.toLowerCase() === parameter)?.[1];
  return { parameter, otherwise: parameter === undefined ? effect : textIn(declaration, 'defaultValue') };
};

const initiativeFrom = (
  id: string,
  { displayName, parameters, policyDefinitions }: Contents,
  definitionVersion: string | undefined,
): Initiative => {
  return {
    id,
    displayName: displayName ?? nameOf(id),
    ...(definitionVersion === undefined ? {} : { definitionVersion }),
    references: policyDefinitions.map((each) => ({
      referenceId: each.policyDefinitionReferenceId,
      definitionId: each.policyDefinitionId,
      effect: effectFrom(textIn(each.parameters.effect, 'value'), parameters),
    })),
  };
};

/** A policy client for a subscription, by its GUID; undefined: for what needs none. */
export type PolicyClientFor = (subscription: string | undefined) => Pick<PolicyClient, 'policySetDefinitions'>;

/** The version of what Azure returns if none is asked for, the newest. Microsoft writes it there; anybody may write there in a custom initiative. */
const newestVersion = ({ policyType, metadata }: z.infer<typeof initiativeShape>): string[] =>
  policyType?.toLowerCase() === 'builtin' && metadata.version !== undefined ? [metadata.version] : [];

/**
 * Reads an initiative by the SDK's typed operation for the place where it is defined: built in, in a management group or in a subscription.
 * Versions, which that operation does not know, are read raw, and only if the newest is not the one that is asked for.
 */
export const createInitiativeSource = (
  clientFor: PolicyClientFor,
  resourceManager: Rest,
): PolicySource['initiative'] => {
  const answerFor = (id: string, abortSignal: AbortSignal): Promise<PolicySetDefinition> => {
    const [name, place] = [nameOf(id), scopeOfExtension(id)];
    const definitions = clientFor(subscriptionGuidOf(place)).policySetDefinitions;
    if (place === '') return definitions.getBuiltIn(name, { abortSignal });
    return scopeKind(place) === 'management-group'
      ? definitions.getAtManagementGroup(name, nameOf(place), { abortSignal })
      : definitions.get(name, { abortSignal });
  };

  const versionOf = async (
    id: string,
    definitionVersion: string,
    signal: AbortSignal,
  ): Promise<Contents | undefined> => {
    const answers = await resourceManager.list({ path: `${id}/versions`, apiVersion: versionsApi, signal });
    const found = answers.map((each) => understood(versionShape, each));
    const names = found.map(({ name, properties }) => properties.version ?? name);
    const wanted = versionFor(definitionVersion, names);
    return wanted === undefined ? undefined : found[names.indexOf(wanted)]?.properties;
  };

  return async (id, definitionVersion) => {
    if (!initiativeId.test(id)) throw new GovernanceError('invalid', `This is not the id of an initiative: ${id}`);
    const read = async (signal: AbortSignal): Promise<Initiative | undefined> => {
      const answer = await answerFor(id, signal).catch((error: unknown) => {
        throw failureOf(error);
      });
      const newest = understood(initiativeShape, answer);
      if (definitionVersion === undefined || versionFor(definitionVersion, newestVersion(newest)) !== undefined)
        return initiativeFrom(newest.id, newest, definitionVersion);
      const version = await versionOf(newest.id, definitionVersion, signal);
      return version === undefined ? undefined : initiativeFrom(newest.id, version, definitionVersion);
    };
    return unlessRefused(() => withTimeLimit(timeLimitInMs, read), undefined, 'not-found', 'forbidden');
  };
};
