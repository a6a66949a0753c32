import { exemptionApiVersion } from '../../src/azure/policy/hidden-members.ts';
import { partOf, rowsOf, some, verdict, type Row } from './ask-graph.ts';
import type { Check } from './check.ts';
import { NotSeen } from './finding.ts';
import { hierarchyOf, type Subject } from './subject.ts';

type Denials = { readonly value: readonly unknown[] };

const denialsAt = async ({ askAside }: Subject, scope: string): Promise<number> =>
  (
    (await askAside({
      method: 'GET',
      path: `${scope}/providers/Microsoft.Authorization/denyAssignments`,
      apiVersion: '2022-04-01',
    })) as Denials
  ).value.length;

/** An empty answer proves nothing where there are none. */
const denialsInGraph: Check = {
  title: 'Resource Graph shows no deny assignments, so that they have to be asked of each subscription',
  run: async (subject) => {
    const rows = await rowsOf(
      subject,
      "authorizationresources | where type == 'microsoft.authorization/denyassignments' | project id | order by id asc",
    );
    if (rows.length > 0) return { seen: `it shows ${rows.length}`, verdict: 'differs' };
    const { subscriptions } = await hierarchyOf(subject);
    for (const { id } of subscriptions.slice(0, 20)) {
      const there = await denialsAt(subject, id);
      if (there > 0)
        return { seen: `none, but Resource Manager lists ${there} for a subscription`, verdict: 'matches' };
    }
    throw new NotSeen('there is no deny assignment in the subscriptions that were asked');
  },
};

const denialsAtGroups: Check = {
  title: 'the deny assignments of a management group can be listed',
  run: async (subject) => {
    const [group] = some((await hierarchyOf(subject)).managementGroups, 'management group');
    return {
      seen: `${await denialsAt(subject, `/providers/Microsoft.Management/managementGroups/${group?.name ?? ''}`)} at or below one of them`,
      verdict: 'matches',
    };
  },
};

const kindsKnown = /^(resource(Location|Type|WithoutLocation)|policyDefinitionReferenceId)$/i;
const kindOfPerson = /^(user|group)PrincipalId$/i;
const kindWord = /^[A-Za-z]{1,40}$/;

const selectorsByPerson: Check = {
  title: 'a selector that depends on who asks is of the kind userPrincipalId or groupPrincipalId',
  run: async (subject) => {
    const rows = await rowsOf(
      subject,
      "policyresources | where type in ('microsoft.authorization/policyassignments', 'microsoft.authorization/policyexemptions') | where array_length(properties.resourceSelectors) > 0 | project id, selectors = properties.resourceSelectors | order by id asc",
    );
    const kinds = some(rows, 'assignment or exemption with a selector').flatMap(({ selectors }) =>
      (selectors as readonly Row[]).flatMap((each) =>
        ((each.selectors ?? []) as readonly Row[]).map(({ kind }) => String(kind)),
      ),
    );
    const others = [...new Set(kinds)].filter((kind) => !kindsKnown.test(kind));
    if (others.length === 0) throw new NotSeen(`${kinds.length} selectors, none by who asks`);
    const seen = others.filter((kind) => kindWord.test(kind)).join(', ');
    return { seen, verdict: verdict(others.every((kind) => kindOfPerson.test(kind))) };
  },
};

const mostRead = 10;
const texts = ['displayName', 'description', 'metadata'];

const masking: Check = {
  title: 'Resource Graph tells the texts of an exemption as Resource Manager does, masking nothing',
  run: async (subject) => {
    const all = await rowsOf(
      subject,
      "policyresources | where type == 'microsoft.authorization/policyexemptions' | project id, properties | order by id asc",
    );
    // A mail address is what would be masked first.
    const address = (row: Row): number => (JSON.stringify(row.properties).includes('@') ? 0 : 1);
    const rows = [...some(all, 'exemption')].sort((a, b) => address(a) - address(b)).slice(0, mostRead);
    const masked: string[] = [];
    for (const row of rows) {
      const answer = await subject.askAside({
        method: 'GET',
        path: String(row.id),
        apiVersion: exemptionApiVersion,
      });
      const [told, read] = [partOf(row, 'properties'), partOf(answer, 'properties')];
      const text = (value: unknown): string => JSON.stringify(value ?? '');
      masked.push(...texts.filter((name) => text(told[name]) !== text(read[name])));
    }
    const seen = `${rows.length} exemptions compared, ${rows.filter((row) => address(row) === 0).length} with an address`;
    return masked.length === 0
      ? { seen, verdict: 'matches' }
      : { seen: `${seen}; other in Resource Graph: ${[...new Set(masked)].join(', ')}`, verdict: 'differs' };
  },
};

/** Questions about what may stand in the way of an exemption, which public sources left open. */
export const questionsOfGuards: readonly Check[] = [denialsInGraph, denialsAtGroups, selectorsByPerson, masking];
