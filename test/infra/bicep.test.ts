import { existsSync, readFileSync } from 'node:fs';
import { apiRoutes } from '../../src/api/api-routes.ts';
import { draftBody } from '../../src/api/resources/draft-shape.ts';
import { readConfig, variableNames } from '../../src/config.ts';
import { bicepFile, bicepFiles, blockOf, namesIn } from './bicep-file.ts';

const role = JSON.parse(readFileSync('infra/exemption-desk-role.json', 'utf8')) as Record<string, unknown>;
const server = readFileSync('src/server/server.ts', 'utf8');
const appFile = readFileSync('src/app.ts', 'utf8');

const occurrences = (text: string, word: string): number => text.match(new RegExp(`\\b${word}\\b`, 'g'))?.length ?? 0;

describe.each(bicepFiles.map((file) => [file.path, file] as const))('infra/%s', (_path, file) => {
  it('closes what it opens', () => {
    const stripped = file.code.replaceAll(/'(?:[^'\\]|\\.)*'/g, '');

    expect(stripped).not.toContain("'");
    for (const [open, close] of [
      ['{', '}'],
      ['[', ']'],
      ['(', ')'],
    ] as const)
      expect({ open, times: stripped.split(open).length }).toEqual({ open, times: stripped.split(close).length });
  });

  it('uses every parameter and every variable that it names', () => {
    const named = [...file.code.matchAll(/^(?:param|var) (\w+)/gm)].map(([, name = '']) => name);
    const unused = named.filter((name) => occurrences(file.code, name) < 2);

    expect(unused).toEqual([]);
  });

  it('gives each module what that wants, and nothing that it does not know', () => {
    for (const { path, given } of file.modules) {
      const { parameters } = bicepFile(path);
      const wanted = [...parameters].filter(([, { optional }]) => !optional).map(([name]) => name);

      expect(given.filter((name) => !parameters.has(name))).toEqual([]);
      expect(wanted.filter((name) => !given.includes(name))).toEqual([]);
    }
  });

  it('reads only outputs that there are', () => {
    const read = [...file.code.matchAll(/\b(\w+)\.outputs\.(\w+)/g)];
    const missing = read.filter(([, symbol, output = '']) => {
      const module = file.modules.find((candidate) => candidate.symbol === symbol);
      return module === undefined || !bicepFile(module.path).outputs.includes(output);
    });

    expect(missing.map(([text]) => text)).toEqual([]);
  });

  it('holds no secret and asks for none', () => {
    expect(file.code.replace('allowSharedKeyAccess: false', '')).not.toMatch(
      /@secure|listKeys|listSecrets|sharedKey|accountKey|connectionString/i,
    );
    expect(file.code).not.toMatch(/:\/\/[^/'\s]*:[^/'\s]*@/);
    const harmless = file.code.replace("passwordAuth: 'Disabled'", '').replace('KeyVault(SecretUri=$', '');
    expect(harmless).not.toMatch(/password|secret(?!s)/i);
  });

  it('says in its first line what it is for', () => {
    expect(file.text).toMatch(/^\/\/ \w/);
  });
});

