import { exemptFromAssignment, writeExemptions } from '../../../src/core/access/access.ts';
import { readCondition } from '../../../src/core/access/read-condition.ts';
import type { Target } from '../../../src/core/plan/exemption-plan.ts';
import type { NeededRight } from '../../../src/core/plan/exemption-rights.ts';
import { mostPerScope, preflightOf, type Site } from '../../../src/core/plan/preflight.ts';
import type { SubscriptionState } from '../../../src/core/tenant/hierarchy.ts';
import { unsupportedBy } from '../../../src/core/plan/without-exemption.ts';
import { blobsOnly, ofDepartment } from '../access/sample-conditions.ts';
import { contoso, landingZones, playground, root, shopGroup, shopGroup2, shopProd, vm1, vm10 } from '../contoso.ts';
import { assignment, benchmark, exemption, ownInitiative } from '../policies.ts';

const mcsb = assignment('mcsb', root, benchmark);
const baseline = assignment('contoso baseline', shopProd, ownInitiative);
const target = (of: typeof mcsb, scope = vm1): Target => ({
  exemptionId: `${scope}/providers/Microsoft.Authorization/policyExemptions/ED-${of.displayName}`,
  scope,
  assignmentId: of.id,
  assignmentName: of.displayName,
  referenceIds: ['diskEncryption'],
});
const targets = [target(mcsb), target(baseline)];

const site = (more: Partial<Site> = {}): Site => ({
  hierarchy: contoso,
  existing: [],
  assignments: [mcsb, baseline],
  denials: [],
  locks: [],
  may: () => true,
  ...more,
});
const found = (more: Partial<Site>, aimedAt: readonly Target[] = targets) =>
  preflightOf(aimedAt, site(more), 'all-or-nothing').obstacles.map(({ code, kind }) => [code, kind]);
const sentence = (more: Partial<Site>) => preflightOf(targets, site(more), 'all-or-nothing').obstacles[0]?.sentence;

const denial = (scope: string, more = {}) => ({
  scope,
  name: 'Databricks',
  actions: ['*'],
  notActions: ['*/read'],
  conditions: [],
  appliesToChildScopes: true,
  ...more,
});

describe('a look at the place before a request is sent', () => {
  it('finds nothing where nothing stands in the way', () => {
    expect(preflightOf(targets, site(), 'all-or-nothing')).toEqual({ targets, leftOut: [], obstacles: [] });
  });

  it.each([
    ['a deny assignment', { denials: undefined }],
    ['a lock', { locks: undefined }],
    ['the rights of the bot', { may: () => undefined }],
  ])('says that %s was not checked where Azure does not tell', (_, more) => {
    expect(found(more)).toEqual([['not-checked', 'not-checked']]);
    expect(sentence(more)).toContain('Azure did not say');
  });
});

describe('a subscription that is not simply enabled', () => {
  const inState = (state: SubscriptionState, id = shopProd): Partial<Site> => ({
    hierarchy: {
      ...contoso,
      subscriptions: contoso.subscriptions.map((each) => (each.id === id ? { ...each, state } : each)),
    },
  });

  it.each([
    ['Disabled', 'blocking', 'The subscription shop-prod is disabled, so Azure accepts no exemption there. Have'],
    ['Deleted', 'blocking', 'The subscription shop-prod is deleted, so Azure accepts no exemption there. Leave'],
    ['PastDue', 'warning', 'The subscription shop-prod will be disabled soon unless its bill is paid; exemptions'],
    ['Warned', 'warning', 'The subscription shop-prod will be disabled soon unless what Azure warned its owner of'],
  ] as const)('is said: %s', (state, kind, words) => {
    expect(found(inState(state))).toEqual([['subscription-state', kind]]);
    expect(sentence(inState(state))).toMatch(new RegExp(`^${words}`));
  });

  it('says nothing about a subscription that is not written to', () => {
    expect(found(inState('Disabled', playground))).toEqual([]);
    expect(found(inState('Disabled'), [target(mcsb, landingZones)])).toEqual([]);
  });
});

describe('a deny assignment', () => {
  it.each([
    ['on the managed resource group', shopGroup],
    ['above it', landingZones],
    ['on the resource itself', vm1],
  ])('stands in the way %s', (_, scope) => {
    expect(found({ denials: [denial(scope)] })).toEqual([['deny-assignment', 'blocking']]);
    expect(sentence({ denials: [denial(scope)] })).toMatch(/“Databricks” protects shop-prod \/ rg-shop \/ vm1/);
  });

  it.each([
    ['of a neighbour', denial(vm10)],
    ['of another group', denial(shopGroup2)],
    ['that spares what lies below', denial(shopGroup, { appliesToChildScopes: false })],
    ['of something else', denial(shopGroup, { actions: ['Microsoft.Compute/*'] })],
    ['whose condition is provably false', denial(shopGroup, { conditions: [readCondition(blobsOnly)] })],
  ])('is not taken from one %s', (_, each) => {
    expect(found({ denials: [each] })).toEqual([]);
  });

  it('stands in the way where nobody can tell its condition, and says so', () => {
    const denials = [denial(shopGroup, { conditions: [readCondition(ofDepartment)] })];
    expect(found({ denials })).toEqual([['deny-assignment', 'blocking']]);
    expect(sentence({ denials })).toContain(
      'It has a condition that Exemption Desk cannot evaluate (it depends on attributes of the person), so it counts.',
    );
  });
});

