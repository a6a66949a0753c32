import { ticketFits } from '../../src/governance/ticket-fits.ts';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withoutFile, type GovernanceRules } from '../../src/core/governance/governance-rules.ts';
import { readGovernance } from '../../src/governance/governance-file.ts';
import { governanceJsonSchema } from '../../src/governance/governance-schema.ts';

const problems = (text: string): string[] => {
  const read = readGovernance(text);
  return 'problems' in read ? read.problems.map((each) => `${each.line}:${each.column} ${each.sentence}`) : [];
};
const rulesIn = (text: string): GovernanceRules => {
  const read = readGovernance(text);
  if ('problems' in read) throw new Error(problems(text).join('\n'));
  return read.rules;
};

describe('a governance file', () => {
  it('becomes rules that know their line', () => {
    const { rules } = rulesIn(`
rules:
  - name: Production needs two
    when: { scope: [mg:landingzones, 'rg:rg-shop@shop-prod'], severity: [high], category: [waiver] }
    then:
      maxDays: 30
      approvals: 2
      approvers: [group:0f8fad5b-d9cb-469f-a165-70867728950e]
      ticket: { pattern: 'CHG[0-9]+', example: CHG1 }
      justification: { minLength: 40 }
      blastRadius: { above: 50 }

  - name: Never
    then: { deny: Not negotiable. }
`);
    expect(rules[0]).toEqual({
      name: 'Production needs two',
      line: 3,
      when: {
        scope: [
          { kind: 'management-group', name: 'landingzones', text: 'mg:landingzones' },
          { kind: 'resource-group', name: 'rg-shop', subscription: 'shop-prod', text: 'rg:rg-shop@shop-prod' },
        ],
        severity: ['high'],
        category: ['Waiver'],
      },
      then: {
        maxDays: { Waiver: 30, Mitigated: 30 },
        approvals: 2,
        approvers: [{ kind: 'group', id: '0f8fad5b-d9cb-469f-a165-70867728950e' }],
        ticket: { pattern: 'CHG[0-9]+', example: 'CHG1' },
        justificationMinLength: 40,
        blastRadius: 50,
      },
    });
    expect(rules[1]).toMatchObject({ line: 13, then: { deny: 'Not negotiable.' } });
  });

  it('takes from the built-in defaults what its own do not say, all of it when it is empty', () => {
    expect(rulesIn('')).toEqual({ ...withoutFile, ticketFits });
    const { defaults, ceiling } = rulesIn(
      'defaults: { maxDays: { waiver: 60 }, approvals: 2 }\nceiling: { maxDays: 400 }',
    );
    expect(defaults).toEqual({ ...withoutFile.defaults, maxDays: { Waiver: 60, Mitigated: 365 }, approvals: 2 });
    expect(ceiling).toEqual({ Waiver: 400, Mitigated: 400 });
  });
});

