import { recommendationOf } from '../../../src/workflow/inventory/exemption-units.ts';

it('alerts about an exemption of several recommendations have the severity of the worst of them', () => {
  const known = (['low', 'critical', 'medium'] as const).map((severity) => ({
    key: severity,
    title: severity,
    severity,
  }));
  expect(recommendationOf(known, undefined)).toMatchObject({ severity: 'critical' });
});
