import { conditionHolds } from '../../../simulator/tenant/role-condition.ts';
import { blobsOnly, ofDepartment, portalTemplates } from '../../core/access/sample-conditions.ts';
import {
  contoso,
  exemptionBody,
  exemptionPath,
  openAzure,
  shopGroup,
  type SimulatedAzure,
} from '../azure/simulated-azure.ts';

const write = 'Microsoft.Authorization/policyExemptions/write';
const holds = (text: string, action = write) =>
  conditionHolds({ text }, (pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i').test(action));

describe('a condition in the simulated Azure', () => {
  it.each(Object.entries(portalTemplates))('“%s” lets exemptions through, and no role assignment', (_name, text) => {
    expect(holds(text)).toBe(true);
    expect(holds(text, 'Microsoft.Authorization/roleAssignments/write')).toBe(false);
  });

  it.each([
    [false, blobsOnly],
    [false, ofDepartment],
    [true, "!(ActionMatches{'Microsoft.Storage/*'} AND NOT SubOperationMatches{'Blob.List'})"],
    [undefined, 'nonsense'],
    [undefined, "ActionMatches{'*'} OR ActionMatches{'*'} AND ActionMatches{'*'}"],
  ])('is %s: %s', (expected, text) => {
    expect(holds(text)).toBe(expected);
  });
});

describe('a write by somebody whose role has a condition', () => {
  let azure: SimulatedAzure;
  beforeEach(async () => {
    azure = await openAzure();
  });
  afterEach(() => azure.simulator.close());

  it.each([
    [201, portalTemplates['Allow all except specific roles']!],
    [403, ofDepartment],
    [403, blobsOnly],
    [403, 'nonsense'],
  ])('is answered with %s', async (status, text) => {
    azure.tenant.roleAssignments.push({
      name: 'conditional',
      scope: contoso,
      role: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
      principalId: '00000000-0000-4000-8000-000000000104',
      principalType: 'User',
      condition: { text },
    });
    const answer = await azure.send('dan', 'PUT', exemptionPath(shopGroup, 'made'), exemptionBody());
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.json).toMatchObject({ error: { code: 'AuthorizationFailed' } });

    const path = `${contoso}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`;
    const { json } = await azure.send('bot', 'GET', path);
    expect(JSON.stringify(json)).toContain(JSON.stringify({ condition: text, conditionVersion: '2.0' }).slice(1, -1));
  });
});
