import type { Access } from '../../core/access/access.ts';
import { isNamedApprover } from '../../core/governance/approvers.ts';
import { holds, rightsFor } from '../../core/plan/exemption-rights.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { Hierarchy } from '../../core/tenant/hierarchy.ts';
import type { Person } from '../../core/person.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';
import { findLentRightsForShow, findLentRights } from './find-lent-rights.ts';
import { refuseUnlessHeld } from './refuse-unless-held.ts';

/** Whether the access would let somebody write all exemptions of a request themselves, or with delegated permissions decide about them. */
export const couldWrite = (
  access: Access,
  request: Pick<ExemptionRequest, 'targets'>,
  hierarchy: Hierarchy,
  lent: readonly string[] = [],
): boolean => rightsFor(request.targets).every((need) => holds(access, need, hierarchy, lent));

/** Whether somebody could decide a request, for display only. Groups are read only if their own roles are not enough. */
export const couldDecide = async (
  desk: Desk,
  person: Person,
  access: Access,
  request: Pick<ExemptionRequest, 'targets'>,
): Promise<boolean> => {
  const hierarchy = await desk.hierarchy();
  return (
    couldWrite(access, request, hierarchy) ||
    couldWrite(access, request, hierarchy, await findLentRightsForShow(desk, person))
  );
};

type ToDecide = Pick<ExemptionRequest, 'targets' | 'reference'> & {
  readonly governance: Pick<ExemptionRequest['governance'], 'approvers'>;
};

/** The governance file narrows what the roles allow. Groups are read only if it names one. */
const refuseUnlessNamed = async (desk: Desk, person: Person, request: ToDecide): Promise<void> => {
  const { approvers } = request.governance;
  const needGroups = approvers.flat().some(({ kind }) => kind === 'group');
  const groups = needGroups ? await desk.groupsForDecision(person) : [];
  if (isNamedApprover(approvers, { person, groups })) return;
  const unknown =
    groups === undefined
      ? ' Microsoft Graph does not let Exemption Desk see your groups, so groups that it names do not count.'
      : '';
  throw new GovernanceError(
    'forbidden',
    `You may not decide ${request.reference}: your Azure roles allow it, but the governance file names other approvers there.${unknown}`,
  );
};

const refuseUnlessBoth = async (
  desk: Desk,
  person: Person,
  request: ToDecide,
  lend?: () => Promise<readonly string[] | undefined>,
): Promise<readonly string[]> => {
  const lent = await refuseUnlessHeld(desk, person, rightsFor(request.targets), `decide ${request.reference}`, lend);
  await refuseUnlessNamed(desk, person, request);
  return lent;
};

/**
 * Throws unless the person could create every exemption of the request by their Azure roles, read live, and the governance file does not
 * exclude them. GovernanceError forbidden with the reason, or unavailable if Azure does not answer; then nothing is decided.
 */
export const refuseUnlessApprover = async (desk: Desk, person: Person, request: ToDecide): Promise<void> => {
  await refuseUnlessBoth(desk, person, request);
};

/**
 * Throws unless the person may decide the request of somebody else: as above, or with permissions that the operator delegates to a group of
 * theirs. Returns the delegated permissions that were needed. Errors as above.
 */
export const refuseUnlessDecider = (desk: Desk, person: Person, request: ToDecide): Promise<readonly string[]> =>
  refuseUnlessBoth(desk, person, request, () => findLentRights(desk, person));
