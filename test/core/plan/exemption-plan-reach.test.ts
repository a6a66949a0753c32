import { alsoExempted } from '../../../src/core/plan/exemption-plan.ts';
import type { PolicyAssignment } from '../../../src/core/tenant/policy.ts';
import { root, shopGroup, shopProd, shopTest, vm1 } from '../contoso.ts';
import { aims, codes, plan } from './planning.ts';
import { assignment, benchmark, definition, guardrails, ownInitiative } from '../policies.ts';

describe('an initiative that could not be read', () => {
  const unread = { id: `${benchmark.id}-elsewhere` };

  it('blocks, for it may hold the recommendation', () => {
    const assignments = [assignment('mcsb', root, benchmark), assignment('team baseline', shopProd, unread)];
    expect(plan({ assignments })).toMatchObject({ targets: [], obstacles: [{ code: 'unread-initiative' }] });
    expect(codes({ assignments })).toEqual([['unread-initiative', 'blocking']]);
    expect(plan({ assignments }).obstacles[0]?.sentence).toMatch(/team baseline.*policySetDefinitions\/read/);
  });

  it('matters only where it is in force', () => {
    const assignments = [
      assignment('mcsb', root, benchmark),
      assignment('elsewhere', shopTest, unread),
      assignment('excluded', root, unread, { excludedScopes: [shopGroup] }),
    ];
    expect(codes({ assignments })).toEqual([]);
    expect(aims({ assignments })).toHaveLength(1);
  });
});

describe('resource selectors of an assignment', () => {
  const only = (kind: string, lists: { in?: string[]; notIn?: string[] }) => ({
    resourceSelectors: [[{ kind, in: lists.in, notIn: lists.notIn }]],
  });
  const selected = (more: Partial<PolicyAssignment>, location?: string) =>
    ({ assignments: [assignment('mcsb', root, benchmark, more)], location }) as const;

  it.each([
    ['its type is not among them', only('resourceType', { in: ['Microsoft.Sql/servers'] }), undefined],
    ['its type is left out', only('resourceType', { notIn: ['microsoft.compute/VIRTUALMACHINES'] }), undefined],
    ['its location is not among them', only('resourceLocation', { in: ['northeurope'] }), 'westeurope'],
    ['its location is left out', only('resourceLocation', { notIn: ['West Europe'] }), 'westeurope'],
  ])('leave a resource out where %s', (_, more, location) => {
    expect(codes(selected(more, location))).toEqual([['not-selected', 'blocking']]);
    expect(plan(selected(more, location)).obstacles[0]?.sentence).toContain('mcsb');
  });

  it.each([
    ['its type is among them', only('resourceType', { in: ['microsoft.compute/virtualmachines'] }), undefined],
    ['its location is among them', only('resourceLocation', { in: ['westeurope'] }), 'westeurope'],
    [
      'one of several selects it',
      { resourceSelectors: [...only('resourceType', { in: ['a/b'] }).resourceSelectors, []] },
      undefined,
    ],
  ])('keep a resource where %s', (_, more, location) => {
    expect(codes(selected(more, location))).toEqual([]);
    expect(aims(selected(more, location))).toHaveLength(1);
  });

  it('take all conditions of one selector together', () => {
    const both = {
      resourceSelectors: [
        [
          { kind: 'resourceType', in: ['Microsoft.Compute/virtualMachines'], notIn: undefined },
          { kind: 'resourceLocation', in: ['northeurope'], notIn: undefined },
        ],
      ],
    };
    expect(codes(selected(both, 'westeurope'))).toEqual([['not-selected', 'blocking']]);
    expect(codes(selected(both, 'northeurope'))).toEqual([]);
  });

  it('write and say so where the location is not known', () => {
    const more = only('resourceLocation', { in: ['northeurope'] });
    expect(codes(selected(more))).toEqual([['not-checked', 'not-checked']]);
    expect(aims(selected(more))).toHaveLength(1);
  });

  it('write and say so, of what they do look at, where they select by the user', () => {
    const more = only('userPrincipalId', { in: ['4711'] });
    const [first] = plan(selected(more, 'westeurope')).obstacles;
    expect(first?.sentence).toContain('select by something else than type and place, such as the user');
    expect(first?.sentence).not.toContain('Azure did not say where');
    expect(aims(selected(more))).toHaveLength(1);
  });

  it('say nothing about a wider scope, which always holds something they mean', () => {
    const more = only('resourceType', { in: ['Microsoft.Sql/servers'] });
    expect(aims({ ...selected(more), scope: shopGroup })).toHaveLength(1);
  });

  it('leave out the one initiative and write the other', () => {
    const assignments = [
      assignment('sql only', root, benchmark, only('resourceType', { in: ['Microsoft.Sql/servers'] })),
      assignment('contoso baseline', root, ownInitiative),
    ];
    expect(aims({ assignments })).toEqual([[vm1, 'contoso baseline', ['contosoDisks']]]);
  });
});