describe('a lock', () => {
  it('for reading only stands in the way', () => {
    const locks = [{ scope: shopGroup, name: 'keep', level: 'ReadOnly' }] as const;
    expect(found({ locks })).toEqual([['locked', 'blocking']]);
    expect(sentence({ locks })).toContain('“keep” on shop-prod / rg-shop');
  });

  it('against deletion is only a warning', () => {
    expect(found({ locks: [{ scope: shopProd, name: 'keep', level: 'CanNotDelete' }] })).toEqual([
      ['locked', 'warning'],
    ]);
  });

  it('of a neighbour or of something below does not matter', () => {
    const locks = [
      { scope: vm10, name: 'keep', level: 'ReadOnly' },
      { scope: shopGroup2, name: 'keep', level: 'ReadOnly' },
    ] as const;
    expect(found({ locks })).toEqual([]);
    expect(found({ locks: [{ scope: vm1, name: 'keep', level: 'ReadOnly' }] }, [target(mcsb, shopGroup)])).toEqual([]);
  });
});

describe('the limit of exemptions at one scope', () => {
  const crowd = (count: number, scope = vm1) =>
    Array.from({ length: count }, (_, index) =>
      exemption(mcsb, scope, ['other'], { id: `${scope}/providers/x/policyExemptions/e${index}` }),
    );

  it('stands in the way where what is asked for goes beyond it', () => {
    expect(found({ existing: crowd(mostPerScope - 1) })).toEqual([['limit-reached', 'blocking']]);
  });

  it.each([
    ['there is just room', crowd(mostPerScope - 2)],
    ['others are at another scope', [...crowd(mostPerScope, shopGroup), ...crowd(mostPerScope, vm10)]],
  ])('does not where %s', (_, existing) => {
    expect(found({ existing })).toEqual([]);
  });

  it('does not count an exemption that is only replaced', () => {
    const own = targets.map(({ exemptionId: id }) => exemption(mcsb, vm1, undefined, { id: id.toUpperCase() }));
    expect(found({ existing: [...crowd(mostPerScope - 2), ...own] })).toEqual([]);
  });
});

describe('a scope that files elsewhere describe', () => {
  it.each([
    ['an assignment', { assignments: [{ ...mcsb, managedBy: 'EPAC' }] }],
    ['an exemption at the scope', { existing: [exemption(mcsb, vm1, ['x'], { managedBy: 'EPAC' })] }],
    ['an exemption above it', { existing: [exemption(mcsb, landingZones, ['x'], { managedBy: 'EPAC' })] }],
  ])('is recognised by %s', (_, more) => {
    expect(found(more)).toEqual([['managed-elsewhere', 'warning']]);
    expect(sentence(more)).toMatch(/^EPAC manages/);
  });

  it.each([
    ['another assignment', { assignments: [{ ...assignment('tags', root, benchmark), managedBy: 'Terraform' }] }],
    ['an exemption elsewhere', { existing: [exemption(mcsb, vm10, ['x'], { managedBy: 'Terraform' })] }],
  ])('is not taken from %s', (_, more) => {
    expect(found(more)).toEqual([]);
  });
});

describe('the rights of the bot itself', () => {
  const lacks =
    (action: string, scope: string) =>
    (right: NeededRight): boolean =>
      !(right.action === action && right.scope === scope);
  const notAtTheTop = lacks(exemptFromAssignment, root);

  it('stand in the way of everything where they do not reach every assignment', () => {
    const { targets: left, obstacles } = preflightOf(targets, site({ may: notAtTheTop }), 'all-or-nothing');
    expect(left).toEqual([]);
    expect(obstacles).toMatchObject([{ code: 'bot-lacks-rights', kind: 'blocking' }]);
    expect(obstacles[0]?.sentence).toMatch(/may not exempt from mcsb: .*policyAssignments\/exempt\/action in Contoso/);
  });

  it('leave the rest to be written with best effort, and say what is left out', () => {
    const plan = preflightOf(targets, site({ may: notAtTheTop }), 'best-effort');
    expect(plan).toMatchObject({
      targets: [targets[1]],
      leftOut: ['mcsb'],
      obstacles: [{ code: 'bot-lacks-rights', kind: 'warning' }],
    });
  });

  it('block with best effort too where nothing can be written', () => {
    const plan = preflightOf(targets, site({ may: lacks(writeExemptions, vm1) }), 'best-effort');
    expect(plan).toMatchObject({ targets: [], leftOut: [], obstacles: [{ kind: 'blocking' }] });
  });

  it('do not count where a condition keeps them from it, and the sentence says so', () => {
    const may = (right: NeededRight) => right.scope !== root || ('conditional' as const);
    const { targets: left, obstacles } = preflightOf(targets, site({ may }), 'all-or-nothing');
    expect(left).toEqual([]);
    expect(obstacles[0]?.sentence).toContain('A role of it names that permission, but under a condition');
  });

  it('count as not checked, not as missing, where Azure hides them', () => {
    const may = (right: NeededRight) => (right.scope === root ? undefined : true);
    expect(preflightOf(targets, site({ may }), 'best-effort')).toMatchObject({
      targets,
      leftOut: [],
      obstacles: [{ code: 'not-checked' }],
    });
  });
});

describe("Microsoft's list of recommendations without exemption", () => {
  it.each([
    'Running containers as root user should be avoided',
    'running  containers as root user should be avoided',
    '[Preview]: Unused API endpoints should be disabled and removed from Function Apps',
    'Unused API endpoints should be disabled and removed from Function Apps (Preview)',
  ])('warns of %s', (title) => {
    expect(unsupportedBy(title)).toMatchObject({ code: 'unsupported', kind: 'warning' });
    expect(unsupportedBy(title)?.sentence).toContain('2026-04-14');
  });

  it('says nothing of others', () => {
    expect(unsupportedBy('Secure transfer to storage accounts should be enabled')).toBeUndefined();
  });
});
