import { isAtOrUnder, nameOf, sameId } from '../../src/core/tenant/arm-id.ts';
import { partOf, rowsOf, some, verdict, type Row } from './ask-graph.ts';
import type { Check } from './check.ts';
import { NotSeen } from './finding.ts';
import { someSubscription, type Subject } from './subject.ts';

const exemptQuery =
  "securityresources | where type == 'microsoft.security/standardassignments' | where tostring(properties.effect) =~ 'exempt' | project id, properties | order by id asc";

const exemptions = async (subject: Subject): Promise<readonly Row[]> =>
  some(await rowsOf(subject, exemptQuery), 'exemption made in Defender');

const membersOf = (row: Row): Row => partOf(partOf(row, 'properties'), 'exemptionData');
const keyOf = (row: Row): string => {
  const { assessmentKey } = partOf(membersOf(row), 'assignedAssessment');
  return typeof assessmentKey === 'string' ? assessmentKey : '';
};
const guid = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i;
const known = ['exemptionCategory', 'assignedAssessment', 'subAssessmentExemptionRule'];
const memberName = /^[A-Za-z]\w{0,59}$/;

/** Names of members come from Azure, so they may be told; their values may not. */
const names = (members: readonly string[]): string =>
  [...new Set(members)].filter((name) => memberName.test(name)).join(', ');

/** Nobody has published what an exemption of a category looks like. */
const ofCategories: Check = {
  title: 'an exemption made in Defender says what it exempts in members that are known',
  run: async (subject) => {
    const rows = await exemptions(subject);
    const others = rows.flatMap((row) => Object.keys(membersOf(row)).filter((name) => !known.includes(name)));
    const without = rows.filter((row) => !guid.test(keyOf(row)) && !('subAssessmentExemptionRule' in membersOf(row)));
    const told = names([...others, ...without.flatMap((row) => Object.keys(partOf(row, 'properties')))]);
    if (others.length + without.length > 0)
      return {
        seen: `${without.length} of ${rows.length} name no recommendation; members: ${told}`,
        verdict: 'differs',
      };
    return { seen: `${rows.length} exemptions, none of a category`, verdict: 'matches' };
  },
};

const sameMembers: Check = {
  title: 'Resource Graph has every member of an exemption made in Defender that Resource Manager has',
  run: async (subject) => {
    const [row = {}] = await exemptions(subject);
    const answer = await subject.askAside({ method: 'GET', path: String(row.id), apiVersion: '2024-08-01' });
    const missing = [
      ...Object.keys(partOf(answer, 'properties')).filter((name) => !(name in partOf(row, 'properties'))),
      ...Object.keys(membersOf(answer as Row)).filter((name) => !(name in membersOf(row))),
    ];
    return {
      seen: missing.length === 0 ? 'every member' : `missing: ${names(missing)}`,
      verdict: verdict(missing.length === 0),
    };
  },
};

const withoutStandard: Check = {
  title: 'an exemption made in Defender can do without assignedStandard',
  run: async (subject) => {
    const rows = await exemptions(subject);
    const without = rows.filter((row) => typeof partOf(partOf(row, 'properties'), 'assignedStandard').id !== 'string');
    if (without.length === 0) throw new NotSeen(`all ${rows.length} have one; only a write can show it`);
    return { seen: `${without.length} of ${rows.length} have none`, verdict: 'matches' };
  },
};

const most = 5;

const causes: Check = {
  title: 'an assessment that an exemption made in Defender covers has the cause Exempt',
  run: async (subject) => {
    const ofOne = (await exemptions(subject)).filter((row) => guid.test(keyOf(row))).slice(0, most);
    const found: string[] = [];
    for (const row of some(ofOne, 'exemption of one recommendation')) {
      const rows = await rowsOf(
        subject,
        `securityresources | where type == 'microsoft.security/assessments' | where name =~ '${keyOf(row)}' | extend cause = tostring(properties.status.cause) | project id, cause | order by id asc`,
      );
      const scope = String(row.id).replace(/\/providers\/Microsoft\.Security\/standardAssignments\/[^/]+$/i, '');
      found.push(...rows.filter(({ id }) => isAtOrUnder(String(id), scope)).map(({ cause }) => String(cause)));
    }
    const exempt = some(found, 'assessment below them').filter((cause) => /^exempt$/i.test(cause));
    return {
      seen: `${exempt.length} of ${found.length} assessments`,
      verdict: verdict(exempt.length === found.length),
    };
  },
};

const subscriptionOf = /^\/subscriptions\/[^/]+(?=\/resourceGroups\/)/i;

const listDepth: Check = {
  title: 'the list of a subscription has the exemptions made in Defender on resources in it',
  run: async (subject) => {
    const ids = (await exemptions(subject)).map(({ id }) => String(id));
    const [id = ''] = some(
      ids.filter((each) => subscriptionOf.test(each)),
      'such exemption of a resource',
    );
    const answer = await subject.askAside({
      method: 'GET',
      path: `${subscriptionOf.exec(id)?.[0] ?? ''}/providers/Microsoft.Security/standardAssignments`,
      apiVersion: '2024-08-01',
    });
    const listed = (answer as { readonly value: readonly Row[] }).value;
    const holds = listed.some((row) => sameId(String(row.id), id));
    return {
      seen: `${listed.length} listed, ${holds ? 'with' : 'without'} one of a resource`,
      verdict: verdict(holds),
    };
  },
};

const weekInMs = 7 * 86_400_000;
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const operation = /\/(policyexemptions|standardassignments)\/(write|delete)$/i;

const activityLog: Check = {
  title: 'the Activity Log of a subscription has the deletion of an exemption',
  run: async (subject) => {
    const scope = await someSubscription(subject);
    const until = subject.now();
    const between = `eventTimestamp ge '${new Date(until.getTime() - weekInMs).toISOString()}' and eventTimestamp le '${until.toISOString()}'`;
    const read = async (provider: string): Promise<readonly Row[]> => {
      const answer = await subject.askAside({
        method: 'GET',
        path: `/subscriptions/${nameOf(scope)}/providers/Microsoft.Insights/eventtypes/management/values`,
        apiVersion: '2015-04-01',
        filter: `${between} and resourceProvider eq '${provider}'`,
      });
      return (answer as { readonly value: readonly Row[] }).value;
    };
    const events = await Promise.all([read('Microsoft.Authorization'), read('Microsoft.Security')]).catch(() => {
      throw new NotSeen('the Activity Log could not be read');
    });
    const operations = events
      .flat()
      .flatMap((event) => operation.exec(String(partOf(event, 'operationName').value))?.slice(1) ?? []);
    const count = (type: string, verb: string): number =>
      operations.filter((word, index) => same(word, type) && same(operations[index + 1] ?? '', verb)).length;
    const types = ['policyExemptions', 'standardAssignments'];
    const told = types.map((type) => `${type}: ${count(type, 'write')} written, ${count(type, 'delete')} deleted`);
    some(operations, 'such event in the last seven days');
    if (!types.some((type) => count(type, 'delete') > 0)) throw new NotSeen(told.join('; '));
    return { seen: told.join('; '), verdict: 'matches' };
  },
};

/** Questions about what is exempted in Defender itself, which Microsoft has not published. */
export const questionsOfDefender: readonly Check[] = [
  ofCategories,
  sameMembers,
  withoutStandard,
  causes,
  listDepth,
  activityLog,
];
