import type { Approver } from '../../../src/core/governance/approvers.ts';
import type { GovernanceRules } from '../../../src/core/governance/governance-rules.ts';
import type { PastRequest } from '../../../src/core/ledger/past-request.ts';
import { replay, type Replayed } from '../../../src/core/replay/replay.ts';
import type { RequestGovernance } from '../../../src/core/request/request-governance.ts';
import { landingZones, shopProd } from '../contoso.ts';
import { rule, rulesWith } from '../governance-facts.ts';
import { keptFacts, past } from './past-requests.ts';

const one = (rules: GovernanceRules, request: PastRequest = past()): Replayed => replay(rules, [request])[0]!;
const found = (rules: GovernanceRules, request?: PastRequest) =>
  one(rules, request).differences.map(({ kind, why }) => [kind, why]);
const held = (changes: Partial<RequestGovernance>): PastRequest => {
  const request = past();
  return { ...request, governance: { ...request.governance, ...changes } };
};
const erased = (changes: Partial<RequestGovernance> = {}): PastRequest => ({ ...held(changes), words: undefined });

const security: Approver = { kind: 'group', id: '0f8fad5b-d9cb-469f-a165-70867728950e' };
const erin: Approver = { kind: 'person', id: 'bbbbbbbb-0000-4000-8000-000000000001' };
const change = { pattern: 'CHG[0-9]{4}', example: 'CHG0042' };
const other = { pattern: 'INC[0-9]{4}', example: 'INC0042' };
const without: RequestGovernance['limits'] = {
  maxDays: 90,
  neverExpires: false,
  justificationMinLength: 20,
  ticket: { required: false, patterns: [] },
};

describe('a past request under a changed file', () => {
  it('goes as it went where nothing that concerns it has changed', () => {
    const elsewhere = rule('sandbox 1', { scope: ['mg:sandbox'] }, { deny: 'No.' });
    expect(found(rulesWith([]))).toEqual([]);
    expect(found(rulesWith([elsewhere], { maxDays: { Waiver: 60, Mitigated: 1 } }))).toEqual([]);
  });

  it('would be refused, whatever else would be wrong with it, by the rules that refuse', () => {
    const small = rule('machine 2', { scope: ['rg:rg-shop@shop-prod'] }, { maxDays: { Waiver: 1 } });
    const never = rule('never 3', { severity: ['high'] }, { deny: 'Not negotiable.' });
    const wide = past({ scopes: [shopProd] });

    expect(found(rulesWith([small, never]), wide)).toEqual([['refused', '']]);
    expect(one(rulesWith([small, never]), wide)).toMatchObject({
      wouldBe: { kind: 'denied', reasons: ['Not negotiable.'] },
      decidedBy: [{ rule: 'never 3', line: 30 }],
    });
    expect(found(rulesWith([small, never]))).toEqual([['over-limits', 'it was requested for 60 days']]);
  });

  it.each([
    ['is longer than they allow', { maxDays: { Waiver: 59, Mitigated: 365 } }, past(), 'it was requested for 60 days'],
    ['has no end', {}, past({ lasts: 'for ever' }), 'it was to have no expiry date'],
    [
      'has too short a reason',
      { justificationMinLength: 37 },
      past(),
      'its justification has 36 of 37 required characters',
    ],
    [
      'has an erased reason',
      { justificationMinLength: 37 },
      erased(),
      'its justification has 36 of 37 required characters',
    ],
    [
      'has no ticket number',
      { ticket: 'required' as const },
      past({ words: { justification: 'x'.repeat(20), ticket: '' } }),
      'it has no ticket number',
    ],
    ['has the wrong one', { ticket: other }, past(), 'its ticket number does not look like INC0042'],
  ])('would break the limits when it %s', (_, defaults, request, why) => {
    expect(found(rulesWith([], defaults), request)).toEqual([['over-limits', why]]);
  });

  it.each([
    ['as long as they allow', { maxDays: { Waiver: 60, Mitigated: 1 } }, past()],
    ['as long as the reason may be', { justificationMinLength: 36 }, past()],
    ['for ever where that is allowed', { neverExpires: true }, past({ lasts: 'for ever' })],
    ['with a ticket number that fits', { ticket: change }, past()],
    ['with an erased one where any will do', { ticket: 'required' as const }, erased()],
    [
      'with an erased one that fitted then',
      { ticket: change },
      erased({ limits: { ...without, ticket: { required: true, patterns: [change] } } }),
    ],
  ])('keeps to the limits %s', (_, defaults, request) => {
    expect(found(rulesWith([], defaults), request)).toEqual([]);
  });

  it('cannot be told where its words are erased and nothing else tells', () => {
    const { facts: _, ...old } = erased().governance;
    const request: PastRequest = { ...erased(), governance: old };

    expect(found(rulesWith([], { ticket: other }), erased())).toEqual([
      ['not-known', 'its ticket number was erased, so it is unknown whether it looked like INC0042'],
    ]);
    expect(found(rulesWith([], { justificationMinLength: 21 }), request)).toEqual([
      ['not-known', 'its justification was erased, so its length is unknown'],
    ]);
    expect(found(rulesWith([], { ticket: 'required' }), request)).toEqual([
      ['not-known', 'its text was erased, so it is unknown whether it had a ticket number'],
    ]);
    expect(found(rulesWith([]), request)).toEqual([]);
  });

  it('would need more or fewer approvals', () => {
    expect(found(rulesWith([], { approvals: 2 }))).toEqual([['more-approvals', '']]);
    expect(found(rulesWith([]), held({ approvals: 2 }))).toEqual([['fewer-approvals', '']]);
    expect(found(rulesWith([], { blastRadius: 1 }))).toEqual([]);
    const many = held({ facts: { ...keptFacts, affectedResources: 2 } });
    expect(found(rulesWith([], { blastRadius: 1 }), many)).toEqual([['more-approvals', '']]);
  });

  it('would need other approvers', () => {
    const byErin = held({ approvers: [[erin, security]] });

    expect(found(rulesWith([], { approvers: [erin] }))).toEqual([
      ['other-approvers', 'other approvers than at that time'],
    ]);
    expect(found(rulesWith([]), byErin)).toEqual([['other-approvers', 'other approvers than at that time']]);
    expect(found(rulesWith([], { approvers: [security, erin] }), byErin)).toEqual([]);
  });

  it('would be decided by another rule, to the same effect; only its line makes no other rule', () => {
    const production = rule('production 7', { scope: ['mg:landingzones'] }, {});
    const step = { rule: 'production 7', line: 3, result: 'matched', why: 'every condition is met' } as const;

    expect(found(rulesWith([production]))).toEqual([['another-rule', '']]);
    expect(one(rulesWith([production])).decidedBy).toMatchObject([{ rule: 'production 7', line: 70 }]);
    expect(found(rulesWith([production]), held({ trace: [step] }))).toEqual([]);
    expect(found(rulesWith([]), held({ trace: [step] }))).toEqual([['another-rule', '']]);
  });

  it('has the gravest difference first', () => {
    const rules = rulesWith([], { approvals: 2, approvers: [erin], maxDays: { Waiver: 30, Mitigated: 30 } });
    expect(found(rules).map(([kind]) => kind)).toEqual(['over-limits', 'more-approvals', 'other-approvers']);
  });
});

