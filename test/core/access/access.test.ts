import fc from 'fast-check';
import {
  couldActivate,
  deniedScopes,
  denialOf,
  exemptFromAssignment,
  heldBack,
  mayDo,
  readAssessments,
  readExemptions,
  scopesAllowing,
  writeExemptions,
  type Access,
  type Denial,
  type Grant,
} from '../../../src/core/access/access.ts';
import { readCondition } from '../../../src/core/access/read-condition.ts';
import { everything } from '../../../src/core/tenant/hierarchy.ts';
import { actions, allowedByHand, anyAccess } from '../azure-rules.ts';
import {
  contoso,
  inside,
  online,
  place,
  places,
  recased,
  root,
  sandbox,
  shopGroup,
  shopProd,
  vm1,
  vm10,
} from '../contoso.ts';
import { blobsOnly, delegation, ofDepartment } from './sample-conditions.ts';

const grant = (scope: string, actions: readonly string[], more: Partial<Grant> = {}): Grant => ({
  scope,
  roleName: 'a role',
  actions,
  notActions: [],
  conditions: [],
  ...more,
});
const owner = (scope: string) => grant(scope, ['*']);
const reader = (scope: string) => grant(scope, ['*/read']);
const contributor = (scope: string) =>
  grant(scope, ['*'], { notActions: ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write'] });
const denial = (scope: string, more: Partial<Denial> = {}): Denial => ({
  scope,
  name: 'managed by Databricks',
  actions: ['*'],
  notActions: ['*/read'],
  conditions: [],
  appliesToChildScopes: true,
  ...more,
});
const access = (
  grants: readonly Grant[],
  denials: readonly Denial[] = [],
  eligible: readonly Grant[] = [],
): Access => ({
  grants,
  denials,
  eligible,
});

describe('what a role allows', () => {
  it.each([
    ['an owner may write exemptions', owner(shopProd), writeExemptions, true],
    ['an owner may exempt from an assignment', owner(shopProd), exemptFromAssignment, true],
    ['a reader may read assessments', reader(shopProd), readAssessments, true],
    ['a reader may not write exemptions', reader(shopProd), writeExemptions, false],
    ['a contributor may not write exemptions', contributor(shopProd), writeExemptions, false],
    ['a contributor may read exemptions', contributor(shopProd), readExemptions, true],
    [
      'a role names an action in any casing',
      grant(shopProd, ['microsoft.authorization/POLICYEXEMPTIONS/write']),
      writeExemptions,
      true,
    ],
    ['a wildcard stands in the middle', grant(shopProd, ['Microsoft.*/policyExemptions/*']), writeExemptions, true],
    [
      'a dot stands only for a dot',
      grant(shopProd, ['Microsoft.Authorization.policyExemptions/*']),
      writeExemptions,
      false,
    ],
    [
      'a prefix is not the action',
      grant(shopProd, ['Microsoft.Authorization/policyExemptions']),
      writeExemptions,
      false,
    ],
    ['a suffix is not the action', grant(shopProd, ['policyExemptions/write']), writeExemptions, false],
    ['a role without actions allows nothing', grant(shopProd, []), readAssessments, false],
  ])('%s', (_, role, action, expected) => {
    expect(mayDo(access([role]), action, shopGroup, contoso)).toBe(expected);
  });

  it('adds roles up: what one leaves out another may give', () => {
    expect(
      mayDo(access([contributor(shopProd), grant(shopGroup, [writeExemptions])]), writeExemptions, vm1, contoso),
    ).toBe(true);
  });

  it.each([
    ['the delegation that the portal recommends leaves everything else', [delegation], true],
    ['a condition on attributes of the person is not guessed', [ofDepartment], false],
    ['a condition that is only about blobs covers nothing of ours', [blobsOnly], false],
    ['all conditions must hold', [delegation, ofDepartment], false],
  ])('%s', (_story, texts, expected) => {
    const held = grant(root, ['*'], { conditions: texts.map((text) => readCondition(text)) });
    expect(mayDo(access([held]), writeExemptions, vm1, contoso)).toBe(expected);
    expect(scopesAllowing(access([held]), readAssessments, contoso)).toEqual(expected ? [root] : []);
    expect(couldActivate(access([], [], [held]), writeExemptions, vm1, contoso)).toBe(expected);
    expect(heldBack([held], writeExemptions, vm1, contoso)).toHaveLength(expected ? 0 : 1);
  });
});

describe('where a role holds', () => {
  it.each([
    ['at its own scope', shopGroup, shopGroup, true],
    ['below a management group two levels up', root, vm1, true],
    ['everywhere, given on the tenant', everything, vm1, true],
    ['not above where it was given', shopProd, online, false],
    ['not on a neighbour', vm1, vm10, false],
    ['not in another branch', sandbox, vm1, false],
  ])('%s', (_, given, asked, expected) => {
    expect(mayDo(access([owner(given)]), writeExemptions, asked, contoso)).toBe(expected);
  });
});

describe('deny assignments', () => {
  it('beat an owner, at their scope and below it', () => {
    const denied = access([owner(root)], [denial(shopGroup)]);
    expect(mayDo(denied, writeExemptions, shopGroup, contoso)).toBe(false);
    expect(mayDo(denied, writeExemptions, vm1, contoso)).toBe(false);
    expect(mayDo(denied, writeExemptions, shopProd, contoso)).toBe(true);
    expect(denialOf(denied, writeExemptions, vm1, contoso)?.name).toBe('managed by Databricks');
  });

  it('leave alone what their notActions spare', () => {
    expect(mayDo(access([owner(root)], [denial(shopGroup)]), readAssessments, vm1, contoso)).toBe(true);
  });

  it('hold at their own scope only where they spare the scopes below', () => {
    const denied = access([owner(root)], [denial(shopGroup, { appliesToChildScopes: false })]);
    expect(mayDo(denied, writeExemptions, shopGroup.toUpperCase(), contoso)).toBe(false);
    expect(mayDo(denied, writeExemptions, vm1, contoso)).toBe(true);
  });

  it.each([
    ['its condition is true', [delegation], true],
    ['nobody can tell whether its condition is true', [ofDepartment], true],
    ['its condition cannot be read', ['nonsense'], true],
    ['its condition is provably false', [blobsOnly], false],
    ['one of its conditions is provably false', [ofDepartment, blobsOnly], false],
  ])('hold where %s: %s', (_story, texts, expected) => {
    const conditions = texts.map((text) => readCondition(text));
    const denied = access([owner(root)], [denial(shopGroup, { conditions })]);
    expect(mayDo(denied, writeExemptions, vm1, contoso)).toBe(!expected);
    expect(deniedScopes(denied, writeExemptions)).toHaveLength(expected ? 1 : 0);
  });

  it('take a scope out of what a listing may be drawn from', () => {
    const denied = access([reader(shopGroup), reader(sandbox)], [denial(shopProd, { notActions: [] })]);
    expect(scopesAllowing(denied, readAssessments, contoso)).toEqual([sandbox]);
  });
});

describe('roles that wait in Privileged Identity Management', () => {
  it('allow nothing before they are activated, but are known', () => {
    const waiting = access([reader(root)], [], [owner(online)]);
    expect(mayDo(waiting, writeExemptions, vm1, contoso)).toBe(false);
    expect(couldActivate(waiting, writeExemptions, vm1, contoso)).toBe(true);
    expect(couldActivate(waiting, writeExemptions, root, contoso)).toBe(false);
    expect(scopesAllowing(waiting, writeExemptions, contoso)).toEqual([]);
  });

  it('are not recommended where a deny assignment stands in the way', () => {
    expect(couldActivate(access([], [denial(shopGroup)], [owner(online)]), writeExemptions, vm1, contoso)).toBe(false);
  });
});

describe('access as a whole', () => {
  const anyAction = fc.constantFrom(...actions);

  it('agrees with the rules of Azure spelled out by hand', () => {
    fc.assert(
      fc.property(
        anyAccess,
        anyAction,
        place.chain((id) => fc.tuple(fc.constant(id), recased(id))),
        (given, action, at) => {
          expect(mayDo(given, action, at[1], contoso)).toBe(allowedByHand(given, action, at[0]));
          const activated = { ...given, grants: given.eligible };
          expect(couldActivate(given, action, at[1], contoso)).toBe(allowedByHand(activated, action, at[0]));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('lists only scopes where the action is allowed, and misses no grant that nothing denies', () => {
    fc.assert(
      fc.property(anyAccess, anyAction, (given, action) => {
        const scopes = scopesAllowing(given, action, contoso);
        expect(scopes.filter((scope) => !mayDo(given, action, scope, contoso))).toEqual([]);
        if (given.denials.length > 0) return;
        for (const each of places)
          expect(scopes.some((scope) => inside(each, scope))).toBe(allowedByHand(given, action, each));
      }),
    );
  });

  it('never gives more for another deny assignment or less for another role', () => {
    fc.assert(
      fc.property(anyAccess, anyAccess, anyAction, place, (given, more, action, scope) => {
        const allowed = mayDo(given, action, scope, contoso);
        const denied = { ...given, denials: [...given.denials, ...more.denials] };
        const granted = { ...given, grants: [...given.grants, ...more.grants] };
        if (!allowed) expect(mayDo(denied, action, scope, contoso)).toBe(false);
        if (allowed) expect(mayDo(granted, action, scope, contoso)).toBe(true);
      }),
    );
  });
});