describe('a mistake in a governance file', () => {
  it.each([
    ['defaults: { aprovals: 1 }', '1:13 defaults.aprovals is not a known field. Did you mean approvals?'],
    ['defaults: { maxDays: { waver: 9 } }', '1:24 defaults.maxDays.waver is not a known field. Did you mean waiver?'],
    [
      'defaults: { zzzzzz: 1 }',
      /^1:13 defaults\.zzzzzz is not a known field\. Known fields: maxDays, neverExpires, .*blastRadius\.$/,
    ],
    [
      'defaults: { maxDays: 1.5 }',
      '1:13 defaults.maxDays must be a number of days, or { waiver: 90, mitigated: 365 }.',
    ],
    ['defaults: { neverExpires: yes }', '1:13 defaults.neverExpires must be true or false, not “yes”.'],
    ['defaults:', '1:1 defaults must be a group of fields, not nothing.'],
    ['- defaults', '1:1 The file must be a group of fields, not a list.'],
    [
      'rules:\n- name: A\n  severity: [high]\n  then: {}',
      '3:3 rules[1].severity is not allowed here. It belongs under when.',
    ],
    ['rules:\n- name: A\n  then: {}\n- then: {}', '4:3 rules[2].name is missing.'],
    ['rules:\n- name: A', '2:3 rules[1].then is missing.'],
    ['rules:\n- name: A\n  when: {}\n  then: {approvals: 9}', '4:10 rules[1].then.approvals must be at most 5.'],
    ['rules:\n- name: A\n  then: {approvals: -1}', '3:10 rules[1].then.approvals must be at least 0.'],
    ['rules:\n- name: A\n  then: {approvers: []}', '3:10 rules[1].then.approvers must not be empty.'],
    [
      'rules:\n- name: A\n  then: {approvers: [group:0f8fad5b-d9cb-469f-a165-70867728950e, Bob]}',
      '3:66 rules[1].then.approvers[2] must be group:<object id> or person:<object id>: others can take a name, so only ids count.',
    ],
    [
      'rules:\n- name: A\n  then: {deny: No, approvals: 1}',
      '3:3 rules[1].then contains deny, which allows no other field next to it.',
    ],
    [
      'rules:\n- name: A\n  then: {}\n  when: {severity: [hihg]}',
      '4:21 rules[1].when.severity[1] must be critical or high or medium or low, not “hihg”. Did you mean high?',
    ],
    ['rules:\n- name: A\n  then: {}\n  when: {severity: high}', '4:10 rules[1].when.severity must be a list: [high].'],
    [
      'rules:\n- name: A\n  then: {}\n  when: {scope: ["rg:rg-shop"]}',
      /^4:18 rules\[1\]\.when\.scope\[1\] must be mg:.* rg:<resource group>@<subscription>/,
    ],
    [
      'rules:\n- name: A\n  then: {}\n  when: {scope: [/subscriptions]}',
      /^4:18 rules\[1\]\.when\.scope\[1\] must be the ARM id/,
    ],
    [
      'rules:\n- name: A\n  then: {ticket: {pattern: "[", example: a}}',
      '3:19 rules[1].then.ticket.pattern must be a regular expression such as CHG[0-9]{7}, in the syntax of RE2: missing closing ]: `[`.',
    ],
    [
      'rules:\n- name: A\n  then: {ticket: {pattern: "(?!B)A", example: A}}',
      /^3:19 rules\[1\]\.then\.ticket\.pattern must do without look-ahead, .* List the allowed forms/,
    ],
    [
      'rules:\n- name: A\n  then: {ticket: {pattern: "(A{1,500}){2}", example: A}}',
      '3:19 rules[1].then.ticket.pattern repeats too much: use smaller numbers in braces.',
    ],
    [
      'rules:\n- name: A\n  then: {ticket: {pattern: "A", example: AA}}',
      '3:33 rules[1].then.ticket.example must fit the pattern.',
    ],
    [
      'reasons:\n  waiver:\n  - {id: No Fix, text: A}',
      '3:6 reasons.waiver[1].id must be small letters, digits and hyphens, 40 at most, such as no-fix-yet.',
    ],
    ['reasons:\n  waiver:\n  - {id: own, text: A}', /reasons\.waiver\[1\]\.id must be another word/],
    [
      'reasons:\n  waiver:\n  - {id: a, text: A}\n  mitigated:\n  - {id: a, text: B}',
      '5:6 reasons.mitigated[1].id is also the id of the reason in line 3.',
    ],
    [
      'reasons:\n  waiver:\n  - {id: a, text: A, evidence: [{id: b, label: B}, {id: b, label: C}]}',
      /reasons\.waiver\[1\]\.evidence\[2\]\.id is also the id of another field of this reason\.$/,
    ],
    [
      'reasons:\n  waiver:\n  - {id: a, text: A, instead: B, approvers: ["group:0f8fad5b-d9cb-469f-a165-70867728950e"]}',
      /reasons\.waiver\[1\] has approvers and instead/,
    ],
    ['reasons:\n  waivers: []', /Did you mean waiver\?/],
    [
      'rules:\n- name: A\n  then: {ticket: {pattern: A, example: A, url: "https://{ticket}/a"}}',
      '3:43 rules[1].then.ticket.url must be an https address with {ticket} once behind the host, such as https://itsm.example/{ticket}.',
    ],
    [
      'rules:\n- name: A\n  then: {}\n- name: a\n  then: {}',
      '4:3 rules[2].name is also the name of the rule in line 2.',
    ],
    [
      'ceiling: { maxDays: 60 }\nrules:\n- name: A\n  then: { maxDays: { mitigated: 61 } }',
      '4:11 rules[1].then.maxDays exceeds the ceiling of 60 days for mitigated.',
    ],
    [
      'ceiling: { maxDays: 60 }\ndefaults: { neverExpires: true }',
      '2:13 defaults.neverExpires contradicts the ceiling, by which every exemption expires.',
    ],
    ['rules:\n  - name: A\n\tthen: {}', /^3:1 This is not valid YAML: Tabs are not allowed/],
    ['defaults: {}\ndefaults: {}', /^2:1 This is not valid YAML: Map keys must be unique\.$/],
    ['rules: *elsewhere', /^1:1 This is not valid YAML: Unresolved alias/],
    ['rules: !secret []', /^1:8 This is not valid YAML: Unresolved tag: !secret\.$/],
  ])('%j', (text, expected) => {
    const [first, ...others] = problems(text);
    expect(others.filter((each) => !text.includes('\t') || !each.includes('YAML'))).toEqual([]);
    if (typeof expected === 'string') expect(first).toBe(expected);
    else expect(first).toMatch(expected);
  });

  it('is reported together with all the others, in the order of the text', () => {
    expect(problems('rules:\n- name: 5\n  when: { sverity: [] }\n  then: { approvals: x }\ndefaults: 3')).toEqual([
      '2:3 rules[1].name must be text, not 5.',
      '3:11 rules[1].when.sverity is not a known field. Did you mean severity?',
      '4:11 rules[1].then.approvals must be a number, not “x”.',
      '5:1 defaults must be a group of fields, not 3.',
    ]);
  });
});

