import { couldActivate, denialOf, mayDo, type Access } from '../core/access.ts';
import { isNamedApprover } from '../core/approvers.ts';
import { rightsFor } from '../core/exemption-rights.ts';
import { GovernanceError } from '../core/governance-error.ts';
import { scopeLabel, type Hierarchy } from '../core/hierarchy.ts';
import type { Person } from '../core/person.ts';
import type { ExemptionRequest } from '../core/request.ts';
import type { Desk } from './desk.ts';

/** Whether the access would let somebody write all of a request's exemptions themselves. */
export const couldWrite = (access: Access, request: Pick<ExemptionRequest, 'targets'>, hierarchy: Hierarchy): boolean =>
  rightsFor(request.targets).every((need) => mayDo(access, need.action, need.scope, hierarchy));

type ToDecide = Pick<ExemptionRequest, 'targets' | 'reference'> & {
  readonly governance: Pick<ExemptionRequest['governance'], 'approvers'>;
};

/** The governance file narrows what the roles allow; groups are asked for only where it names one. */
const refuseUnlessNamed = async (desk: Desk, person: Person, request: ToDecide): Promise<void> => {
  const { approvers } = request.governance;
  const needGroups = approvers.flat().some(({ kind }) => kind === 'group');
  const groups = needGroups ? await desk.groupsForDecision(person) : [];
  if (isNamedApprover(approvers, { person, groups })) return;
  const unknown =
    groups === undefined ? ' Microsoft Graph does not let the bot see your groups, so none of them counts.' : '';
  throw new GovernanceError(
    'forbidden',
    `You may not decide ${request.reference}: your Azure roles would allow it, but the governance file names others as approvers there.${unknown}`,
  );
};

/**
 * Lets through only somebody who, by their Azure roles read live, could create every exemption of the request themselves, and whom the governance
 * file does not leave out.
 * Throws GovernanceError forbidden with the reason, or unavailable when Azure does not answer: then nothing is decided.
 */
export const refuseUnlessApprover = async (desk: Desk, person: Person, request: ToDecide): Promise<void> => {
  const needs = rightsFor(request.targets);
  const [hierarchy, access] = await Promise.all([
    desk.hierarchy(),
    desk.forDecision(person, [...new Set(needs.map((need) => need.scope))]),
  ]);
  const missing = needs.find((need) => !mayDo(access, need.action, need.scope, hierarchy));
  if (missing === undefined) return refuseUnlessNamed(desk, person, request);

  const where = scopeLabel(missing.scope, hierarchy);
  const denial = denialOf(access, missing.action, missing.scope, hierarchy);
  if (denial !== undefined) {
    throw new GovernanceError(
      'forbidden',
      `You may not decide ${request.reference}: the deny assignment “${denial.name}” forbids exemptions in ${where}.`,
    );
  }
  const activable = needs.every(
    (need) =>
      mayDo(access, need.action, need.scope, hierarchy) || couldActivate(access, need.action, need.scope, hierarchy),
  );
  if (activable) {
    const roles = [...new Set(access.eligible.map((grant) => grant.roleName))].join(', ');
    throw new GovernanceError(
      'forbidden',
      `You may not decide ${request.reference} yet: your role ${roles} is only eligible. Activate it in Privileged Identity Management, then try again.`,
    );
  }
  throw new GovernanceError(
    'forbidden',
    `You may not decide ${request.reference}, because no Azure role of yours allows exemptions in ${where} (${missing.action}).`,
  );
};
