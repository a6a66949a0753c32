import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAzureSimulator, type AzureSimulator } from '../../simulator/azure/server.ts';
import { createClock } from '../../simulator/clock.ts';
import { createTenant } from '../../simulator/tenant/contoso/create-tenant.ts';
import type { Tenant } from '../../simulator/tenant/tenant.ts';
import { runScript } from './run-script.ts';

describe('npm run contract and npm run doctor, pointed at the simulated Azure', () => {
  let tenant: Tenant;
  let simulator: AzureSimulator;
  let folder: string;

  beforeAll(async () => {
    const clock = createClock();
    tenant = createTenant({ now: () => clock.now() });
    simulator = await startAzureSimulator({ tenant, clock, port: 0 });
    folder = mkdtempSync(join(tmpdir(), 'against-'));
  });
  afterAll(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  const contract = async (...words: string[]) => {
    const file = join(folder, 'report.md');
    const { code, said } = await runScript('contract', ['--out', file, ...words], {});
    return { code, said, report: () => readFileSync(file, 'utf8') };
  };

  it('asks every question there, and finds what an assignment pins', async () => {
    const [first, ...others] = tenant.policyAssignments;
    tenant.policyAssignments.splice(0, others.length + 1, { ...first!, definitionVersion: '1.3.*' }, ...others);
    const { code, said, report } = await contract('--simulator', simulator.url);

    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining(' 0 differ.') as string });
    expect(report()).toMatch(/an assignment names the version of its initiative[^\n]*1 of 1/);
  }, 120_000);

  it('goes nowhere else', async () => {
    for (const address of ['https://management.azure.com', 'http://10.0.0.1:3980', 'x'])
      expect(await contract('--simulator', address)).toMatchObject({
        code: 2,
        said: expect.stringContaining('npm run simulator:azure') as string,
      });
  }, 120_000);

  it('lets the doctor look at the permissions of the bot there', async () => {
    const { said } = await runScript('doctor', ['--simulator', simulator.url], {
      MICROSOFT_APP_ID: '22222222-2222-4222-8222-222222222222',
      MICROSOFT_APP_TYPE: 'UserAssignedMSI',
      MICROSOFT_APP_TENANT_ID: '72f988aa-0000-4000-8000-0000000000aa',
      ALLOW_EMBEDDED_DATABASE: 'true',
      DATA_DIR: join(folder, 'data'),
    });
    expect(said).toMatch(/^ok {7}Resource Graph: /m);
    expect(said).toMatch(/^ok {7}Permission/m);
    expect(said).not.toMatch(/^(unknown|WRONG) +Permission/m);
    expect(said).toContain('Nothing stands in for https://login.botframework.com');
  }, 120_000);
});
