import fc from 'fast-check';
import { evaluate } from '../../../src/core/governance/governance.ts';
import type { GovernanceFacts } from '../../../src/core/governance/governance-match.ts';
import type { GovernanceOutcome } from '../../../src/core/governance/governance-outcome.ts';
import {
  settingsWith,
  withoutFile,
  type GovernanceRule,
  type GovernanceRules,
} from '../../../src/core/governance/governance-rules.ts';
import { contoso, inside, place, places, recased } from '../contoso.ts';
import { meaning, rulesWithTypes, someFacts, someRules } from './governance-arbitraries.ts';
import { asked } from '../governance-facts.ts';

type Allowed = Extract<GovernanceOutcome, { kind: 'allowed' }>;
const texts = (values: readonly unknown[]): string[] => values.map((value) => JSON.stringify(value));

/** Compares what people feel: fewer days, more to write, more people to ask, fewer who may be asked. */
const isAsStrict = (strict: GovernanceOutcome, than: GovernanceOutcome): boolean => {
  if (strict.kind === 'denied') return true;
  if (than.kind === 'denied') return false;
  const [a, b]: [Allowed, Allowed] = [strict, than];
  return (
    a.limits.maxDays <= b.limits.maxDays &&
    (!a.limits.neverExpires || b.limits.neverExpires) &&
    a.limits.justificationMinLength >= b.limits.justificationMinLength &&
    (a.limits.ticket.required || !b.limits.ticket.required) &&
    texts(b.limits.ticket.patterns).every((each) => texts(a.limits.ticket.patterns).includes(each)) &&
    a.approvals.ifRequesterCouldDecide >= b.approvals.ifRequesterCouldDecide &&
    a.approvals.otherwise >= b.approvals.otherwise &&
    texts(b.approvers).every((each) => texts(a.approvers).includes(each))
  );
};

const outcome = (rules: GovernanceRules, facts: GovernanceFacts): GovernanceOutcome => evaluate(rules, facts).outcome;

/** The first rule that holds at one single place, found by hand: what each place deserves for itself. */
const firstAt = (at: string, { rules }: GovernanceRules, facts: GovernanceFacts): GovernanceRule | undefined =>
  rules.find(
    ({ when }) =>
      (when.severity === undefined ||
        when.severity.includes(facts.recommendation.severity) ||
        (when.severity.includes('high') && facts.recommendation.severity === 'critical')) &&
      (when.category?.includes(facts.category) ?? true) &&
      (when.recommendation?.some((title) => title !== 'MFA*') ?? true) &&
      (when.scope?.some(({ text }) => inside(at, meaning.get(text)!)) ?? true),
  );

