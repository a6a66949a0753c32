import { permits } from '../../../src/core/access/access.ts';
import { builtInRoles, roleAdvice } from '../../../src/core/access/built-in-roles.ts';
import { roleDefinitions } from '../../../simulator/tenant/role-definitions.ts';

const builtIn = roleDefinitions.filter(({ type }) => type === 'BuiltInRole');

describe('the built-in roles that a refusal names', () => {
  it.each(Object.entries(builtInRoles))('hold %s by their definitions in Azure', (action, named) => {
    const holding = builtIn.filter((role) => permits(role, action)).map(({ roleName }) => roleName);
    expect(named.filter((role) => !holding.includes(role))).toEqual([]);
  });

  it('are all that hold the right to write exemptions', () => {
    const action = 'Microsoft.Authorization/policyExemptions/write';
    const holding = builtIn.filter((role) => permits(role, action)).map(({ roleName }) => roleName);
    expect(builtInRoles[action]?.toSorted()).toEqual(holding.toSorted());
  });

  it('are named with the place, and nothing is said of an action of no known role', () => {
    expect(roleAdvice('Microsoft.Security/assessments/read', 'Contoso')).toBe(
      'These built-in roles at Contoso would allow it: Security Reader, Reader.',
    );
    expect(roleAdvice('Microsoft.Compute/virtualMachines/write', 'Contoso')).toBe('');
  });
});
