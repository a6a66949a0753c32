import fc from 'fast-check';
import { portalLinksIn, type PortalTarget } from '../../../src/core/tenant/portal-link.ts';

const key = '1c5de8e1-f68d-6a17-e0d2-ec259c42768c';
const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
const group = `${subscription}/resourceGroups/rg-shop`;
const account = `${group}/providers/Microsoft.Storage/storageAccounts/stshop`;
const exemption = `${account}/providers/Microsoft.Authorization/policyExemptions/old uploader`;
const assignment = `${subscription}/providers/Microsoft.Authorization/policyAssignments/SecurityCenterBuiltIn`;
const managed = '/providers/Microsoft.Management/managementGroups/contoso';
const written = encodeURIComponent;
const security = 'Microsoft_Azure_Security';
const filters = written(JSON.stringify([{ key: 'assessmentKey', values: [key] }]));

const theOne: PortalTarget = { kind: 'recommendation', key, resource: undefined };
const there: PortalTarget = { ...theOne, resource: account };

const shapes: readonly (readonly [string, PortalTarget])[] = [
  [`https://portal.azure.com/#blade/${security}/RecommendationsBlade/assessmentKey/${key}`, theOne],
  [`https://portal.azure.com/#blade/${security}/RecommendationsBlade/assessmentKey/${key.toUpperCase()}`, theOne],
  [
    `portal.azure.com/#blade/${security}/RecommendationsBlade/assessmentKey/${key}/resourceId/${written(account)}`,
    there,
  ],
  [`portal.azure.com/#blade/${security}/RecommendationsBlade/assessmentKey/${key}/resourceId/${account}`, there],
  [`https://www.portal.azure.com/?fea#blade/${security}/RecommendationsBlade/assessmentKey/${key}`, theOne],
  [
    `https://ms.portal.azure.com/?feature.x=true#view/${security}/GenericRecommendationDetailsBlade/assessmentKey/${key}/showSecurityCenterCommandBar~/false`,
    theOne,
  ],
  [
    `https://preview.portal.azure.com/#view/${security}/ApiOnboardingRecommendationDetailsBlade/AssessmentKey/${key}`,
    theOne,
  ],
  [`https://portal.azure.com/#view/${security}/Recommendations.ReactView/filters~/${filters}`, theOne],
  [`https://portal.azure.com/#@contoso.com/resource${account}`, { kind: 'scope', id: account }],
  [`https://portal.azure.com/#@contoso.com/resource${account}/overview`, { kind: 'scope', id: account }],
  [`https://portal.azure.com/#resource${group}/users`, { kind: 'scope', id: group }],
  [`https://portal.azure.com/#@contoso.com/resource${subscription}/overview`, { kind: 'scope', id: subscription }],
  [
    `https://portal.azure.com/#@contoso.com/blade/Microsoft_Azure_Storage/Blade/overview/id/${written(account)}`,
    { kind: 'scope', id: account },
  ],
  [
    `https://portal.azure.com/#view/Microsoft_Azure_ManagementGroups/Menu/~/overview/id/${written(managed)}`,
    { kind: 'scope', id: managed },
  ],
  [`https://portal.azure.com/#@contoso.com/resource${account}/providers/Microsoft.Security/assessments/${key}`, there],
  [
    `https://portal.azure.com/#view/Microsoft_Azure_Policy/ExemptionDetail/id/${written(exemption)}`,
    { kind: 'exemption', id: exemption },
  ],
  [`https://portal.azure.com/#resource${exemption.replace(' ', '%20')}`, { kind: 'exemption', id: exemption }],
  [
    `https://portal.azure.com/#view/Microsoft_Azure_Policy/AssignmentDetail.ReactView/id/${written(assignment)}/scopes~/${written('["/x"]')}`,
    { kind: 'assignment', id: assignment },
  ],
  ['https://portal.azure.com/#view/Microsoft_Azure_Policy/PolicyMenuBlade/~/Exemptions', { kind: 'nothing' }],
  [`https://portal.azure.com/#view/${security}/SecurityMenuBlade/~/5`, { kind: 'nothing' }],
  [
    `https://portal.azure.com/#view/Microsoft_Azure_Policy/PolicyDetailBlade/definitionId/${written(`/providers/Microsoft.Authorization/policyDefinitions/${key}`)}`,
    { kind: 'nothing' },
  ],
  ['https://portal.azure.com/', { kind: 'nothing' }],
];

