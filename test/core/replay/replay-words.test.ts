import type { GovernanceRules } from '../../../src/core/governance/governance-rules.ts';
import type { PastRequest } from '../../../src/core/ledger/past-request.ts';
import { replay } from '../../../src/core/replay/replay.ts';
import { differenceLines, nothingReplayed, summaryLines, withReplayed } from '../../../src/core/replay/replay-words.ts';
import { playground, shopGroup, shopTest, vm1, vm10 } from '../contoso.ts';
import { rule, rulesWith } from '../governance-facts.ts';
import { past } from './past-requests.ts';

const lines = (rules: GovernanceRules, ...requests: PastRequest[]): string[] =>
  // One after another, as portions of them are read.
  [
    ...summaryLines(
      rules,
      requests.reduce((tally, each) => withReplayed(tally, rules, replay(rules, [each])), nothingReplayed),
      'Europe/Berlin',
    ),
    ...differenceLines(replay(rules, requests), 'Europe/Berlin'),
  ];

const production = rule(
  'production 2',
  { scope: ['mg:landingzones'] },
  {
    approvals: 2,
    approvers: [{ kind: 'person', id: 'bbbbbbbb-0000-4000-8000-000000000001' }],
    maxDays: { Waiver: 30 },
  },
);
const never = rule('never 1', { scope: ['sub:playground'] }, { deny: 'The playground is no place for that.' });

describe('what is said of a file that was tried on the past', () => {
  it('sums up first, each request by the gravest that would befall it', () => {
    const [summary] = lines(
      rulesWith([never, production]),
      past({ sentAt: new Date('2026-11-03T12:00:00Z') }),
      past({ scopes: [playground] }),
      past({ lasts: 30 }),
      past({ category: 'Mitigated', lasts: 14 }),
    );
    expect(summary).toBe(
      '4 requests from 3 Nov 2026 to 22 Nov 2026: 0 as before, 1 would be refused, 1 would break the limits, 2 would need more approvals.',
    );
  });

  it('gives a line to each request that would fare otherwise, with what was, what would be, by which rule and why', () => {
    const said = lines(rulesWith([never, production]), past(), past({ reference: 'EX-34CD', scopes: [playground] }));
    expect(said.slice(2)).toEqual([
      '',
      'EX-12AB, 22 Nov 2026, Disks should be encrypted, at shop-prod / rg-shop / vm1: was 1 approval, at most 90 days, by the defaults; ' +
        'would be 2 approvals, by approvers named in the file, at most 30 days, by “production 2” (line 20); ' +
        'it was requested for 60 days; other approvers than at that time',
      'EX-34CD, 22 Nov 2026, Disks should be encrypted, at playground: was 1 approval, at most 90 days, by the defaults; ' +
        'would be refused, by “never 1” (line 10)',
    ]);
  });

  it('says that nothing would differ, and of what it cannot know', () => {
    expect(lines(rulesWith([]), past())).toEqual([
      '1 request from 22 Nov 2026 to 22 Nov 2026: 1 as before.',
      expect.stringContaining('refused were never sent'),
    ]);
    expect(lines(rulesWith([]))).toEqual([expect.stringContaining('no request to try the file on')]);
  });

  it('marks what is from before the facts were kept', () => {
    const { facts: _, ...old } = past().governance;
    const said = lines(rulesWith([production]), past({ governance: old }), past({ scopes: [playground] }));
    expect(said[2]).toMatch(/^1 of them was sent before the facts/);
    expect(said.at(-1)).toContain('; its facts were not kept');
  });

  it('warns of a scope whose name no request knows', () => {
    const misspelt = rule('misspelt 1', { scope: ['mg:landingzons', 'mg:sandbox', shopGroup] }, { deny: 'No.' });
    expect(lines(rulesWith([misspelt]), past({ scopes: [shopTest] }))[2]).toMatch(
      /^None of them lies in mg:landingzons\. Check the spelling: /,
    );
  });

  it('holds no word of a requester, and no character that a terminal obeys', () => {
    const words = { justification: 'secret reason', ticket: 'secret ticket' };
    const title = 'Disks\n\u001B[2Jshould be encrypted';
    const said = lines(
      rulesWith([], { justificationMinLength: 100, ticket: { pattern: 'A', example: 'A' } }),
      past({ words, recommendation: { key: 'k', title, severity: 'high' }, scopes: [vm1, vm10, shopTest, playground] }),
    );
    expect(said.join('\n')).not.toContain('secret');
    expect(said.at(-1)).toContain(
      'Disks [2Jshould be encrypted, at shop-prod / rg-shop / vm1 and shop-prod / rg-shop / vm10 and 2 more: ',
    );
    expect(said.at(-1)).toContain(
      'its justification has 13 of 100 required characters; its ticket number does not look like A',
    );
  });
});
