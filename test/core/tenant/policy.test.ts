import { isInitiative } from '../../../src/core/tenant/policy.ts';

it.each([
  ['/providers/Microsoft.Authorization/policySetDefinitions/1f3afdf9', true],
  ['/subscriptions/s/providers/microsoft.authorization/policysetdefinitions/own', true],
  ['/providers/Microsoft.Authorization/policyDefinitions/policySetDefinitions', false],
  ['/providers/Microsoft.Authorization/policyDefinitions/0961003e', false],
])('tells an initiative from a single policy: %s', (definitionId, initiative) => {
  expect(isInitiative(definitionId)).toBe(initiative);
});