describe('an address of the Azure portal', () => {
  it.each(shapes)('names what it opens: %s', (url, target) => {
    expect(portalLinksIn(url).map((link) => link.target)).toEqual([target]);
  });

  it.each([
    ['please exempt URL.', 'please exempt URL.'],
    ['what is this (URL)?', 'what is this (URL)?'],
    ['<URL>, thanks', 'URL, thanks'],
    ['see <URL|this one>!', 'see URL!'],
    ['[the recommendation](URL) please', 'URL please'],
    ['“URL”', '“URL”'],
  ])('is found among words: %s', (line, plain) => {
    const url = shapes[2]![0].replace('portal', 'https://portal');
    const [link, ...others] = portalLinksIn(line.replace('URL', url));
    expect(others).toEqual([]);
    expect(link).toMatchObject({ target: there, said: url });
    expect(`${link!.before}${link!.said}${link!.after}`).toBe(plain.replace('URL', url));
  });

  it.each([
    `https://portal.azure.com.evil.example/#resource${account}`,
    `https://portal.azure.com@evil.example/#resource${account}`,
    `https://evil.example/portal.azure.com/#resource${account}`,
    `https://evil.example/?to=https://portal.azure.com/#resource${account}`,
    `https://evil-portal.azure.com/#resource${account}`,
    `https://x.portal.azure.com/#resource${account}`,
    `https://portal.azure.com:8443/#resource${account}`,
    `https://security.microsoft.com/#resource${account}`,
    `javascript://portal.azure.com/#resource${account}`,
    'portal.azure.com',
    account,
  ])('is none, whatever it looks like: %s', (line) => {
    expect(portalLinksIn(line)).toEqual([]);
  });

  it('says which directory and which cloud it belongs to', () => {
    const of = (url: string) => portalLinksIn(url)[0];
    expect(of(`https://portal.azure.com/#@Contoso.com/resource${account}`)).toMatchObject({
      directory: 'contoso.com',
      isOtherCloud: false,
    });
    expect(of(`https://portal.azure.us/#resource${account}`)).toMatchObject({
      directory: undefined,
      isOtherCloud: true,
    });
    expect(of(`https://portal.azure.cn/#resource${account}`)?.isOtherCloud).toBe(true);
  });

  it.each([
    '%',
    '%zz',
    '%00',
    '%22',
    '..',
    '.',
    '%5C',
    '%0A',
    'a'.repeat(2000),
    '%252e%252e',
    '“x”',
    'x/providers',
    'x/providers/Microsoft.Sql/servers',
  ])('names nothing where a part of an id is %j', (part) => {
    const url = `https://portal.azure.com/#resource${group}/providers/Microsoft.Storage/storageAccounts/${part}`;
    expect(portalLinksIn(url).map(({ target }) => target)).toEqual([{ kind: 'nothing' }]);
  });

  it('never throws, and names only ids that are safe in a line', () => {
    const piece = fc.constantFrom(
      ...['#', '/', '%2f', '%', '@', '~', '"', ' ', '[', ']', '(', ')', '<', '>', '|', '?', '&', '\\', '\u0000', '%22'],
      ...[
        'blade',
        'view',
        'resource',
        'id',
        'resourceId',
        'assessmentKey',
        'filters~',
        key,
        filters,
        account,
        exemption,
      ],
      ...[assignment, managed, written(account), written(exemption), 'https://', 'portal.azure.com/', 'subscriptions'],
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 14 }),
        (parts) => {
          for (const start of ['', 'https://portal.azure.com/#'])
            for (const { target, said, before, after } of portalLinksIn(`${start}${parts.join('')}`)) {
              expect(`${before}${said}${after}`).toContain(said);
              const ids = [target].flatMap((each) =>
                'id' in each ? [each.id] : each.kind === 'recommendation' ? [each.resource ?? subscription] : [],
              );
              for (const id of ids) expect(id).toMatch(/^\/(subscriptions|providers)\/[^"“”„«»\\%?#<>\p{Cc}]+$/iu);
            }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads a long line of nothing in no time', () => {
    const started = performance.now();
    portalLinksIn('[portal.azure.com/#'.repeat(20_000));
    portalLinksIn(`https://portal.azure.com/#${'/subscriptions'.repeat(20_000)}`);
    portalLinksIn(`https://portal.azure.com/#x${')'.repeat(100_000)}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
