import { whyNoRequest } from '../../../src/core/plan/why-no-request.ts';

const counts = { unhealthy: 1, assignments: 1 };
const living = { key: 'aaaa', policyDefinitionId: 'definition', category: undefined };

describe('why nobody can request an exemption', () => {
  it.each([
    ['nothing, if they can', living, counts, /^$/],
    [
      'a retired key',
      { ...living, key: '1195afff-c881-495e-9bc5-1486211ae03f' },
      counts,
      /category SoftwareUpdate take/,
    ],
    [
      'one finding',
      { ...living, policyDefinitionId: undefined, category: 'ExposedSecrets' },
      counts,
      /by category or by CVE/,
    ],
    ['no policy', { ...living, policyDefinitionId: undefined }, counts, /not driven by Azure Policy/],
    ['nothing open', living, { ...counts, unhealthy: 0 }, /no resource here is unhealthy/],
    ['no assignment', living, { ...counts, assignments: 0 }, /no policy assignment in force/],
  ])('%s', (_, recommendation, these, expected) => {
    expect(whyNoRequest(recommendation, these)).toMatch(expected);
  });
});
