import { isAtOrUnder, nameOf, normalId } from '../../../src/core/tenant/arm-id.ts';
import { formatDay } from '../../../src/core/calendar.ts';
import type { Exemption } from '../../../src/core/exemption/exemption.ts';
import type { PlanInput } from '../../../src/core/plan/exemption-plan.ts';
import type { PolicyAssignment } from '../../../src/core/tenant/policy.ts';
import {
  landingZones,
  online,
  playground,
  root,
  shopGroup,
  shopGroup2,
  shopProd,
  shopTest,
  sqlDatabase,
  vm1,
  vm10,
} from '../contoso.ts';
import { aims, codes, plan } from './planning.ts';
import { assignment, benchmark, definition, exemption, guardrails, now, ownInitiative } from '../policies.ts';

describe('which exemptions a request becomes', () => {
  it('writes one exemption at the resource for the benchmark assigned at the tenant root', () => {
    const { targets, obstacles } = plan();
    expect(obstacles).toEqual([]);
    expect(targets).toHaveLength(1);
    expect(targets[0]).toMatchObject({
      scope: vm1,
      assignmentId: assignment('mcsb', root, benchmark).id,
      assignmentName: 'mcsb',
      referenceIds: ['diskEncryption'],
    });
    expect(targets[0]?.exemptionId).toMatch(
      /\/vm1\/providers\/Microsoft\.Authorization\/policyExemptions\/ED-vm1-[0-9a-f]{12}$/,
    );
  });

  it('writes one exemption for each initiative that holds the recommendation', () => {
    const assignments = [
      assignment('mcsb', root, benchmark),
      assignment('contoso baseline', shopProd, ownInitiative),
      assignment('mcsb again', online, benchmark),
    ];
    expect(aims({ assignments })).toEqual([
      [vm1, 'mcsb', ['diskEncryption']],
      [vm1, 'contoso baseline', ['contosoDisks']],
      [vm1, 'mcsb again', ['diskEncryption']],
    ]);
  });

  it('names every reference id where an initiative holds the definition twice', () => {
    const assignments = [assignment('guardrails', shopGroup, guardrails)];
    expect(aims({ assignments })).toEqual([[vm1, 'guardrails', ['disksDeny', 'disksAudit']]]);
  });

  it('gives a direct assignment no reference ids', () => {
    const assignments = [assignment('disks only', shopProd, { id: definition })];
    expect(aims({ assignments })).toEqual([[vm1, 'disks only', undefined]]);
  });

  it('recognises definitions and initiatives in any casing', () => {
    const assignments = [
      assignment('mcsb', root, { id: benchmark.id.toUpperCase() }),
      assignment('direct', root, { id: definition.toUpperCase() }),
    ];
    expect(aims({ assignments })).toHaveLength(2);
  });

  it('leaves out assignments that hold other definitions or lie elsewhere', () => {
    const assignments = [
      assignment('other policy', root, { id: `${definition}0` }),
      assignment('on a neighbour', vm10, benchmark),
      assignment('in another subscription', shopTest, benchmark),
    ];
    expect(plan({ assignments })).toMatchObject({ targets: [], obstacles: [{ code: 'no-assignment' }] });
  });

  it('covers a child resource by an assignment to its subscription', () => {
    expect(aims({ scope: sqlDatabase, assignments: [assignment('mcsb', shopProd, benchmark)] })).toEqual([
      [sqlDatabase, 'mcsb', ['diskEncryption']],
    ]);
  });

  it('fans out below a management group: each assignment is exempted where it is made', () => {
    const assignments = [
      assignment('above', root, benchmark),
      assignment('prod', shopProd, benchmark),
      assignment('test', shopTest, benchmark),
      assignment('elsewhere', playground, benchmark),
    ];
    expect(aims({ scope: landingZones, assignments })).toEqual([
      [landingZones, 'above', ['diskEncryption']],
      [shopProd, 'prod', ['diskEncryption']],
      [shopTest, 'test', ['diskEncryption']],
    ]);
  });
});

