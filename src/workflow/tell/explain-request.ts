import {
  denialDoubt,
  denialOf,
  exemptFromAssignment,
  grants,
  heldBack,
  writeExemptions,
  type Access,
  type Grant,
} from '../../core/access/access.ts';
import { approverWords } from '../../core/governance/approvers.ts';
import { formatInstant, type Clock } from '../../core/calendar.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { rightsFor } from '../../core/plan/exemption-rights.ts';
import type { GovernanceTraceStep } from '../../core/governance/governance.ts';
import { covers, scopeLabel, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { samePerson, type Person } from '../../core/person.ts';
import { standing, type ExemptionRequest } from '../../core/request/request.ts';
import { askingAhead } from '../ask-ahead.ts';
import type { Desk } from '../desk.ts';
import { requestNamed } from '../record/change-request.ts';
import { findLentRightsForShow } from '../rights/find-lent-rights.ts';
import { couldWrite } from '../rights/may-decide.ts';
import type { Asker } from '../rights/take-viewpoint.ts';
import { requestInSight } from './view-request.ts';

/** The answer to "why?", in sentences under headings. */
export type Explanation = {
  readonly reference: string;
  readonly title: string;
  readonly standing: string;
  readonly sections: readonly { readonly heading: string; readonly lines: readonly string[] }[];
};

const results: Readonly<Record<GovernanceTraceStep['result'], string>> = {
  matched: 'applies',
  partly: 'applies in part',
  'no match': 'does not match',
  'not tried': 'not checked',
};

const nameOf = ({ rule, line }: GovernanceTraceStep): string => {
  if (line !== undefined) return `“${rule}” (line ${line})`;
  return rule === 'defaults' ? 'Default rule' : 'In addition';
};

const ruleLine = (step: GovernanceTraceStep): string => `${nameOf(step)}: ${results[step.result]}; ${step.why}.`;

const rulesOf = ({ governance: { trace } }: ExemptionRequest): string[] =>
  trace.length <= 1 ? ['No rule applied when it was sent, so the defaults apply.'] : trace.map(ruleLine);

const limitsOf = ({ governance: { limits }, terms }: ExemptionRequest): string[] => {
  const { maxDays, justificationMinLength, ticket } = limits;
  const examples = ticket.patterns.map(({ example }) => example).join(' and ');
  return [
    `A ${terms.category === 'Waiver' ? 'waiver' : 'mitigation'} can last up to ${maxDays} ${maxDays === 1 ? 'day' : 'days'}.`,
    `The justification needs at least ${justificationMinLength} characters.`,
    ticket.required
      ? `A ticket number is required${examples && `, such as ${examples}`}.`
      : 'A ticket number is optional.',
  ];
};

const approvalsOf = (
  { governance, approvals, requester }: ExemptionRequest,
  { delegateGroups }: Pick<Desk, 'delegateGroups'>,
  clock: Clock,
): string[] => [
  governance.adopted
    ? `None: it was created outside Exemption Desk, and ${requester.name} adopted it.`
    : governance.approvals === 0
      ? `None needed: the rules require none, and the Azure roles of ${requester.name} allow the exemption.`
      : `${governance.approvals} needed, ${approvals.length} given. Nobody can decide their own request.`,
  ...approvals.map(({ by, at }) => `${by.name}, ${formatInstant(at, clock)}`),
  'Approvers: anyone whose Azure roles allow them to create the exemptions. Azure is asked again at the decision.',
  ...(delegateGroups.length === 0
    ? []
    : [
        `Also ${approverWords(delegateGroups.map((id) => ({ kind: 'group', id })))}, if their Azure roles allow them to write exemptions there: the operator delegates the permission to exempt from policy assignments to them.`,
      ]),
  ...governance.approvers.map((list) => `Of these, only ${approverWords(list)}.`),
];

const isOfUse = (grant: Grant, request: ExemptionRequest, hierarchy: Hierarchy): boolean =>
  rightsFor(request.targets).some(
    ({ action, scope }) => grants(grant, action) && covers(grant.scope, scope, hierarchy),
  );

const deedsOf = (grant: Grant): string =>
  [
    ...(grants(grant, writeExemptions) ? ['write exemptions'] : []),
    ...(grants(grant, exemptFromAssignment) ? ['exempt from policy assignments'] : []),
  ].join(' and ');

const roleLines = (grants: readonly Grant[], hierarchy: Hierarchy, verb: string): string[] => [
  ...new Set(
    grants.map((each) => `${each.roleName} at ${scopeLabel(each.scope, hierarchy)}: ${verb} ${deedsOf(each)}.`),
  ),
];

/** The conditions that keep a role of the person from counting, and the deny assignments that forbid an exemption. */
const inTheWay = (request: ExemptionRequest, access: Access, hierarchy: Hierarchy): string[] => {
  const lines = rightsFor(request.targets).flatMap(({ action, scope }) => {
    const denial = denialOf(access, action, scope, hierarchy);
    return [
      ...heldBack([...access.grants, ...access.eligible], action, scope, hierarchy).map(
        ({ grant, why }) =>
          `${grant.roleName} at ${scopeLabel(grant.scope, hierarchy)}: it has a condition that ${why}, so it does not count for ${action}.`,
      ),
      ...(denial === undefined
        ? []
        : [
            `The deny assignment “${denial.name}” forbids exemptions in ${scopeLabel(scope, hierarchy)}.${denialDoubt(denial, action)}`,
          ]),
    ];
  });
  return [...new Set(lines)];
};

const rolesOf = (
  request: ExemptionRequest,
  person: Person,
  access: Access,
  hierarchy: Hierarchy,
  lent: readonly string[],
): string[] => {
  const found = [
    ...roleLines(
      access.grants.filter((grant) => isOfUse(grant, request, hierarchy)),
      hierarchy,
      'can',
    ),
    ...roleLines(
      access.eligible.filter((grant) => isOfUse(grant, request, hierarchy)),
      hierarchy,
      'can, after activation in Privileged Identity Management,',
    ),
  ];
  const verdict = couldWrite(access, request, hierarchy)
    ? 'Your roles allow you to create all of its exemptions.'
    : couldWrite(access, request, hierarchy, lent)
      ? 'With the permission delegated to a group of yours, your roles allow you to create all of its exemptions.'
      : 'Your roles do not allow all of its exemptions now.';
  return [
    ...found,
    ...inTheWay(request, access, hierarchy),
    found.length === 0 ? 'None of your Azure roles allows exemptions there.' : verdict,
    ...(samePerson(request.requester, person) ? ['You requested it yourself, so somebody else must decide it.'] : []),
  ];
};

const rolesUntold = 'Azure did not say what your roles allow now. Please try again later.';

/** What the roles of somebody allow of a request, as a decision would find it now. */
const rightsOf = async (desk: Desk, person: Person, request: ExemptionRequest) => {
  const reading = desk.hierarchy();
  const scopes = [...new Set(rightsFor(request.targets).map(({ scope }) => scope))];
  const [hierarchy, access, lent] = await Promise.all([
    reading,
    // The rules and approvals are known whatever Azure says.
    unlessUntold(() => desk.forDecision(person, scopes, reading), undefined),
    findLentRightsForShow(desk, person),
  ]);
  return { hierarchy, access, lent };
};

const explanationOf = (
  desk: Desk,
  { person, readerTime }: Asker,
  request: ExemptionRequest,
  { hierarchy, access, lent }: Awaited<ReturnType<typeof rightsOf>>,
): Explanation => {
  const clock = readerTime ?? desk.timeZone;
  return {
    reference: request.reference,
    title: request.terms.recommendation.title,
    standing: standing(request, clock),
    sections: [
      { heading: 'Rules when it was sent', lines: rulesOf(request) },
      { heading: 'Limits', lines: limitsOf(request) },
      { heading: 'Approvals', lines: approvalsOf(request, desk, clock) },
      {
        heading: 'Your Azure roles',
        lines: access === undefined ? [rolesUntold] : rolesOf(request, person, access, hierarchy, lent),
      },
    ],
  };
};

/**
 * Explains a request to somebody who may see it: what the rules said when it was sent, who approved, and what the asker's own roles allow,
 * read live, because it says what a decision would say. Only the asker reads it.
 */
export const explainRequest = (desk: Desk, asker: Asker, reference: string): Promise<Explanation> =>
  askingAhead(
    desk,
    async (ahead) => rightsOf(ahead, asker.person, await requestNamed(ahead, reference)),
    async (now) => {
      const { request } = await requestInSight(now, { ...asker, channelId: undefined }, reference);
      return explanationOf(now, asker, request, await rightsOf(now, asker.person, request));
    },
  );
