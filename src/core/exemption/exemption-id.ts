import { nameOf, normalId } from '../tenant/arm-id.ts';

/**
 * The full ARM id of an exemption that Exemption Desk writes. It is derived from scope, assignment and references, so that a repeated write
 * replaces the same object.
 */
export const exemptionIdFor = (
  scope: string,
  assignmentId: string,
  references: readonly string[],
  hash: (text: string) => string,
): string => {
  const subject = nameOf(scope)
    .replace(/[^A-Za-z0-9_-]/g, '-')
    .slice(0, 40);
  const digest = hash(
    [normalId(scope), normalId(assignmentId), ...references.map((each) => each.toLowerCase()).sort()].join('|'),
  ).slice(0, 12);
  return `${scope}/providers/Microsoft.Authorization/policyExemptions/ED-${subject}-${digest}`;
};
