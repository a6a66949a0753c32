import {
  deleteExemptions,
  exemptFromAssignment,
  readAssessments,
  writeExemptions,
} from '../../../src/core/access/access.ts';
import { conditionsHold, whyNotTrue } from '../../../src/core/access/condition.ts';
import { deepestCondition, longestCondition, readCondition } from '../../../src/core/access/read-condition.ts';
import type { Truth } from '../../../src/core/access/truth.ts';
import { portalTemplates } from './sample-conditions.ts';

const ours = [writeExemptions, deleteExemptions, exemptFromAssignment, readAssessments];
const said = (text: string, action = writeExemptions, version?: string | null): Truth =>
  conditionsHold([readCondition(text, version)], action);
const why = (text: string, version?: string): string => whyNotTrue([readCondition(text, version)], writeExemptions);

const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';
const request = `@Request[${blobs}:versionId]`;

describe('the conditions that the portal writes', () => {
  it.each(Object.entries(portalTemplates))('“%s” lets through all that exemptions need', (_name, template) => {
    for (const action of ours) expect([action, said(template, action, '2.0')]).toEqual([action, true]);
    expect(said(template, 'Microsoft.Authorization/roleAssignments/write')).toBe('unknown');
    expect(said(template.replaceAll(/\s+/g, ' '))).toBe(true);
  });
});

describe('the grammar of conditions', () => {
  it.each<[string, Truth]>([
    ["ActionMatches{'Microsoft.Authorization/policyExemptions/write'}", true],
    ["ActionMatches{'microsoft.authorization/POLICYEXEMPTIONS/*'}", true],
    ["ActionMatches { '*' }", true],
    ["ActionMatches{'Microsoft.Authorization/roleAssignments/*'}", false],
    ["!ActionMatches{'*'}", false],
    ["NOT ActionMatches{'Microsoft.Storage/*'}", true],
    ["! ! ActionMatches{'*'}", true],
    [`!(ActionMatches{'${blobs}/read'} AND NOT SubOperationMatches{'Blob.List'})`, true],
    ["SubOperationMatches{'Blob.List'}", 'unknown'],
    [`Exists ${request}`, 'unknown'],
    [`NOT Exists ${request}`, 'unknown'],
    [`${request} DateTimeEquals '2022-06-01T00:00:00.0Z' OR NOT Exists ${request}`, 'unknown'],
    [`ActionMatches{'*'} || ${request} DateTimeEquals '2022-06-01T00:00:00.0Z'`, true],
    [`ActionMatches{'Microsoft.Storage/*'} && ${request} DateTimeEquals '2022-06-01T00:00:00.0Z'`, false],
    [`ActionMatches{'*'} AND ${request} DateTimeEquals '2022-06-01T00:00:00.0Z'`, 'unknown'],
    ["(ActionMatches{'*'} AND ActionMatches{'*'}) OR ActionMatches{'Microsoft.Storage/*'}", true],
    ["ActionMatches{'*'} and ActionMatches{'*'} AND ActionMatches{'*'}", true],
    ["@Environment[UtcNow] DateTimeGreaterThan '2026-01-01T00:00:00.0Z'", 'unknown'],
    ['@Environment[isPrivateLink] BoolEquals true', 'unknown'],
    ['@Resource[Microsoft.Storage/storageAccounts:isHnsEnabled] BoolNotEquals false', 'unknown'],
    [`@Resource[${blobs}/tags:Project<$key_case_sensitive$>] StringNotLikeIgnoreCase 'a\\*c'`, 'unknown'],
    [
      `@Request[${blobs}/tags&$values$&:Project] ForAllOfAnyValues:StringEquals {'Cascade', 'Baker', 'Skagit'}`,
      'unknown',
    ],
    ['@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:A_B] StringEquals @Resource[a/b:c]', 'unknown'],
    ["{'red', 'blue'} ForAnyOfAnyValues:StringEquals {'blue', 'green'}", 'unknown'],
    ['{10, 20} ForAllOfAllValues:NumericLessThanEquals {-5, 15}', 'unknown'],
    ["@Request[a:b] ForAnyOfAllValues:GuidNotEquals {8e3af657-a8ff-443c-a75c-2fe8c4bcb635, 'x'}", 'unknown'],
  ])('%s', (text, expected) => {
    expect(readCondition(text).kind).toBe('read');
    expect(said(text)).toBe(expected);
  });

  it.each([
    ['nothing', ' '],
    ['an unknown function', "PrincipalMatches{'*'} OR ActionMatches{'*'}"],
    ['an unknown operator', "@Resource[a:b] StringSoundsLike 'x' OR ActionMatches{'*'}"],
    ['an unknown source', "@Tenant[a:b] StringEquals 'x' OR ActionMatches{'*'}"],
    ['an attribute without its @', "Resource[name1] StringLike 'a*c?' OR ActionMatches{'*'}"],
    ['an open parenthesis', "(ActionMatches{'*'}"],
    ['a closed parenthesis too many', "ActionMatches{'*'})"],
    ['an open text', "ActionMatches{'*}"],
    ['a text that ends in a backslash', "ActionMatches{'*'} OR @Resource[a:b] StringEquals 'x\\' OR ActionMatches{'y'"],
    ['two patterns', "ActionMatches{'*', 'a'}"],
    ['no pattern', 'ActionMatches{}'],
    ['two expressions without an operator', "ActionMatches{'*'} ActionMatches{'*'}"],
    ['an operator without a second expression', "ActionMatches{'*'} OR"],
    ['an empty set', "ActionMatches{'*'} OR @Resource[a:b] ForAnyOfAnyValues:StringEquals {}"],
    ['a word for a value', "ActionMatches{'*'} OR @Resource[a:b] StringEquals x"],
  ])('does not know %s', (_story, text) => {
    expect(said(text)).toBe('unknown');
    expect(why(text)).toBe('Exemption Desk cannot evaluate (it is not written as Microsoft documents conditions)');
  });

  it('does not guess where AND and OR stand together without parentheses', () => {
    const text = "ActionMatches{'*'} OR ActionMatches{'*'} AND ActionMatches{'*'}";
    expect(said(text)).toBe('unknown');
    expect(why(text)).toContain('it mixes AND and OR without parentheses');
  });

  it.each([
    ['2.0', true],
    [null, true],
    ['', true],
    ['1.0', 'unknown'],
    ['3.0', 'unknown'],
  ] as const)('knows version %s: %s', (version, expected) => {
    expect(said("ActionMatches{'*'}", writeExemptions, version)).toBe(expected);
  });
});

