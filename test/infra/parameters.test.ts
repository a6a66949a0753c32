import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { bicepFile } from './bicep-file.ts';

const main = bicepFile('main.bicep');
const parametersFile = readFileSync('infra/main.bicepparam', 'utf8');

/** By name: what the file sets, and what it shows how to set. */
const set = new Map(
  [...parametersFile.matchAll(/^param (\w+) = (.+)$/gm)].map(([, name = '', value = '']) => [name, value]),
);
const shown = [...parametersFile.matchAll(/^\/\/ param (\w+) = .+$/gm)].map(([, name = '']) => name);

const smallest = {
  MICROSOFT_APP_ID: '22222222-2222-4222-8222-222222222222',
  MICROSOFT_APP_TYPE: 'UserAssignedMSI',
  MICROSOFT_APP_TENANT_ID: '72f988aa-0000-4000-8000-0000000000aa',
  DATABASE_URL: 'postgres://desk@127.0.0.1:5432/desk',
};

const pages = [
  'README.md',
  ...readdirSync('docs', { encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const texts = pages.map((page) => readFileSync(page, 'utf8'));
/** Lines of all pages that deploy a template, or say what a deployment would do. */
const deployments = texts.flatMap((text) =>
  [...text.matchAll(/^\s*(az deployment (?:group|mg) (?:create|what-if) .+)$/gm)].map(([, command = '']) =>
    command.replace(/\s+#.*$/, ''),
  ),
);

describe('infra/main.bicepparam', () => {
  it('is for main.bicep, and names each of its parameters once', () => {
    expect(parametersFile).toMatch(/^using 'main\.bicep'$/m);
    expect([...set.keys(), ...shown].toSorted()).toEqual([...main.parameters.keys()].toSorted());
  });

  it('sets as it comes only what any organisation would look at: its time zone, and who owns the tables', () => {
    expect([...set]).toEqual([
      ['timeZone', "'Europe/Berlin'"],
      ['databaseAdministrators', expect.stringContaining('00000000-0000-0000-0000-000000000000')],
    ]);
  });

  it('holds no secret: of the one that there may be it names the place', () => {
    expect(parametersFile.replaceAll(/^\/\/ (?!param).*$/gm, '')).not.toMatch(/password|secret(?!s\/)|token(?!Uri)/i);
    expect(main.code).toContain('@Microsoft.KeyVault(SecretUri=${metricsTokenUri})');
  });
});

describe('a deployment of main.bicep', () => {
  it('takes the parameters file in every command of every page, and nothing else, so that no setting falls back to its default', () => {
    const ofMain = deployments.filter((command) => command.includes('infra/ours.'));

    expect(ofMain.length).toBeGreaterThan(3);
    for (const command of ofMain)
      expect(command).toMatch(
        /^az deployment group (?:create|what-if) +--resource-group \$GROUP --name main --parameters infra\/ours\.bicepparam$/,
      );
  });

  it('is the only way in which a page sets a setting of the app', () => {
    expect(texts.filter((text) => /config appsettings (?:set|delete)/.test(text))).toEqual([]);
  });

  it('leads to the restored database server once that is named, which has the days of backup that the page says', () => {
    const backup = readFileSync('docs/backup.md', 'utf8');
    const [, parameter = ''] = /`param (\w+) = '/.exec(backup) ?? [];
    const [, days = ''] = /(\d+) if\s+\[install\.md\]/.exec(backup) ?? [];

    expect(parameter).toBe('databaseServer');
    expect(main.code).toContain(`serverName: empty(${parameter}) ? uniqueName : ${parameter}`);
    expect(main.code).toContain('@${database.outputs.host}:');
    expect(bicepFile('modules/database.bicep').code).toContain(`backupRetentionDays: ${days}\n`);
  });

  it('gives unset settings the defaults of the product, within its limits', () => {
    const { code } = main;
    const { timeZone, partialRights, sweepMinutes, alertsAtOnce, readOnly, logLevel } = readConfig(smallest);

    for (const [name, value] of Object.entries({ timeZone, partialRights, logLevel }))
      expect(code).toContain(`param ${name} string = '${value}'`);
    expect(code).toContain(`param readOnly bool = ${readOnly}`);
    for (const [name, variable, value] of [
      ['sweepMinutes', 'SWEEP_MINUTES', sweepMinutes],
      ['alertsAtOnce', 'ALERTS_AT_ONCE', alertsAtOnce],
    ] as const) {
      const [, least, most] =
        new RegExp(`@minValue\\((\\d+)\\)\n@maxValue\\((\\d+)\\)\nparam ${name} int = ${value}\n`).exec(code) ?? [];
      for (const within of [least, most])
        expect(() => readConfig({ ...smallest, [variable]: within ?? 'none' })).not.toThrow();
      for (const beyond of [Number(least) - 1, Number(most) + 1])
        expect(() => readConfig({ ...smallest, [variable]: String(beyond) })).toThrow(variable);
    }
  });

  it('opens no page of metrics with a reference that Key Vault did not answer, for many may read that', () => {
    const tokenOf = (token: string) => readConfig({ ...smallest, METRICS_TOKEN: token }).metricsToken;

    expect(tokenOf('@Microsoft.KeyVault(SecretUri=https://vault.vault.azure.net/secrets/metrics)')).toBeUndefined();
    expect(tokenOf('what Key Vault keeps')).toBe('what Key Vault keeps');
  });
});

describe('the steps of docs/install.md', () => {
  it('give the other templates parameters that they know, and all that they need', () => {
    const steps = deployments.flatMap((command) => {
      const [, path, words] = /--template-file infra\/(\S+) --parameters (.+)$/.exec(command) ?? [];
      return path === undefined || words === undefined ? [] : [{ path, words }];
    });

    expect(new Set(steps.map(({ path }) => path))).toEqual(new Set(['role.bicep', 'events.bicep']));
    for (const { path, words } of steps) {
      const { parameters } = bicepFile(path);
      const given = [...words.matchAll(/(\w+)=/g)].map(([, name = '']) => name);

      expect(given.filter((name) => !parameters.has(name))).toEqual([]);
      expect([...parameters].filter(([name, { optional }]) => !optional && !given.includes(name))).toEqual([]);
    }
  });

  it('read the outputs of the deployment that they made, and outputs that there are', () => {
    const install = readFileSync('docs/install.md', 'utf8');
    const read = texts.flatMap((text) => [...text.matchAll(/\$\(output (\w+)\)/g)].map(([, name = '']) => name));

    expect(install).toContain('az deployment group show --resource-group $GROUP --name main ');
    expect(read.length).toBeGreaterThan(4);
    expect(read.filter((name) => !main.outputs.includes(name))).toEqual([]);
  });
});
