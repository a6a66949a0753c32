import fc from 'fast-check';
import {
  exemptFromAssignment,
  readAssessments,
  readExemptions,
  writeExemptions,
  type Access,
} from '../../src/core/access/access.ts';
import type { Condition } from '../../src/core/access/condition.ts';
import { readCondition } from '../../src/core/access/read-condition.ts';
import { everything } from '../../src/core/tenant/hierarchy.ts';
import { blobsOnly, delegation, ofDepartment } from './access/sample-conditions.ts';
import { inside, places } from './contoso.ts';

/** Azure's wildcard, spelled out by walking both texts: owes nothing to regular expressions. */
const glob = (pattern: string, text: string): boolean => {
  if (pattern === '') return text === '';
  if (pattern.startsWith('*')) return glob(pattern.slice(1), text) || (text !== '' && glob(pattern, text.slice(1)));
  return pattern[0]?.toLowerCase() === text[0]?.toLowerCase() && text !== '' && glob(pattern.slice(1), text.slice(1));
};

type Permission = { readonly actions: readonly string[]; readonly notActions: readonly string[] };

const listed = (permission: Permission, action: string): boolean => {
  let allowed = false;
  for (const pattern of permission.actions) if (glob(pattern, action)) allowed = true;
  for (const pattern of permission.notActions) if (glob(pattern, action)) allowed = false;
  return allowed;
};

/** Some conditions, and whether they are provably true, provably false or neither of the actions below. */
export const conditionSamples = [
  { text: undefined, worth: true },
  { text: delegation, worth: true },
  { text: ofDepartment, worth: undefined },
  { text: blobsOnly, worth: false },
  { text: 'not a condition', worth: undefined },
] as const;

const read = conditionSamples.map(
  ({ text, worth }): { conditions: readonly Condition[]; worth: boolean | undefined } => ({
    conditions: text === undefined ? [] : [readCondition(text)],
    worth,
  }),
);
const worthOf = (conditions: readonly Condition[]): boolean | undefined =>
  read.find((each) => JSON.stringify(each.conditions) === JSON.stringify(conditions))?.worth;

/** Whether Azure would allow an action at a scope, spelled out by hand: owes nothing to the code under test. */
export const allowedByHand = (given: Access, action: string, scope: string): boolean => {
  for (const each of given.denials) {
    const reaches = each.appliesToChildScopes ? inside(scope, each.scope) : scope === each.scope;
    if (reaches && worthOf(each.conditions) !== false && listed(each, action)) return false;
  }
  let allowed = false;
  for (const each of given.grants) {
    if (worthOf(each.conditions) !== true || !inside(scope, each.scope)) continue;
    if (listed(each, action)) allowed = true;
  }
  return allowed;
};

export const actions = [readAssessments, readExemptions, writeExemptions, exemptFromAssignment] as const;

const patterns = fc.array(
  fc.constantFrom('*', '*/read', 'Microsoft.Authorization/*', 'Microsoft.Authorization/*/Write', '*/write', ...actions),
  { maxLength: 2 },
);
const somewhere = fc.constantFrom(everything, ...places);
const conditions = fc.constantFrom(...read).map((each) => each.conditions);
const grants = fc.array(
  fc.record({
    scope: somewhere,
    roleName: fc.constant('a role'),
    actions: patterns,
    notActions: patterns,
    conditions,
  }),
  { maxLength: 4 },
);
const denials = fc.array(
  fc.record({
    scope: somewhere,
    name: fc.constant('a denial'),
    actions: patterns,
    notActions: patterns,
    conditions,
    appliesToChildScopes: fc.boolean(),
  }),
  { maxLength: 2 },
);

/** Roles, deny assignments and eligible roles anywhere in Contoso. */
export const anyAccess: fc.Arbitrary<Access> = fc.record({ grants, denials, eligible: grants });
