import fc from 'fast-check';
import { createAzure } from '../../../src/azure/azure.ts';
import { mayDo } from '../../../src/core/access/access.ts';
import { readCondition } from '../../../src/core/access/read-condition.ts';
import { actions, allowedByHand, conditionSamples } from '../../core/azure-rules.ts';
import { bob, contoso, inside, place, places } from '../../core/contoso.ts';
import { cannedHttpClient, credential, sentBy, type CannedAnswer } from '../canned-http-client.ts';
import { answerFrom } from '../graph-rows.ts';

/** A tenant as Azure would have it: people in groups in groups, roles and deny assignments for any of them, eligible roles. */
type Assigned = {
  readonly to: string;
  readonly scope: string;
  readonly role: string;
  readonly condition: string | undefined;
};
type Denied = {
  readonly to: string;
  readonly except: string | undefined;
  readonly scope: string;
  readonly role: string;
  readonly alsoBelow: boolean;
  readonly condition: string | undefined;
};
type Tenant = {
  /** The group that holds each group, and those that hold Bob. */
  readonly groupsOfBob: readonly string[];
  readonly groupAbove: Readonly<Record<string, string | undefined>>;
  readonly assigned: readonly Assigned[];
  readonly denied: readonly Denied[];
  readonly eligible: readonly Assigned[];
};

const groups = ['a', 'b', 'c'].map((letter) => `9000000${letter}-0000-4000-8000-000000000000`);
const somebodyElse = '90000000-0000-4000-8000-000000000000';
const everybody = '00000000-0000-0000-0000-000000000000';

const roles: Readonly<Record<string, { actions: readonly string[]; notActions: readonly string[] }>> = {
  'b0000000-0000-4000-8000-000000000001': { actions: ['*'], notActions: [] },
  'b0000000-0000-4000-8000-000000000002': { actions: ['*/read'], notActions: [] },
  'b0000000-0000-4000-8000-000000000003': { actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] },
  'b0000000-0000-4000-8000-000000000004': { actions: [actions[2], actions[3]], notActions: [] },
};

const principal = fc.constantFrom(bob.objectId, somebodyElse, ...groups);
const role = fc.constantFrom(...Object.keys(roles));
const condition = fc.constantFrom(...conditionSamples.map(({ text }) => text));
const assigned = fc.array(fc.record({ to: principal, scope: place, role, condition }), {
  maxLength: 4,
});
const tenants: fc.Arbitrary<Tenant> = fc.record({
  groupsOfBob: fc.subarray(groups),
  groupAbove: fc
    .tuple(...groups.map(() => fc.option(fc.constantFrom(...groups), { nil: undefined })))
    .map((above) => Object.fromEntries(groups.map((group, index) => [group, above[index]]))),
  assigned,
  denied: fc.array(
    fc.record({
      to: fc.oneof(principal, fc.constant(everybody)),
      except: fc.option(principal, { nil: undefined }),
      scope: place,
      role,
      alsoBelow: fc.boolean(),
      condition,
    }),
    { maxLength: 2 },
  ),
  eligible: assigned,
});

/** Everything that Bob is: himself, and every group that holds him, however deep. */
const identitiesIn = ({ groupsOfBob, groupAbove }: Tenant): string[] => {
  const found = new Set<string>();
  const visit = (group: string | undefined): void => {
    if (group === undefined || found.has(group)) return;
    found.add(group);
    visit(groupAbove[group]);
  };
  groupsOfBob.forEach(visit);
  return [bob.objectId, ...found];
};

const conditionsFrom = (text: string | undefined) => (text === undefined ? [] : [readCondition(text)]);

/** What Azure would decide, from the tenant and not from any answer to the product. */
const allowedIn = (tenant: Tenant, action: string, scope: string): boolean => {
  const own = identitiesIn(tenant);
  return allowedByHand(
    {
      grants: tenant.assigned
        .filter(({ to }) => own.includes(to))
        .map((each) => ({
          ...roles[each.role]!,
          roleName: '',
          scope: each.scope,
          conditions: conditionsFrom(each.condition),
        })),
      denials: tenant.denied
        .filter(({ to, except }) => (to === everybody || own.includes(to)) && !own.includes(except ?? ''))
        .map((each) => ({
          ...roles[each.role]!,
          name: '',
          scope: each.scope,
          conditions: conditionsFrom(each.condition),
          appliesToChildScopes: each.alsoBelow,
        })),
      eligible: [],
    },
    action,
    scope,
  );
};