describe('why a condition is not true', () => {
  it.each([
    ['does not cover this', "ActionMatches{'Microsoft.Storage/*'}"],
    [
      'Exemption Desk cannot evaluate (it depends on attributes of the person)',
      "!(ActionMatches{'*'}) OR @Principal[a:b] StringEquals 'x'",
    ],
    [
      'Exemption Desk cannot evaluate (it depends on attributes of the request and the time or the network)',
      "@Request[a:b] StringEquals 'x' AND (@Environment[UtcNow] DateTimeLessThan '2026-01-01T00:00:00.0Z')",
    ],
  ])('it %s', (expected, text) => {
    expect(why(text)).toBe(expected);
  });

  it('names the version, the length and the depth', () => {
    expect(why("ActionMatches{'*'}", '1.0')).toContain('its version is not 2.0');
    expect(why(`${' '.repeat(longestCondition)}ActionMatches{'*'}`)).toContain('it is too long');
    expect(why(`${'('.repeat(deepestCondition + 1)}ActionMatches{'*'}${')'.repeat(deepestCondition + 1)}`)).toContain(
      'it is nested too deeply',
    );
  });
});

describe('a permission that is asked about with *', () => {
  it.each<[string, Truth]>([
    ["ActionMatches{'*'}", true],
    ["ActionMatches{'Microsoft.Storage/*'}", false],
    ["!(ActionMatches{'Microsoft.PolicyInsights/policyStates/read'})", 'unknown'],
  ])('%s', (text, expected) => {
    expect(said(text, 'Microsoft.PolicyInsights/*/read')).toBe(expected);
  });
});