describe('what stands in the way', () => {
  it('refuses a recommendation that Azure Policy has no part in, and says where to go', () => {
    const { targets, obstacles } = plan({ recommendation: { title: 'Fix your code', policyDefinitionId: undefined } });
    expect(targets).toEqual([]);
    expect(obstacles).toMatchObject([{ code: 'not-exemptible-by-policy', kind: 'blocking' }]);
    expect(obstacles[0]?.sentence).toMatch(/“Fix your code”.*Environment settings > Exemptions/);
  });

  it('refuses where no assignment holds the recommendation', () => {
    expect(codes({ assignments: [] })).toEqual([['no-assignment', 'blocking']]);
  });

  it.each([
    ['management group', landingZones],
    ['subscription', shopProd.toUpperCase()],
    ['resource group', shopGroup],
    ['resource', vm1],
  ])('refuses where the %s is excluded from the assignment', (_, excludedScope) => {
    const assignments = [assignment('mcsb', root, benchmark, { excludedScopes: [playground, excludedScope] })];
    expect(codes({ assignments })).toEqual([['excluded-scope', 'blocking']]);
    expect(plan({ assignments }).obstacles[0]?.sentence).toContain('mcsb');
  });

  it('goes on where only something else, or something below, is excluded', () => {
    const excludedScopes = [shopGroup2, vm10];
    expect(aims({ scope: shopProd, assignments: [assignment('mcsb', root, benchmark, { excludedScopes })] })).toEqual([
      [shopProd, 'mcsb', ['diskEncryption']],
    ]);
    expect(codes({ assignments: [assignment('mcsb', root, benchmark, { excludedScopes })] })).toEqual([]);
  });

  it('leaves out the one initiative that excludes the scope and writes the other', () => {
    const assignments = [
      assignment('mcsb', root, benchmark, { excludedScopes: [shopGroup] }),
      assignment('contoso baseline', root, ownInitiative),
    ];
    expect(aims({ assignments })).toEqual([[vm1, 'contoso baseline', ['contosoDisks']]]);
  });

  it('warns of an assignment without enforcement, and goes on', () => {
    const assignments = [assignment('mcsb', root, benchmark, { enforced: false })];
    expect(codes({ assignments })).toEqual([['not-enforced', 'warning']]);
    expect(aims({ assignments })).toHaveLength(1);
  });
});

describe('what is exempt already', () => {
  const mcsb = assignment('mcsb', root, benchmark);

  it.each([
    ['at the same scope', exemption(mcsb, vm1, ['diskEncryption'])],
    ['at a wider scope', exemption(mcsb, shopGroup, ['diskEncryption'])],
    ['at a management group above', exemption(mcsb, landingZones, ['other', 'diskEncryption'])],
    ['with the whole initiative', exemption(mcsb, shopProd, undefined)],
    ['without an end', exemption(mcsb, vm1, ['diskEncryption'], { expiresAt: undefined })],
    ['in another casing', exemption({ ...mcsb, id: mcsb.id.toUpperCase() }, vm1.toUpperCase(), ['DISKENCRYPTION'])],
  ])('says so where it is exempt %s', (_, existing) => {
    const { targets, obstacles } = plan({ existing: [existing] });
    expect(targets).toEqual([]);
    expect(obstacles).toMatchObject([{ code: 'already-exempt', kind: 'blocking' }]);
    expect(obstacles[0]?.sentence).toContain(existing.displayName);
    expect(obstacles[0]?.sentence).toContain(
      existing.expiresAt === undefined ? 'with no expiry date' : formatDay(existing.expiresAt, 'UTC'),
    );
  });

  it.each([
    ['has expired above', exemption(mcsb, shopGroup, ['diskEncryption'], { expiresAt: new Date(now.getTime() - 1) })],
    ['expires above at this very moment', exemption(mcsb, shopGroup, ['diskEncryption'], { expiresAt: now })],
    ['is of a neighbour', exemption(mcsb, vm10, ['diskEncryption'])],
    ['is of another policy', exemption(mcsb, vm1, ['secureBoot'])],
    ['is of another assignment', exemption(assignment('mcsb2', root, benchmark), vm1, ['diskEncryption'])],
  ])('writes although there is an exemption that %s', (_, existing) => {
    expect(plan({ existing: [existing] }).obstacles).toEqual([]);
    expect(plan({ existing: [existing] }).targets).toHaveLength(1);
  });

  const narrowedTo = (kind: string, value: string) => ({
    resourceSelectors: [[{ kind, in: [value], notIn: undefined }]],
  });

  it.each([
    ['its location', narrowedTo('resourceLocation', 'northeurope'), 'westeurope'],
    ['a location, and nobody knows where it is', narrowedTo('resourceLocation', 'westeurope'), undefined],
    ['its type', narrowedTo('resourceType', 'Microsoft.Sql/servers'), undefined],
    ['another reference', narrowedTo('policyDefinitionReferenceId', 'secureBoot'), undefined],
    ['something unheard of', narrowedTo('moonPhase', 'full'), undefined],
  ])('writes where selectors narrow the existing exemption by %s', (_, more, location) => {
    expect(aims({ existing: [exemption(mcsb, shopGroup, undefined, more)], location })).toHaveLength(1);
  });

  it('says so where selectors narrow the existing exemption to this very resource', () => {
    const more = narrowedTo('resourceLocation', 'westeurope');
    expect(codes({ existing: [exemption(mcsb, shopGroup, undefined, more)], location: 'westeurope' })).toEqual([
      ['already-exempt', 'blocking'],
    ]);
  });

  it('does not take an exemption of one machine for one of its resource group', () => {
    expect(aims({ scope: shopGroup, existing: [exemption(mcsb, vm1, ['diskEncryption'])] })).toHaveLength(1);
  });

  it('finds a valid exemption beside its expired twin', () => {
    const expired = exemption(mcsb, vm1, ['diskEncryption'], { name: 'old', expiresAt: new Date(now.getTime() - 1) });
    expect(codes({ existing: [expired, exemption(mcsb, vm1, ['diskEncryption'])] })).toEqual([
      ['already-exempt', 'blocking'],
    ]);
  });

  it('asks only for the initiative that is not exempt yet, and says which one is', () => {
    const assignments = [mcsb, assignment('contoso baseline', root, ownInitiative)];
    const existing = [exemption(mcsb, vm1, ['diskEncryption'])];
    expect(aims({ assignments, existing })).toEqual([[vm1, 'contoso baseline', ['contosoDisks']]]);
    expect(codes({ assignments, existing })).toEqual([['partly-exempt', 'warning']]);
    expect(plan({ assignments, existing }).obstacles[0]?.sentence).toContain('mcsb');
  });

  it('asks only for the reference id that is missing', () => {
    const twice = assignment('guardrails', root, guardrails);
    const existing = [exemption(twice, vm1, ['disksDeny'])];
    expect(aims({ assignments: [twice], existing })).toEqual([[vm1, 'guardrails', ['disksAudit']]]);
    expect(codes({ assignments: [twice], existing })).toEqual([['partly-exempt', 'warning']]);
  });

  it('covers a direct assignment only by an exemption of the whole assignment', () => {
    const direct = assignment('disks only', root, { id: definition });
    expect(codes({ assignments: [direct], existing: [exemption(direct, vm1, undefined)] })).toEqual([
      ['already-exempt', 'blocking'],
    ]);
    expect(aims({ assignments: [direct], existing: [exemption(direct, vm1, ['diskEncryption'])] })).toHaveLength(1);
  });
});

