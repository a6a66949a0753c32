import { createAssessments, type Assessment, type Assessments } from '../../simulator/tenant/assessments.ts';
import { managementGroupId, normalised } from '../../simulator/tenant/arm-id.ts';
import { authorise, identitiesOf } from '../../simulator/tenant/authorization.ts';
import { botPrincipal, type Person } from '../../simulator/tenant/person.ts';
import type { Tenant } from '../../simulator/tenant/tenant.ts';

/** Where the stories of asking, deciding, writing, sweeping and alerting happen: a small tidy company and a large untidy one. */
export const companies = [{ tenant: 'contoso' }, { tenant: 'fabrikam' }] as const;

/** How long a step may take: the first sweep of a large company takes long on a busy machine. */
export const patience = 180_000;

const actions = {
  'read recommendations': 'Microsoft.Security/assessments/read',
  'read exemptions': 'Microsoft.Authorization/policyExemptions/read',
  'write exemptions': 'Microsoft.Authorization/policyExemptions/write',
  'exempt from assignments': 'Microsoft.Authorization/policyAssignments/exempt/action',
} as const;
type Deed = keyof typeof actions;

const only = <Item>(found: Item | undefined, what: string): Item => {
  if (found === undefined) throw new Error(`This company has no ${what}.`);
  return found;
};

/** Finds people, scopes and assessments of a tenant by what they are, so that one story can be told in several. */
export const inCompany = (tenant: Tenant) => {
  const assessments: Assessments = createAssessments(tenant);
  const members = tenant.people.filter(({ belonging }) => belonging === 'member');
  const may = ({ key }: Pick<Person, 'key'>, deed: Deed, scope: string): boolean => {
    const principal = only(
      tenant.principals.find((each) => each.key === key),
      `principal ${key}`,
    );
    return authorise(tenant, principal, actions[deed], scope).kind === 'allowed';
  };
  const rolesOf = ({ objectId }: Person) =>
    tenant.roleAssignments.filter(({ principalId }) => identitiesOf(tenant, objectId).includes(principalId));
  const benchmark = only(
    tenant.policyAssignments.find(({ name }) => name === 'Deploy-MDC-MCSB'),
    'benchmark',
  );
  const topGroup = only(
    tenant.managementGroups.find(({ name }) => normalised(managementGroupId(name)) === normalised(benchmark.scope)),
    'group with the benchmark',
  );
  const mayDecideAt = (person: Person, scope: string): boolean =>
    may(person, 'write exemptions', scope) && may(person, 'exempt from assignments', scope);
  /** Whether somebody reads what is in a resource group or a subscription; nobody here has a role at a single resource. */
  const createReads = (person: Pick<Person, 'key'>) => {
    const known = new Map<string, boolean>();
    return ({ id }: { readonly id: string }): boolean => {
      const place = id.split('/').slice(0, 5).join('/');
      const reads = known.get(place) ?? may(person, 'read recommendations', place);
      known.set(place, reads);
      return reads;
    };
  };
  return {
    may,
    /** Whether somebody may do something where Exemption Desk has a role as well. */
    seesAndMay: (person: Person, deed: Deed, scope: string): boolean =>
      may(person, deed, scope) && may(botPrincipal, 'read exemptions', scope),
    /** The management group at which the benchmark is assigned; everything of the stories lies in it. */
    top: { id: benchmark.scope, name: topGroup.displayName },
    /** The unhealthy assessments that somebody may read. */
    openFor: (person: Person): Assessment[] => {
      // The role of Exemption Desk reaches less than those of some people.
      const [theyRead, botReads] = [createReads(person), createReads(botPrincipal)];
      return assessments
        .all()
        .filter(({ status, resource }) => status.code === 'Unhealthy' && theyRead(resource) && botReads(resource));
    },
    statusOf: (resourceId: string, key: string) =>
      assessments
        .all()
        .find(
          ({ resource, recommendation }) =>
            normalised(resource.id) === normalised(resourceId) && recommendation.assessmentKey === key,
        )?.status,
    /** Somebody of a team, whose roles reach resource groups only. */
    teamMember: only(
      members.find((each) => {
        const scopes = rolesOf(each).map(({ scope }) => scope);
        return scopes.length > 0 && scopes.every((scope) => /\/resourcegroups\/[^/]+$/i.test(scope));
      }),
      'member of a team',
    ),
    /** Somebody who may decide wherever the benchmark is assigned. */
    approver: only(
      members.find((each) => mayDecideAt(each, benchmark.scope)),
      'approver',
    ),
    /** Somebody who reads everything and decides nothing. */
    auditor: only(
      members.find(
        (each) =>
          may(each, 'read recommendations', benchmark.scope) &&
          may(each, 'read exemptions', benchmark.scope) &&
          !may(each, 'write exemptions', benchmark.scope),
      ),
      'auditor',
    ),
    /** Somebody who may exempt somewhere, but not from what is assigned above. */
    ownerBelow: only(
      members.find(
        (each) => !mayDecideAt(each, benchmark.scope) && rolesOf(each).some(({ scope }) => mayDecideAt(each, scope)),
      ),
      'owner of a part',
    ),
    /** Somebody whose only role has to be activated first, and somebody without any. */
    eligible: only(
      members.find(
        (each) =>
          rolesOf(each).length === 0 &&
          tenant.roleEligibilities.some(({ principalId }) => principalId === each.objectId),
      ),
      'eligible person',
    ),
    stranger: only(
      members.find(
        (each) =>
          rolesOf(each).length === 0 &&
          tenant.roleEligibilities.every(({ principalId }) => principalId !== each.objectId),
      ),
      'person without a role',
    ),
  };
};