describe('any rules and any request', () => {
  it('give each place the first rule that holds there, and the request the strictest of these', () => {
    fc.assert(
      fc.property(someRules, someFacts, (rules, facts) => {
        const within = places.filter((each) => facts.scopes.some((scope) => inside(each, scope)));
        const deciding = within.map((each) => firstAt(each, rules, facts)?.then ?? {});
        const decision = outcome(rules, facts);
        const denials = deciding.flatMap((then) => ('deny' in then ? [then.deny] : []));
        if (decision.kind === 'denied') {
          expect([...decision.reasons].sort()).toEqual([...new Set(denials)].sort());
          return;
        }
        expect(denials).toEqual([]);
        const alone = deciding.map((then) => ({
          ...rules,
          defaults: settingsWith('deny' in then ? {} : then, rules.defaults),
          rules: [],
        }));
        const answers = alone.map((each) => outcome(each, facts)).filter((each) => each.kind === 'allowed');
        expect(decision.limits.maxDays).toBe(Math.min(...answers.map((each) => each.limits.maxDays)));
        expect(decision.limits.justificationMinLength).toBe(
          Math.max(...answers.map((each) => each.limits.justificationMinLength)),
        );
        expect(decision.approvals.ifRequesterCouldDecide).toBe(
          Math.max(...answers.map((each) => each.approvals.ifRequesterCouldDecide)),
        );
        expect(answers.every((each) => isAsStrict(decision, { ...each, approvals: decision.approvals }))).toBe(true);
        expect(texts(decision.approvers).sort()).toEqual(
          [...new Set(answers.flatMap((each) => texts(each.approvers)))].sort(),
        );
      }),
      { numRuns: 1500 },
    );
  });

  it('never make it easier to ask for more places, for wider ones, or for more resources', () => {
    const wider = fc.tuple(someFacts, fc.array(place, { maxLength: 2 }), fc.nat(50)).chain(([facts, more, resources]) =>
      fc
        .tuple(...facts.scopes.map((scope) => fc.constantFrom(...places.filter((each) => inside(scope, each)))))
        .map((scopes) => ({
          facts,
          wide: { ...facts, scopes: [...scopes, ...more], affectedResources: facts.affectedResources + resources },
        })),
    );
    fc.assert(
      fc.property(rulesWithTypes, wider, (rules, { facts, wide }) => {
        expect(isAsStrict(outcome(rules, wide), outcome(rules, facts))).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('never make it easier when less of the hierarchy can be seen', () => {
    const partial = fc.record({
      managementGroups: fc.subarray([...contoso.managementGroups]),
      subscriptions: fc.subarray([...contoso.subscriptions]),
    });
    fc.assert(
      fc.property(rulesWithTypes, someFacts, partial, (rules, facts, hierarchy) => {
        expect(isAsStrict(outcome(rules, { ...facts, hierarchy }), outcome(rules, facts))).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('never go beyond the ceiling or the first exemption, and never grant anything without a condition', () => {
    fc.assert(
      fc.property(rulesWithTypes, someFacts, (rules, facts) => {
        const decision = outcome(rules, facts);
        if (decision.kind === 'denied') return;
        const ceiling = rules.ceiling[facts.category];
        expect(decision.limits.maxDays).toBeLessThanOrEqual(ceiling ?? Infinity);
        expect(decision.limits.maxDays).toBeGreaterThanOrEqual(1);
        if (ceiling !== undefined) expect(decision.limits.neverExpires).toBe(false);
        const bound = [rules.defaults, ...rules.rules.map(({ then }) => then)].every(
          (each) => 'deny' in each || each.renewalsNeverLonger !== false,
        );
        if (bound && typeof facts.firstLasted === 'number')
          expect(decision.limits.maxDays).toBeLessThanOrEqual(facts.firstLasted);
        expect(decision.approvals.ifRequesterCouldDecide).toBeGreaterThanOrEqual(0);
        expect(decision.approvals.otherwise).toBeGreaterThanOrEqual(
          Math.max(1, decision.approvals.ifRequesterCouldDecide),
        );
        expect(decision.approvers.every((list) => list.length > 0)).toBe(true);
      }),
    );
  });

  it('are explained rule by rule, in the order of the file and with its lines', () => {
    fc.assert(
      fc.property(rulesWithTypes, someFacts, (rules, facts) => {
        const { trace, outcome: decided } = evaluate(rules, facts);
        expect(trace.map(({ rule: name, line }) => [name, line])).toEqual([
          ...rules.rules.map(({ name, line }) => [name, line]),
          ['defaults', undefined],
        ]);
        const counted = trace.filter(({ result }) => result === 'matched' || result === 'partly');
        expect(counted.length).toBeGreaterThan(0);
        const denying = rules.rules.filter((each) => 'deny' in each.then).map(({ name }) => name);
        expect(counted.some(({ rule: name }) => denying.includes(name))).toBe(decided.kind === 'denied');
        expect(trace.every(({ why }) => why !== '' && !why.endsWith('.'))).toBe(true);
      }),
    );
  });

  it('answer the same for the same request, in whatever order and casing its ids come', () => {
    const again = someFacts.chain((facts) =>
      fc.tuple(fc.constant(facts), fc.tuple(...facts.scopes.toReversed().map(recased))),
    );
    fc.assert(
      fc.property(rulesWithTypes, again, (rules, [facts, scopes]) => {
        const [one, other] = [outcome(rules, facts), outcome(rules, { ...facts, scopes })];
        expect(isAsStrict(one, other) && isAsStrict(other, one)).toBe(true);
      }),
    );
  });

  it('answer a request without any scope by the defaults', () => {
    fc.assert(
      fc.property(someRules, (rules) => {
        expect(outcome(rules, asked({ scopes: [] }))).toEqual(outcome({ ...rules, rules: [] }, asked()));
      }),
    );
    expect(outcome(withoutFile, asked({ scopes: ['/'] })).kind).toBe('allowed');
  });
});
