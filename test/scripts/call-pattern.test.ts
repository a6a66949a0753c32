import { callPattern } from '../../scripts/contract/call-pattern.ts';
import { atDocumentedVersion, missingFrom } from '../azure-calls/documented-calls.ts';

const group = '/providers/Microsoft.Management/managementGroups/contoso';

describe('the name of a call', () => {
  it.each([
    [
      `${group}/providers/Microsoft.Authorization/policyExemptions/mine?api-version=2022-07-01-preview`,
      'GET {scope}/providers/Microsoft.Authorization/policyExemptions/{name}',
    ],
    [
      '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm/providers/Microsoft.Authorization/locks?api-version=2020-05-01',
      'GET {scope}/providers/Microsoft.Authorization/locks',
    ],
    ['/providers/Microsoft.ResourceGraph/resources', 'GET /providers/Microsoft.ResourceGraph/resources'],
    [
      'https://graph.microsoft.com/v1.0/users/00000000-0000-4000-8000-000000000102/getMemberGroups',
      'GET /v1.0/users/{id}/getMemberGroups',
    ],
  ])('holds no scope, name or id of %s', (path, call) => {
    expect(callPattern('GET', path).call).toBe(call);
  });

  it('goes with the API version', () => {
    expect(callPattern('GET', `${group}?api-version=2023-04-01`).apiVersion).toBe('2023-04-01');
  });
});

describe('calls that are not documented', () => {
  const documented = [{ call: 'GET {scope}/providers/Microsoft.A/things/{name}', apiVersion: '1' }];

  it('are those of another path, method or version', () => {
    const others = [
      { call: 'GET {scope}/providers/Microsoft.A/others/{name}', apiVersion: '1' },
      { call: 'PUT {scope}/providers/Microsoft.A/things/{name}', apiVersion: '1' },
      { call: 'GET {scope}/providers/Microsoft.A/things/{name}', apiVersion: '2' },
    ];
    expect(missingFrom(documented, others)).toHaveLength(3);
  });

  it('are not those in another casing or of the whole tenant', () => {
    expect(missingFrom(documented, [{ call: 'GET /providers/microsoft.a/THINGS/{name}', apiVersion: '1' }])).toEqual(
      [],
    );
  });
});

describe('the newest version of a call', () => {
  const documented = [
    { call: 'GET {scope}/providers/Microsoft.A/things/{name}', apiVersion: '2026-01-01' },
    { call: 'GET {scope}/providers/Microsoft.A/things/{name}', apiVersion: 'newest' },
    { call: 'GET {scope}/providers/Microsoft.A/others/{name}', apiVersion: '2026-01-01' },
  ];
  it.each([
    ['things', '2027-01-01', 'newest'],
    ['things', '2026-01-01', '2026-01-01'],
    ['things', '2025-01-01', '2025-01-01'],
    ['others', '2027-01-01', '2027-01-01'],
  ])('of %s at %s is %s', (type, apiVersion, expected) => {
    const call = `GET {scope}/providers/Microsoft.A/${type}/{name}`;
    expect(atDocumentedVersion({ call, apiVersion }, documented)).toEqual({ call, apiVersion: expected });
  });
});
