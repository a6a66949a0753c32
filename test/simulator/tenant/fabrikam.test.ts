import { readFileSync } from 'node:fs';
import { createClock } from '../../../simulator/clock.ts';
import { normalised } from '../../../simulator/tenant/arm-id.ts';
import { createAssessments } from '../../../simulator/tenant/assessments.ts';
import { authorise } from '../../../simulator/tenant/authorization.ts';
import { createFabrikam } from '../../../simulator/tenant/fabrikam/create-fabrikam.ts';
import { oddities } from '../../../simulator/tenant/fabrikam/oddities.ts';
import type { Oddities } from '../../../simulator/tenant/fabrikam/oddities.ts';
import { keptTenant } from '../../../simulator/tenant/kept-tenant.ts';
import type { ResourceSelector } from '../../../simulator/tenant/selectors.ts';

const clock = createClock(() => Date.parse('2026-03-02T09:00:00Z'));
const open = (chosen: Oddities = {}) => createFabrikam({ now: clock.now, subscriptions: 30, oddities: chosen });
const tidy = open(Object.fromEntries(Object.keys(oddities).map((name) => [name, false])));
const untidy = open();

describe('Fabrikam', () => {
  it('has the oddities that docs/simulator.md lists', () => {
    const page = readFileSync('docs/simulator.md', 'utf8');
    const [, table = ''] = page.split('| oddity | what is untidy |');
    const rows = [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `(\w+)` \| (.*?) +?\|$/gm)];
    expect(rows.map(([, name, text]) => [name, text?.trim()])).toEqual(Object.entries(oddities));
  });

  it('is the same each time', () => {
    expect(keptTenant(open())).toEqual(keptTenant(untidy));
    expect(open().exemptions.all()).toEqual(untidy.exemptions.all());
    expect(open().resources).toEqual(untidy.resources);
  });

  it('grows with its subscriptions', () => {
    const assessed = createAssessments(untidy).all().length;
    expect(untidy.subscriptions).toHaveLength(30);
    expect(untidy.resources.length).toBeGreaterThan(9_500);
    expect(assessed).toBeGreaterThan(27_000);
    expect(untidy.exemptions.all()).toHaveLength(2_000);
    expect(
      untidy.recommendations.filter(({ recommendationCategory = 'Unknown' }) => recommendationCategory === 'Unknown'),
    ).toHaveLength(250);
  });

  it.each([
    ['the names of subscriptions', (tenant: typeof tidy) => tenant.subscriptions.map(({ name }) => name)],
    ['ids of resources', (tenant: typeof tidy) => tenant.resources.map(({ id }) => normalised(id))],
    ['names of exemptions', (tenant: typeof tidy) => tenant.exemptions.all().map(({ id }) => normalised(id))],
    ['keys', (tenant: typeof tidy) => tenant.recommendations.map(({ assessmentKey }) => assessmentKey)],
  ])('without oddities repeats nothing among %s', (_, namesOf) => {
    const names = namesOf(tidy);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(['alice', 'bob', 'sara', 'dan'])('lets %s do what the page of people says', (key) => {
    const person = untidy.principals.find((one) => one.key === key)!;
    const [shop] = untidy.subscriptions;
    const group = `/subscriptions/${shop?.subscriptionId ?? ''}/resourceGroups/rg-shop-prod`;
    const may = (action: string) => authorise(untidy, person, action, group).kind;
    const [reads, writes] = { alice: [1, 0], bob: [1, 1], sara: [1, 1], dan: [0, 0] }[key] ?? [];
    expect(may('Microsoft.Security/assessments/read')).toBe(reads === 1 ? 'allowed' : 'missing');
    expect(may('Microsoft.Authorization/policyExemptions/write')).toBe(writes === 1 ? 'allowed' : 'missing');
  });

  it('keeps of its exemptions only what changed', () => {
    const tenant = open();
    expect(tenant.exemptions.history()).toEqual([]);
    const [first] = tenant.exemptions.all();
    tenant.exemptions.remove(first!.id);
    const kept = keptTenant(tenant);
    expect(kept.exemptions).toHaveLength(1);
    const again = createFabrikam({ now: clock.now, subscriptions: 30, kept });
    expect(again.exemptions.all()).toEqual(tenant.exemptions.all());
  });

  it('selects by user and by group, in an assignment and in exemptions', () => {
    const kindsIn = (selected: readonly { readonly resourceSelectors?: readonly ResourceSelector[] }[]) =>
      new Set(
        selected.flatMap(({ resourceSelectors = [] }) =>
          resourceSelectors.flatMap(({ selectors = [] }) => selectors.map(({ kind }) => kind)),
        ),
      );
    expect(kindsIn(untidy.policyAssignments)).toContain('userPrincipalId');
    expect(kindsIn(untidy.exemptions.all().map(({ properties }) => properties))).toContain('groupPrincipalId');
    expect(kindsIn(tidy.policyAssignments).size).toBe(0);
  });
});
