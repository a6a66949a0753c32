import { z } from 'zod';
import { isGuid } from '../../core/tenant/arm-id.ts';

const text = z.string().optional().catch(undefined);

const violation = z.object({
  type: z.string().regex(/^PolicyViolation$/i),
  info: z.object({
    policyAssignmentDisplayName: text,
    policyAssignmentName: text,
    policyDefinitionDisplayName: text,
    policyDefinitionName: text,
    policySetDefinitionDisplayName: text,
  }),
});

/** A policy that forbids a call, by the names that people gave to it and to its assignment. */
export type PolicyViolation = { readonly policy: string | undefined; readonly assignment: string | undefined };

/** The first name that is one, and no GUID. */
const named = (...names: readonly (string | undefined)[]): string | undefined =>
  names.find((name) => name !== undefined && name.trim() !== '' && !isGuid(name));

/** The violations in the `additionalInfo` of an error of Resource Manager; whatever is not one is left out. */
export const policyViolations = (additionalInfo: readonly unknown[]): readonly PolicyViolation[] =>
  additionalInfo.flatMap((each) => {
    const info = violation.safeParse(each).data?.info;
    if (info === undefined) return [];
    return {
      policy: named(info.policyDefinitionDisplayName, info.policyDefinitionName),
      assignment: named(
        info.policyAssignmentDisplayName,
        info.policyAssignmentName,
        info.policySetDefinitionDisplayName,
      ),
    };
  });
