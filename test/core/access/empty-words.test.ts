import { emptyWords } from '../../../src/core/access/empty-words.ts';
import { listNames, rolesToActivate, type WhyEmpty } from '../../../src/core/access/why-empty.ts';
import type { Grant } from '../../../src/core/access/access.ts';
import { contoso, root, shopProd } from '../contoso.ts';

const reasons: Readonly<Record<string, WhyEmpty>> = {
  'no role': { kind: 'no-role', eligible: 'none' },
  'no role, and Azure does not say what is eligible': { kind: 'no-role', eligible: 'unknown' },
  'eligible only': { kind: 'eligible-only', roles: ['Security Admin'] },
  'role too narrow': { kind: 'role-too-narrow' },
  'not yours': { kind: 'not-yours', count: 2, places: ['rg-shop'], placesInAll: 1, people: [] },
  'not assessed': { kind: 'not-assessed', subscriptions: ['sandbox-3', 'sandbox-4'] },
  'in other clouds': { kind: 'other-clouds', count: 2, clouds: ['AWS'] },
  'filtered out': { kind: 'filtered-out', without: 12 },
  'could not read': { kind: 'could-not-read', because: 'Azure did not answer; nothing was changed.' },
  'nothing there': { kind: 'nothing-there' },
};
/** What each reason must make clear. */
const clear: Readonly<Record<string, RegExp>> = {
  'no role': /^None of your Azure roles .* Ask whoever manages access in Azure for a role such as /,
  'no role, and Azure does not say what is eligible': /only eligible, activate it in Privileged Identity Management/,
  'eligible only':
    /^Your role Security Admin would let you .*, but it is only eligible\. Activate it in Privileged Identity Management.* send: \w/,
  'role too narrow': /only a part of a subscription.* Ask whoever manages access/,
  'not yours': /^2 exemptions in rg-shop .* ask somebody who is Owner, Security Admin or Resource Policy Contributor/,
  'not assessed': /^Defender for Cloud assesses nothing in sandbox-3, sandbox-4, so this is no all-clear/,
  'in other clouds': /2 recommendations .*in AWS.* Environment settings > Exemptions/,
  'filtered out': /hides all 12 .* To see everything, send: \w/,
  'could not read': /^Azure did not answer.* Until then it is not known whether .* send: status$/,
  'nothing there': /[.>\w]$/,
};

describe('an empty list', () => {
  it.each(listNames.flatMap((list) => Object.keys(reasons).map((reason) => [list, reason] as const)))(
    'of %s says that the reason is: %s',
    (list, reason) => {
      const words = emptyWords(list, reasons[reason]!);
      expect(words).toMatch(clear[reason]!);
      // One to three sentences that fit on a phone.
      expect(words.length).toBeLessThan(330);
    },
  );

  it.each(listNames)('of %s says each reason differently', (list) => {
    const said = Object.values(reasons).map((why) => emptyWords(list, why));
    expect(new Set(said).size).toBe(said.length);
  });

  it('counts one as one', () => {
    expect(emptyWords('exemptions', { kind: 'filtered-out', without: 1 })).toContain('hides the one exemption that');
    expect(
      emptyWords('cleanup', { kind: 'not-yours', count: 1, places: ['a', 'b', 'c', 'd'], placesInAll: 4, people: [] }),
    ).toMatch(/^One exemption in a, b, c and 1 more could be deleted, but not by you/);
  });
});

describe('the roles to activate', () => {
  const role = (roleName: string, scope: string, actions: readonly string[]): Grant => ({
    scope,
    roleName,
    actions,
    notActions: [],
    conditions: [],
  });

  it('are those that would allow the action, each named once', () => {
    const eligible = [
      role('Security Admin', root, ['*/read', 'Microsoft.Authorization/policyExemptions/*']),
      role('Security Admin', shopProd, ['*/read', 'Microsoft.Authorization/policyExemptions/*']),
      role('Reader', root, ['*/read']),
    ];
    const write = 'Microsoft.Authorization/policyExemptions/write';
    expect(rolesToActivate(eligible, write, contoso)).toEqual(['Security Admin']);
    expect(rolesToActivate(eligible, 'Microsoft.Security/assessments/read', contoso)).toEqual([
      'Security Admin',
      'Reader',
    ]);
  });
});
