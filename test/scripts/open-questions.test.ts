import { runCheck, type Check } from '../../scripts/contract/check.ts';
import { questionsOfDefender } from '../../scripts/contract/questions-of-defender.ts';
import { questionsOfGuards } from '../../scripts/contract/questions-of-guards.ts';
import type { AskAside, Subject } from '../../scripts/contract/subject.ts';
import type { Azure } from '../../src/azure/azure.ts';
import { GovernanceError } from '../../src/core/governance-error.ts';

const subscription = '/subscriptions/10000001-0000-4000-8000-000000000000';
const hierarchy = {
  managementGroups: [{ name: 'contoso', displayName: 'Contoso', ancestors: [] }],
  subscriptions: [{ id: subscription, name: 'shop-prod', ancestors: ['contoso'] }],
};

type Ask = Parameters<AskAside>[0];
/** Answers by a part of the path or of the query, the first that fits; undefined is an answer that does not come. */
type Answers = Readonly<Record<string, unknown>>;

const subjectWith = (answers: Answers): Subject => ({
  azure: { hierarchy: async () => hierarchy } as unknown as Azure,
  askAside: async (call: Ask) => {
    const asked = `${call.path} ${call.filter ?? ''} ${JSON.stringify(call.body ?? '')}`;
    const found = Object.entries(answers).find(([part]) => asked.includes(part))?.[1];
    if (found === undefined) throw new GovernanceError('unavailable', 'No answer.');
    return found;
  },
  exchanges: [],
  now: () => new Date('2026-11-30T08:00:00Z'),
  person: () => ({ objectId: '', tenantId: '', name: '' }),
});

const rows = (...data: readonly object[]) => ({ data });
const values = (...value: readonly object[]) => ({ value });
const named = (checks: readonly Check[], title: string): Check => checks.find((each) => each.title.includes(title))!;

const key = '06e3a6db-6c0c-4ad9-943f-31d9d73ecf6c';
const id = `${subscription}/providers/Microsoft.Security/standardAssignments/57a0da2d-0000-4000-8000-000000000001`;
const onResource = id.replace('/providers', '/resourceGroups/rg/providers');
const exempt = (exemptionData: object, more: object = {}) => ({
  id,
  properties: { effect: 'Exempt', exemptionData, ...more },
});
const ofOne = exempt({ exemptionCategory: 'Waiver', assignedAssessment: { assessmentKey: key } });
const ofCategory = exempt({ exemptionCategory: 'Waiver', assignedCategory: { name: 'SoftwareUpdate' } });
const withStandard = exempt(
  { assignedAssessment: { assessmentKey: key } },
  { assignedStandard: { id: '/providers/Microsoft.Security/securityStandards/x' } },
);
const assessed = (cause: string) => ({ id: `${subscription}/providers/Microsoft.Security/assessments/${key}`, cause });
const event = (value: string) => ({ operationName: { value } });
const selecting = (kind: string) => rows({ id: 'a', selectors: [{ name: 's', selectors: [{ kind, in: ['x'] }] }] });
const policy = (description: string) => ({ id: '/x/policyExemptions/a', properties: { description } });

const defender = (title: string) => named(questionsOfDefender, title);
const guards = (title: string) => named(questionsOfGuards, title);

describe.each<[check: Check, yes: Answers, no: Answers | undefined]>([
  [defender('says what it exempts'), { standardassignments: rows(ofOne) }, { standardassignments: rows(ofCategory) }],
  [
    defender('every member'),
    { 'type == ': rows(ofOne), standardAssignments: ofOne },
    {
      'type == ': rows(ofOne),
      standardAssignments: exempt({ ...ofOne.properties.exemptionData, subAssessmentExemptionRule: {} }),
    },
  ],
  [defender('can do without assignedStandard'), { standardassignments: rows(ofOne) }, undefined],
  [
    defender('covers has the cause'),
    { standardassignments: rows(ofOne), assessments: rows(assessed('Exempt')) },
    { standardassignments: rows(ofOne), assessments: rows(assessed('OffByPolicy')) },
  ],
  [
    defender('on resources in it'),
    { standardassignments: rows({ ...ofOne, id: onResource }), standardAssignments: values({ id: onResource }) },
    { standardassignments: rows({ ...ofOne, id: onResource }), standardAssignments: values({ id }) },
  ],
  [
    defender('Activity Log'),
    { eventtypes: values(event('Microsoft.Authorization/policyExemptions/delete')) },
    undefined,
  ],
  [
    guards('shows no deny assignments'),
    { denyassignments: rows(), denyAssignments: values({}) },
    { denyassignments: rows({ id: 'x' }) },
  ],
  [guards('of a management group'), { managementGroups: values() }, undefined],
  [
    guards('depends on who asks'),
    { resourceSelectors: selecting('userPrincipalId') },
    { resourceSelectors: selecting('callerIs') },
  ],
  [
    guards('masking nothing'),
    { 'type == ': rows(policy('ask pat@contoso.com')), policyExemptions: policy('ask pat@contoso.com') },
    { 'type == ': rows(policy('ask ***')), policyExemptions: policy('ask pat@contoso.com') },
  ],
])('the question whether $title', (check, yes, no) => {
  it('is answered with yes', async () => {
    expect(await runCheck(check, subjectWith(yes))).toMatchObject({ verdict: 'matches' });
  });

  if (no !== undefined)
    it('is answered with no', async () => {
      expect(await runCheck(check, subjectWith(no))).toMatchObject({ verdict: 'differs' });
    });

  it('stays open where Azure says nothing', async () => {
    expect(await runCheck(check, subjectWith({}))).toMatchObject({ verdict: 'not checked' });
  });
});

it.each<[check: Check, answers: Answers, seen: RegExp]>([
  [defender('says what it exempts'), { standardassignments: rows() }, /no exemption made in Defender here/],
  [defender('says what it exempts'), { standardassignments: rows(ofCategory) }, /members: assignedCategory, /],
  [defender('can do without'), { standardassignments: rows(withStandard) }, /all 1 have one; only a write/],
  [defender('covers has the cause'), { standardassignments: rows(ofCategory) }, /no exemption of one recommendation/],
  [
    defender('Activity Log'),
    { eventtypes: values(event('MICROSOFT.SECURITY/STANDARDASSIGNMENTS/WRITE')) },
    /standardAssignments: 2 written, 0 deleted/,
  ],
  [guards('shows no deny'), { denyassignments: rows(), denyAssignments: values() }, /no deny assignment in/],
  [guards('depends on who asks'), { resourceSelectors: selecting('resourceType') }, /1 selectors, none by who asks/],
])('question %# says what it saw', async (check, answers, seen) => {
  expect((await runCheck(check, subjectWith(answers))).seen).toMatch(seen);
});
