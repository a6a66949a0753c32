import { sameId, scopeKind } from '../../src/core/tenant/arm-id.ts';
import { covers } from '../../src/core/tenant/hierarchy.ts';
import { isInitiative } from '../../src/core/tenant/policy.ts';
import { allAssignments, hierarchyOf, type Subject } from './subject.ts';

export type WriteTestOptions = { readonly scope: string; readonly assignmentId: string };

/** The write test was requested in a way that is not safe, or cannot work. The message is for the operator, not for the report. */
export class UnsafeTrial extends Error {}

const requireScope = (scope: string): void => {
  try {
    scopeKind(scope);
  } catch {
    throw new UnsafeTrial(
      'The write test needs the ARM id of a resource, resource group, subscription or management group.',
    );
  }
};

/** The target of the write test: one policy of an initiative that has others, never a whole initiative. */
export type Exempted = {
  readonly scope: string;
  readonly policyAssignmentId: string;
  readonly referenceIds: readonly string[];
};

const choose = async (subject: Subject, { scope, assignmentId }: WriteTestOptions): Promise<Exempted> => {
  requireScope(scope);
  const assignment = (await allAssignments(subject)).find(({ id }) => sameId(id, assignmentId));
  if (assignment === undefined) throw new UnsafeTrial('The assignment does not exist, or is not visible.');
  if (!isInitiative(assignment.definitionId))
    throw new UnsafeTrial('The assignment is of a single policy: an exemption could not be limited to a part of it.');
  if (!covers(assignment.scope, scope, await hierarchyOf(subject)))
    throw new UnsafeTrial('The scope is not at or under that of the assignment.');
  const references =
    (await subject.azure.policies.initiative(assignment.definitionId, assignment.definitionVersion))?.references ?? [];
  const alone = references.find(
    ({ definitionId }) => references.filter((other) => sameId(other.definitionId, definitionId)).length === 1,
  );
  if (alone === undefined || references.length < 2)
    throw new UnsafeTrial('The initiative has no policy that could be exempted alone.');
  return { scope, policyAssignmentId: assignment.id, referenceIds: [alone.referenceId] };
};

/** Throws UnsafeTrial if nothing may be exempted for a test. */
export const chooseReference = (subject: Subject, options: WriteTestOptions): Promise<Exempted> =>
  choose(subject, options).catch((error: unknown) => {
    if (error instanceof UnsafeTrial) throw error;
    throw new UnsafeTrial('The policies of this tenant could not be read; try without the write test first.');
  });