const settingNames = (): string[] => {
  const { properties } = governanceJsonSchema() as {
    properties: { defaults: { properties: Record<string, unknown> } };
  };
  return ['deny', ...Object.keys(properties.defaults.properties)];
};

describe('what is published', () => {
  const fromRoot = (path: string): URL => new URL(`../../${path}`, import.meta.url);
  const check = async (path: string) =>
    promisify(execFile)(process.execPath, ['scripts/governance.ts', 'check', path], { cwd: fromRoot('') });

  it('is the JSON Schema of this very version (npm run governance -- schema docs/governance.schema.json)', async () => {
    const published: unknown = JSON.parse(await readFile(fromRoot('docs/governance.schema.json'), 'utf8'));
    expect(published).toEqual(JSON.parse(JSON.stringify(governanceJsonSchema())));
  });

  it('is an example that npm run governance -- check puts into plain words', async () => {
    const { stdout } = await check('governance.example.yaml');
    expect(stdout).toContain(
      'Production needs two (line 47)\n   when: in mg:landingzones, critical or high severity\n   then: 2 approvals needed',
    );
    expect(stdout).toContain('no approval for a requester who could decide it themselves');
    expect(stdout).not.toContain('NEVER REACHED');
  });

  it('is a check that names the successor of a recommendation that Microsoft retired', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'exemption-desk-rules-'));
    const file = join(folder, 'rules.yaml');
    const key = 'FDE1C0C9-0fd2-4ecc-87b5-98956cbc1095';
    await writeFile(file, `rules:\n- name: Guests\n  when: { recommendation: [${key}] }\n  then: { deny: No. }\n`);
    const { stdout } = await check(file).finally(() => rm(folder, { recursive: true }));
    expect(stdout).toContain('RETIRED: Microsoft retired “Guest accounts with read permissions');
    expect(stdout).toContain('422107c6-5b9a-46a6-bb1d-26ef1cc52d65');
  });

  it('is a check that fails with the place of the mistake', async () => {
    await expect(check('package.json')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'package.json:2:3 name is not a known field. Known fields: defaults, ceiling, productionTags, ownerTags, reasons, rules.',
      ) as string,
    });
    await expect(check('no-such-file.yaml')).rejects.toMatchObject({ code: 2 });
  });

  it('is a page whose examples are right', async () => {
    const page = await readFile(fromRoot('docs/governance.md'), 'utf8');
    const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text ?? '');
    expect(examples.length).toBeGreaterThan(5);
    for (const text of examples) expect(problems(text)).toEqual([]);
    for (const field of settingNames()) expect(page).toContain(`\n### ${field}\n`);
  });
});