describe('a rule that asks nobody', () => {
  const nobody = rulesWith([rule('own 1', { scope: ['mg:online'] }, { approvals: 0 })]);
  const could = (requesterCouldDecide: boolean, more: Partial<RequestGovernance> = {}): PastRequest =>
    held({ facts: { ...keptFacts, requesterCouldDecide }, ...more });

  it('leaves open what is not on record: whether the requester could have decided it', () => {
    expect(one(nobody).approvals).toEqual({ least: 0, most: 1 });
    expect(found(nobody)).toEqual([['not-known', expect.stringContaining('not on record whether its requester')]]);
  });

  it('counts for a requester of whom it is on record', () => {
    expect(found(nobody, could(true))).toEqual([['fewer-approvals', '']]);
    expect(found(nobody, could(false))).toEqual([['another-rule', '']]);
  });

  it('was lost by a request that went through without', () => {
    const applied = could(true, { approvals: 0 });
    expect(found(rulesWith([]), applied)).toEqual([['no-longer-without-approval', '']]);
    expect(found(nobody, applied)).toEqual([['another-rule', '']]);
  });

  it('counts for other approvers only as far as the record of then tells', () => {
    const named = rulesWith([rule('own 1', {}, { approvals: 0, approvers: [security] })]);
    const byErin = { approvers: [[erin]] };

    expect(one(named, could(true)).approvals).toEqual({ least: 0, most: 1 });
    expect(one(named, could(false)).approvals).toEqual({ least: 1, most: 1 });
    expect(one(nobody, could(true, byErin)).approvals).toEqual({ least: 0, most: 0 });
    expect(one(nobody, could(false, byErin)).approvals).toEqual({ least: 0, most: 1 });
  });
});

describe('a request from before its facts were kept', () => {
  const { facts: _, ...old } = past().governance;
  const request = past({ governance: old });

  it.each([
    ['a scope', { scope: ['mg:sandbox'] }],
    ['a resource type', { resourceType: ['Microsoft.Storage/*'] }],
  ])('may match a rule for %s', (_name, when) => {
    const rules = rulesWith([rule('only 1', when, { approvals: 2 })]);
    expect(found(rules, request)).toEqual([['more-approvals', '']]);
    expect(found(rules)).toEqual([]);
  });

  it('may touch any number of resources', () => {
    expect(found(rulesWith([], { blastRadius: 100_000 }), request)).toEqual([['more-approvals', '']]);
  });

  it('is known by what its ids say', () => {
    const rules = rulesWith([rule('only 1', { scope: [shopProd] }, { deny: 'No.' })]);
    expect(found(rules, request)).toEqual([['refused', '']]);
    expect(found(rules, past({ governance: old, scopes: [landingZones] }))).toEqual([['refused', '']]);
  });
});
