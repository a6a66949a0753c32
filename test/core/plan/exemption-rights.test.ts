import { exemptFromAssignment, writeExemptions, type Access } from '../../../src/core/access/access.ts';
import { holds, lendable } from '../../../src/core/plan/exemption-rights.ts';
import { contoso, root, shopProd } from '../contoso.ts';

const owner = { scope: shopProd, roleName: 'Owner', actions: ['*'], notActions: [], conditions: [] };
const denial = {
  scope: root,
  name: 'locked',
  actions: ['*'],
  notActions: [],
  conditions: [],
  appliesToChildScopes: true,
};
const access: Access = { grants: [owner], denials: [], eligible: [] };
const above = { action: exemptFromAssignment, scope: root };
const here = { action: writeExemptions, scope: shopProd };

describe('a right that is lent', () => {
  it.each([
    ['is held on an assignment above the own scope', access, above, lendable, true],
    ['is not held by whom it is not lent', access, above, [], false],
    ['leaves the own rights as they are', access, here, lendable, true],
    ['is never the right to write exemptions', { ...access, grants: [] }, here, lendable, false],
    ['is beaten by a deny assignment', { ...access, denials: [denial] }, above, lendable, false],
  ] as const)('%s', (_story, given, need, lent, held) => {
    expect(holds(given, need, contoso, lent)).toBe(held);
  });

  it('is one action, and no pattern', () => {
    expect(lendable).toEqual(['Microsoft.Authorization/policyAssignments/exempt/action']);
  });
});
