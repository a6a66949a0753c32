import { readdirSync, readFileSync } from 'node:fs';
import { roleDefinitions, roles } from '../../simulator/tenant/role-definitions.ts';
import { documentedCalls, documentedQueries, documentedRole } from '../azure-calls/documented-calls.ts';

type Role = {
  readonly Name: string;
  readonly Description: string;
  readonly Actions: string[];
  readonly NotActions: string[];
};

const readText = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const role = JSON.parse(readText('infra/exemption-desk-role.json')) as Role;
const needed = new Set([...documentedCalls(), ...documentedQueries()].flatMap(({ permissions }) => permissions));

const allows = (action: string, permission: string): boolean => {
  const pieces = action.split('*').map((piece) => piece.replaceAll('.', '\\.'));
  return new RegExp(`^${pieces.join('.*')}$`, 'i').test(permission);
};

describe('the rights of the bot in Azure', () => {
  it('are those that the simulated Azure holds it to', () => {
    const simulated = roleDefinitions.find(({ name }) => name === roles.exemptionDesk)!;

    expect(role).toMatchObject({
      Name: simulated.roleName,
      Description: simulated.description,
      NotActions: simulated.notActions,
    });
    expect(role.Actions.toSorted()).toEqual(simulated.actions.toSorted());
  });

  it('are quoted in the documentation as they are', () => {
    expect(documentedRole()).toEqual(role);
  });

  it('suffice for every documented call', () => {
    const missing = [...needed].filter((permission) => !role.Actions.some((action) => allows(action, permission)));

    expect(needed.size).toBeGreaterThan(10);
    expect(missing).toEqual([]);
  });

  it('hold nothing that no documented call needs', () => {
    const unused = role.Actions.filter((action) => ![...needed].some((permission) => allows(action, permission)));

    expect(unused).toEqual([]);
  });

  it('change nothing but policy exemptions', () => {
    expect(role.Actions.filter((action) => !action.endsWith('/read'))).toEqual([
      'Microsoft.Authorization/policyExemptions/write',
      'Microsoft.Authorization/policyExemptions/delete',
      'Microsoft.Authorization/policyAssignments/exempt/action',
    ]);
  });
});

describe('the questions to Resource Graph', () => {
  it('are all documented, and no others', () => {
    const files = readdirSync(new URL('../../src/azure/queries/', import.meta.url));

    expect(
      documentedQueries()
        .map(({ file }) => file)
        .toSorted(),
    ).toEqual(files.toSorted());
  });
});
