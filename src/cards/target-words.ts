import type { Target } from '../core/exemption-plan.ts';
import { shortened } from './plain-text.ts';
import { listed } from './wording.ts';

/** Which policy assignments get an exemption. */
export const assignmentSentence = (targets: readonly Target[]): string => {
  const names = [
    ...new Map(targets.map((each) => [each.assignmentId.toLowerCase(), shortened(each.assignmentName, 100)])).values(),
  ];
  const parts =
    targets.length > names.length ? ` That makes ${targets.length} exemptions, one for each assignment and scope.` : '';
  return names.length > 1
    ? `This recommendation is included in several policy initiatives: ${listed(names, 6)}. Exemptions will be created on all of them.${parts}`
    : `An exemption will be created on the policy assignment ${names.join('')}.${parts}`;
};