describe('a policy whose effect is disabled', () => {
  const byParameter = {
    ...benchmark,
    references: benchmark.references.map((each) => ({
      ...each,
      effect: { parameter: 'diskeffect', otherwise: 'AuditIfNotExists' },
    })),
  };

  it.each([
    ['an override of all of it', { switchedOff: 'all' as const }, benchmark],
    ['an override of its reference', { switchedOff: ['DISKENCRYPTION'] }, benchmark],
    ['a parameter', { parameters: { diskeffect: 'disabled' } }, byParameter],
  ])('is said as a warning where it is disabled by %s', (_, more, initiative) => {
    const input = { assignments: [assignment('mcsb', root, initiative, more)], initiatives: [initiative] };
    expect(codes(input)).toEqual([['switched-off', 'warning']]);
    expect(aims(input)).toHaveLength(1);
  });

  it('is said where the assignment is of the policy itself', () => {
    const direct = assignment('disks only', root, { id: definition }, { parameters: { effect: 'Disabled' } });
    expect(codes({ assignments: [direct] })).toEqual([['switched-off', 'warning']]);
  });

  it.each([
    ['another reference', { switchedOff: ['secureBoot'] }],
    ['another parameter', { parameters: { boot: 'Disabled' } }],
    ['its own parameter to something else', { parameters: { diskeffect: 'Audit' } }],
  ])('is not taken from %s', (_, more) => {
    expect(codes({ assignments: [assignment('mcsb', root, byParameter, more)], initiatives: [byParameter] })).toEqual(
      [],
    );
  });

  it('counts only when every reference of it is disabled', () => {
    const once = assignment('guardrails', root, guardrails, { switchedOff: ['disksDeny'] });
    const twice = assignment('guardrails', root, guardrails, { switchedOff: ['disksDeny', 'disksAudit'] });
    expect(codes({ assignments: [once] })).toEqual([]);
    expect(codes({ assignments: [twice] })).toEqual([['switched-off', 'warning']]);
  });
});

describe('several recommendations on one policy', () => {
  const catalogue = [
    { key: 'A', title: 'Disks should be encrypted', policyDefinitionId: definition },
    { key: 'b', title: 'Disk encryption should be healthy', policyDefinitionId: definition.toUpperCase() },
    { key: 'c', title: 'Something else', policyDefinitionId: `${definition}0` },
    { key: 'd', title: 'Not by policy', policyDefinitionId: undefined },
  ];

  it('are exempted together, so the others are named', () => {
    expect(alsoExempted({ key: 'a', policyDefinitionId: definition }, catalogue)).toEqual([
      'Disk encryption should be healthy',
    ]);
  });

  it('are none where Azure Policy has no part in it', () => {
    expect(alsoExempted({ key: 'd', policyDefinitionId: undefined }, catalogue)).toEqual([]);
  });
});