describe('names of exemptions', () => {
  const idOf = (more: Partial<PlanInput> = {}) => plan(more).targets[0]?.exemptionId ?? '';

  it('finds the same object again, however Azure cased the ids this time', () => {
    const shouted = (each: PolicyAssignment): PolicyAssignment => ({
      ...each,
      id: each.id.toUpperCase(),
      scope: each.scope.toUpperCase(),
      definitionId: each.definitionId.toUpperCase(),
    });
    const assignments = [assignment('guardrails', root, guardrails)];
    const [deny, , audit] = guardrails.references;
    const turned = { ...guardrails, references: [audit!, { ...deny!, referenceId: 'DISKSDENY' }] };
    expect(
      normalId(idOf({ scope: vm1.toUpperCase(), assignments: assignments.map(shouted), initiatives: [turned] })),
    ).toBe(normalId(idOf({ assignments })));
  });

  it('gives every scope, assignment and set of references an object of its own', () => {
    const twice = assignment('guardrails', root, guardrails);
    const ids = [
      idOf(),
      idOf({ scope: vm10 }),
      idOf({ scope: shopGroup }),
      idOf({ assignments: [assignment('mcsb', online, benchmark)] }),
      idOf({ assignments: [twice] }),
      idOf({ assignments: [twice], existing: [exemption(twice, vm1, ['disksDeny'])] }),
    ].map((id) => normalId(nameOf(id)));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    [`${shopGroup}/providers/Microsoft.Web/sites/shop.contoso.com`],
    [`${shopGroup}/providers/Microsoft.Compute/virtualMachines/${'a'.repeat(90)}`],
    [`${shopProd}/resourceGroups/rg (old) ünïcode.`],
  ])('keeps to the characters and the 64 places that Azure allows: %s', (scope) => {
    const id = idOf({ scope });
    expect(nameOf(id)).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    expect(isAtOrUnder(id, scope)).toBe(true);
  });
});

describe('an exemption that is listed', () => {
  it('belongs to the sentence by its object name where it has no display name', () => {
    const nameless: Exemption = exemption(assignment('mcsb', root, benchmark), vm1, undefined, { displayName: '' });
    expect(plan({ existing: [nameless] }).obstacles[0]?.sentence).toContain(`“${nameless.name}”`);
  });
});