describe('the app in Azure', () => {
  const settings = namesIn(blockOf(bicepFile('main.bicep').code, 'settings'));

  it('gets every setting that the product knows, but for those that have no place there', () => {
    const withoutPlace = {
      MICROSOFT_APP_PASSWORD: 'a managed identity has none',
      HOST: 'the default is right in a container',
      PORT: 'App Service says which',
      ALLOW_EMBEDDED_DATABASE: 'there is PostgreSQL',
      DATA_DIR: 'there is PostgreSQL',
      AZURE_CLOUD: 'there is one cloud only',
      AZURE_AUTHORITY_HOST: 'there is one cloud only',
    };

    expect([...settings, ...Object.keys(withoutPlace)].toSorted()).toEqual(variableNames.toSorted());
  });

  it('gets enough of them to start, without a secret', () => {
    const samples: Readonly<Record<string, string>> = {
      MICROSOFT_APP_ID: '22222222-2222-4222-8222-222222222222',
      MICROSOFT_APP_TYPE: 'UserAssignedMSI',
      MICROSOFT_APP_TENANT_ID: '72f988aa-0000-4000-8000-0000000000aa',
      DATABASE_URL:
        'postgres://exemption-desk@desk.postgres.database.azure.com:5432/exemption_desk?sslmode=verify-full',
      DATABASE_AUTH: 'entra',
      TIME_ZONE: 'UTC',
      PARTIAL_RIGHTS: 'all-or-nothing',
    };
    const config = readConfig(Object.fromEntries(settings.map((name) => [name, samples[name] ?? ''])));

    expect(config).toMatchObject({ database: { auth: 'entra' }, bot: { password: undefined } });
    for (const name of ['MICROSOFT_APP_TYPE', 'DATABASE_AUTH'])
      expect(bicepFile('main.bicep').code).toContain(`${name}: '${samples[name]}'`);
  });

  it('starts as the product starts, by HTTPS only, always on, and is asked whether it is ready', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
    const { code } = bicepFile('modules/app.bicep');

    for (const line of [
      `appCommandLine: '${scripts.start}'`,
      'httpsOnly: true',
      'alwaysOn: true',
      "ftpsState: 'Disabled'",
      "healthCheckPath: '/readyz'",
    ])
      expect(code).toContain(line);
  });

  it('is called where it listens', () => {
    const called = bicepFiles.flatMap(({ code }) =>
      [...code.matchAll(/(?:https:\/\/\$\{host\}|healthCheckPath: ')(\/[\w/-]+)'/g)].map(([, path = '']) => path),
    );

    expect(called.toSorted()).toEqual(['/api/azure-events', '/api/messages', '/api/v1/drafts', '/readyz', '/readyz']);
    const ofApi = apiRoutes.map(({ path }) => `'/api/v1${path}'`).join(' ');
    expect(called.filter((path) => !`${server}${appFile}${ofApi}`.includes(`'${path}'`))).toEqual([]);
  });

  it('has a database that knows no passwords, and a bot without a secret', () => {
    expect(bicepFile('modules/database.bicep').code).toContain("passwordAuth: 'Disabled'");
    expect(bicepFile('modules/database.bicep').code).toContain("activeDirectoryAuth: 'Enabled'");
    expect(bicepFile('modules/bot.bicep').code).toContain("msaAppType: 'UserAssignedMSI'");
  });
});

describe('the role in Azure', () => {
  const { code } = bicepFile('role.bicep');

  it('is the one that is documented and tested, loaded and not copied', () => {
    const [, file = ''] = /loadJsonContent\('([^']+)'\)/.exec(code) ?? [];
    const members = [...code.matchAll(/\brole\.([A-Z]\w*)/g)].map(([, member = '']) => member);

    expect(existsSync(`infra/${file}`)).toBe(true);
    expect(file).toBe('exemption-desk-role.json');
    expect(new Set(members)).toEqual(new Set(['Name', 'Description', 'Actions', 'NotActions']));
    expect(members.filter((member) => !(member in role))).toEqual([]);
    expect(code).not.toMatch(/Microsoft\.(?!Authorization\/role(Definitions|Assignments)@)/);
  });

  it('can be created at a second top group under another name, because names are unique in a tenant', () => {
    expect(bicepFile('role.bicep').parameters.get('roleSuffix')).toEqual({ optional: true });
    expect(code).toContain("var roleName = empty(roleSuffix) ? role.Name : '${role.Name} (${roleSuffix})'");
    expect(code).toMatch(/\broleName: roleName\n/);
    // The id must differ from group to group and stay the same when the name changes.
    expect(code).toContain('name: guid(managementGroup().id, role.Name)\n');
    expect(code).toMatch(/assignableScopes: \[\s*managementGroup\(\)\.id\s*\]/);
  });

  it('is given at a management group, to the identity of the bot', () => {
    expect(code).toContain("targetScope = 'managementGroup'");
    expect(code).toContain('principalId: botObjectId');
  });
});

describe('the trigger of the portal', () => {
  const { code } = bicepFile('portal-trigger.bicep');

  it('has the name for which Defender for Cloud looks, and asks for a token of the API', () => {
    const triggers = namesIn(blockOf(code, 'triggers'));

    expect(triggers).toEqual(['When_a_Microsoft_Defender_for_Cloud_recommendation_is_created_or_triggered']);
    expect(code).toContain("audience: 'api://${audience}'");
    expect(code).toContain("'Idempotency-Key': '@{workflow().run.name}'");
  });

  it('posts what the API takes', () => {
    const posted = namesIn(blockOf(blockOf(code, 'Draft_an_exemption'), 'body'));

    expect(draftBody.safeParse({ recommendation: crypto.randomUUID(), scopes: ['/subscriptions/s'] }).success).toBe(
      true,
    );
    expect(posted).toEqual(['recommendation', 'scopes']);
  });
});
