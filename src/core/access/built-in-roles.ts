import {
  deleteExemptions,
  exemptFromAssignment,
  readAssessments,
  readExemptions,
  readSecureScores,
  writeExemptions,
} from './access.ts';

const writers = ['Resource Policy Contributor', 'Security Admin', 'Owner'];
const readers = ['Security Reader', 'Reader'];

/**
 * Built-in roles that hold an action, the least powerful first, by Microsoft's definitions of November 2026
 * (learn.microsoft.com/azure/role-based-access-control/built-in-roles). Contributor is left out: it may exempt from an assignment but not write the exemption.
 */
export const builtInRoles: Readonly<Record<string, readonly string[]>> = {
  [writeExemptions]: writers,
  [deleteExemptions]: writers,
  [exemptFromAssignment]: writers,
  [readAssessments]: readers,
  [readExemptions]: readers,
  [readSecureScores]: readers,
};

/** Whom to ask for which role: "One of these built-in roles at rg-shop would allow it: …"; empty for an action of no known role. */
export const roleAdvice = (action: string, where: string): string => {
  const roles = builtInRoles[action];
  return roles === undefined ? '' : `These built-in roles at ${where} would allow it: ${roles.join(', ')}.`;
};