const definitions = '/providers/Microsoft.Authorization/roleDefinitions';
const propertiesOf = ({ to, scope, role: guid, condition: text }: Assigned) => ({
  principalId: to,
  scope,
  roleDefinitionId: `${definitions}/${guid}`,
  condition: text ?? null,
  conditionVersion: text === undefined ? null : '2.0',
});
const typeOf = (id: string): string => (id === everybody ? 'SystemDefined' : groups.includes(id) ? 'Group' : 'User');
const denyProperties = ({ to, except, scope, role: guid, alsoBelow, condition: text }: Denied) => ({
  denyAssignmentName: 'denied',
  scope,
  permissions: [roles[guid]!],
  doNotApplyToChildScopes: !alsoBelow,
  condition: text ?? null,
  principals: [{ id: to, type: typeOf(to) }],
  excludePrincipals: except === undefined ? [] : [{ id: except, type: typeOf(except) }],
});

const hierarchyRows = [
  ...contoso.managementGroups.map(({ name, displayName, ancestors }) => ({
    id: `/providers/Microsoft.Management/managementGroups/${name}`,
    name,
    type: 'microsoft.management/managementgroups',
    properties: { displayName, details: { managementGroupAncestorsChain: ancestors.map((each) => ({ name: each })) } },
  })),
  ...contoso.subscriptions.map(({ id, displayName, ancestors }) => ({
    id,
    name: displayName,
    type: 'microsoft.resources/subscriptions',
    properties: { managementGroupAncestorsChain: ancestors.map((each) => ({ name: each })) },
  })),
];

/** Azure in front of such a tenant: it resolves groups itself, and lists what applies at a scope with what lies below unless told otherwise. */
const connected = (tenant: Tenant) => {
  const numbered = <Item extends { readonly scope: string }, Properties>(
    items: readonly Item[],
    kind: string,
    properties: (item: Item) => Properties,
  ) =>
    items.map((item, index) => ({
      id: `${item.scope}/providers/Microsoft.Authorization/${kind}/${index}`,
      name: String(index),
      type: `microsoft.authorization/${kind.toLowerCase()}`,
      properties: properties(item),
    }));
  const roleRows = numbered(tenant.assigned, 'roleAssignments', propertiesOf);
  const definitionRows = Object.entries(roles).map(([name, permission]) => ({
    id: `${definitions}/${name}`,
    name,
    type: 'microsoft.authorization/roledefinitions',
    properties: { roleName: name, permissions: [permission] },
  }));
  const lists: Readonly<Record<string, { id: string; properties: { scope: string; principalId?: string } }[]>> = {
    roleAssignments: roleRows,
    roleEligibilityScheduleInstances: numbered(tenant.eligible, 'roleEligibilityScheduleInstances', propertiesOf),
    denyAssignments: numbered(tenant.denied, 'denyAssignments', denyProperties),
  };
  const json = (body: unknown): CannedAnswer => ({ status: 200, body });

  const { client } = cannedHttpClient((request) => {
    const { pathname, searchParams } = new URL(request.url);
    const path = decodeURIComponent(pathname);
    if (path.endsWith('/getMemberGroups')) return json({ value: identitiesIn(tenant).slice(1) });
    if (path.endsWith('/resources')) {
      return String(sentBy(request).query).startsWith('resourcecontainers')
        ? answerFrom('resourcecontainers', hierarchyRows, request)
        : answerFrom('authorizationresources', [...roleRows, ...definitionRows], request);
    }
    const [kind = '', name] = path.slice(path.lastIndexOf('/providers/')).split('/').slice(3);
    if (kind === 'roleDefinitions') return json(definitionRows.find((each) => each.name === name));
    const scope = places.find(
      (each) => each.toLowerCase() === path.slice(0, path.lastIndexOf('/providers/')).toLowerCase(),
    )!;
    const filter = searchParams.get('$filter');
    const own = identitiesIn(tenant);
    const found = lists[kind]!.filter(({ properties }) => {
      const isInReach = inside(scope, properties.scope) || (filter !== 'atScope()' && inside(properties.scope, scope));
      return isInReach && (properties.principalId === undefined || own.includes(properties.principalId));
    });
    return json({ value: found });
  });
  const now = new Date('2026-03-01T12:00:00Z');
  return createAzure({ credential, httpClient: client, now: () => now });
};

describe('what Azure is asked about a person', () => {
  it('leads to the decision that Azure would take, through groups in groups, deny assignments and conditions', async () => {
    await fc.assert(
      fc.asyncProperty(tenants, fc.constantFrom(...actions), place, async (tenant, action, scope) => {
        const access = await connected(tenant).forDecision(bob, [scope]);
        expect(mayDo(access, action, scope, contoso)).toBe(allowedIn(tenant, action, scope));
      }),
      { numRuns: 150 },
    );
  });

  it('shows for reading what Azure would show, in every subscription', async () => {
    await fc.assert(
      fc.asyncProperty(tenants, async (tenant) => {
        const access = await connected(tenant).forReading(bob);
        for (const scope of places.filter((each) => each.startsWith('/subscriptions/')))
          for (const action of actions)
            expect([scope, action, mayDo(access, action, scope, contoso)]).toEqual([
              scope,
              action,
              allowedIn(tenant, action, scope),
            ]);
      }),
      { numRuns: 40 },
    );
  });
});
