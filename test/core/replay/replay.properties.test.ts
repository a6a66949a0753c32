import fc from 'fast-check';
import { evaluate } from '../../../src/core/governance/governance.ts';
import type { GovernanceFacts } from '../../../src/core/governance/governance-match.ts';
import type { GovernanceRules } from '../../../src/core/governance/governance-rules.ts';
import { factsToKeep } from '../../../src/core/governance/governed-facts.ts';
import type { Hierarchy } from '../../../src/core/tenant/hierarchy.ts';
import type { PastRequest } from '../../../src/core/ledger/past-request.ts';
import { replay } from '../../../src/core/replay/replay.ts';
import { contoso, place } from '../contoso.ts';
import { rulesWithStrangers, someFacts } from '../governance/governance-arbitraries.ts';

/** Which requests people would have sent, within the limits, and what Azure says about the requester. */
type Sent = { readonly shorter: number; readonly more: number; readonly could: boolean; readonly erased: boolean };
const someSent: fc.Arbitrary<Sent> = fc.record({
  shorter: fc.nat(400),
  more: fc.nat(40),
  could: fc.boolean(),
  erased: fc.boolean(),
});

/** A request as it is kept and comes back from the ledger; undefined where the rules refuse it. */
const kept = (rules: GovernanceRules, facts: GovernanceFacts, { shorter, more, could, erased }: Sent) => {
  const { outcome, trace } = evaluate(rules, facts);
  if (outcome.kind === 'denied') return undefined;
  const { limits, approvals, approvers } = outcome;
  const isAsked = approvals.ifRequesterCouldDecide < approvals.otherwise;
  const words = {
    justification: 'x'.repeat(limits.justificationMinLength + more),
    ticket: limits.ticket.patterns.length > 0 ? 'A7' : limits.ticket.required ? 'any' : '',
  };
  const lengths = { justification: words.justification.length, ticket: words.ticket.length };
  const governance = {
    approvals: isAsked && could ? approvals.ifRequesterCouldDecide : approvals.otherwise,
    approvers,
    limits,
    trace,
    facts: { ...factsToKeep(rules, facts), ...(isAsked ? { requesterCouldDecide: could } : {}), lengths },
  };
  const request: PastRequest = {
    reference: 'EX-AAAA',
    sentAt: new Date('2026-11-21T12:00:00Z'),
    recommendation: facts.recommendation,
    category: facts.category,
    scopes: facts.scopes,
    lasts: limits.neverExpires && more > 20 ? 'for ever' : Math.max(1, limits.maxDays - shorter),
    words: erased ? undefined : words,
    governance: JSON.parse(JSON.stringify(governance)) as PastRequest['governance'],
  };
  return request;
};

const partial: fc.Arbitrary<Hierarchy> = fc.record({
  managementGroups: fc.subarray([...contoso.managementGroups]),
  subscriptions: fc.subarray([...contoso.subscriptions]),
});

describe('any past request', () => {
  it('goes as it went under the rules of then, be its words erased or not', () => {
    fc.assert(
      fc.property(rulesWithStrangers, someFacts, someSent, (rules, facts, sent) => {
        const request = kept(rules, facts, sent);
        if (request === undefined) return;
        expect(replay(rules, [request])[0]!.differences).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('goes as it went where the bot saw only a part of the hierarchy', () => {
    const oneScope = fc.tuple(someFacts, place, partial).map(([facts, scope, hierarchy]) => ({
      ...facts,
      scopes: [scope],
      hierarchy,
    }));
    fc.assert(
      fc.property(rulesWithStrangers, oneScope, someSent, (rules, facts, sent) => {
        const request = kept(rules, facts, sent);
        if (request === undefined) return;
        expect(replay(rules, [request])[0]!.differences).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('gets the same answer from other rules as it would have had then', () => {
    fc.assert(
      fc.property(rulesWithStrangers, rulesWithStrangers, someFacts, someSent, (before, after, facts, sent) => {
        const request = kept(before, facts, sent);
        if (request === undefined) return;
        const strange = after.rules.some(({ when }) =>
          when.scope?.some(({ text }) => /nowhere|shop-prd|nobody|3000/.test(text)),
        );
        if (strange) return;
        expect(replay(after, [request])[0]!.wouldBe).toEqual(evaluate(after, facts).outcome);
      }),
      { numRuns: 1000 },
    );
  });
});
