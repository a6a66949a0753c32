import type { Exchange } from '../../scripts/contract/exchanges.ts';
import { shapeOf } from '../../scripts/contract/shape.ts';
import { createWithholding } from '../../scripts/contract/withhold.ts';

const answered = (body: unknown): Exchange => ({
  call: 'GET {scope}/providers/Microsoft.Security/assessments',
  apiVersion: '2021-06-01',
  topic: '',
  status: 200,
  errorCode: undefined,
  body,
  header: () => undefined,
});

const withhold = createWithholding([
  answered({
    value: [{ name: 'vm-payroll', displayName: 'Payroll (old)', properties: { code: 'Unhealthy', note: 'Ada' } }],
  }),
]);

describe('the last guard of the report', () => {
  it('takes out whatever the tenant answered, in any casing, but no part of another word', () => {
    expect(withhold('3 of VM-Payroll and Payroll (old)')).toBe('3 of (withheld) and (withheld)');
    expect(withhold('vm-payrolls')).toBe('vm-payrolls');
  });

  it('lets the words of Azure through', () => {
    expect(withhold('4 with Unhealthy')).toBe('4 with Unhealthy');
  });

  it('takes out what looks like an id or an address, answered or not', () => {
    expect(withhold('at /subscriptions/x/resourceGroups/y, now')).toBe('at (id withheld), now');
    expect(withhold('/providers/Microsoft.Management/managementGroups/top')).toBe('(id withheld)');
    expect(withhold('1f3afdf9-d0c9-4c3d-847f-89da613e70a8')).toBe('(id withheld)');
    expect(withhold('by ada@contoso.com')).toBe('by (address withheld)');
  });
});

describe('the shape of an answer', () => {
  const { fields, words } = shapeOf([
    {
      properties: {
        status: { code: 'Unhealthy', cause: 'because of vm-payroll' },
        metadata: { 'owner of payroll': 'Ada' },
        'field of payroll': 1,
      },
    },
  ]);

  it('is made of fields with their kinds', () => {
    expect(fields.get('properties.status.code')).toEqual(new Set(['string']));
    expect(fields.get('properties.metadata')).toEqual(new Set(['object']));
  });

  it('does not look into what is the tenant’s own', () => {
    expect([...fields.keys()].join()).not.toContain('payroll');
  });

  it('tells the words of Azure and no sentence that stands in their place', () => {
    expect(words.get('properties.status.code')).toEqual(new Set(['Unhealthy']));
    expect(words.has('properties.status.cause')).toBe(false);
  });
});
