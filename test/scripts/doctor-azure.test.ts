import { tokenOf } from '../../simulator/azure/arm/token.ts';
import { checkRights } from '../../scripts/doctor/check-azure.ts';
import { checkRegistration } from '../../scripts/doctor/check-registration.ts';
import type { Finding } from '../../scripts/doctor/finding.ts';
import { redirectingHttpClient } from '../../simulator/azure/redirecting-http-client.ts';
import { startAzureSimulator, type AzureSimulator } from '../../simulator/azure/server.ts';
import { createClock } from '../../simulator/clock.ts';
import { appId } from '../../simulator/start-app.ts';
import { createTenant } from '../../simulator/tenant/contoso/create-tenant.ts';
import { tenantId } from '../../simulator/tenant/contoso/people.ts';
import { botPrincipal } from '../../simulator/tenant/person.ts';
import { roles } from '../../simulator/tenant/role-definitions.ts';
import type { AzureBot, Tenant } from '../../simulator/tenant/tenant.ts';
import { createAzure } from '../../src/azure/azure.ts';

const clock = createClock(() => Date.parse('2026-03-02T09:00:00Z'));
const said = (findings: readonly Finding[]) => findings.map(({ verdict, seen }) => `${verdict}: ${seen}`);

let tenant: Tenant;
let simulator: AzureSimulator;
const start = async (scale: number): Promise<void> => {
  tenant = createTenant({ now: clock.now, scale });
  simulator = await startAzureSimulator({ tenant, clock, port: 0 });
};
afterEach(() => simulator.close());
const httpClient = () => redirectingHttpClient({ 'https://management.azure.com': simulator.url });

const asBot = { getToken: async () => ({ token: tokenOf(botPrincipal), expiresOnTimestamp: 32503680000000 }) };

describe('the Azure Bot of Exemption Desk, as the doctor finds it', () => {
  let bot: AzureBot;
  beforeEach(async () => {
    await start(1);
    const name = 'exemption-desk';
    const group = tenant.resourceGroups.find((each) => each.name === 'rg-connectivity')!;
    bot = {
      id: `${group.id}/providers/Microsoft.BotService/botServices/${name}`,
      name,
      endpoint: 'https://exemption-desk.contoso.com/api/messages',
      appId,
      appType: 'UserAssignedMSI',
      enabledChannels: ['webchat', 'directline', 'msteams'],
    };
    tenant.azureBots.push(bot);
  });
  const readerOnIt = () =>
    tenant.roleAssignments.push({
      name: '0a551600-0000-4000-8000-000000000099',
      scope: bot.id,
      role: roles.reader,
      principalId: botPrincipal.objectId,
      principalType: 'ServicePrincipal',
    });
  const looked = (appType: AzureBot['appType'] = 'UserAssignedMSI', id = appId) =>
    checkRegistration(asBot, httpClient(), {
      appId: id,
      appType: appType as 'UserAssignedMSI',
      tenantId,
      password: undefined,
    });

  it('is unknown to the usual role of the bot, and the remedy says who can look', async () => {
    const findings = await looked();

    expect(said(findings)).toEqual([`unknown: Azure shows this identity no Azure Bot with the id ${appId}`]);
    expect(findings[0]?.remedy).toMatch(/az bot show .*Reader on it/);
  });

  it('is well where it may be read, calls the bot over https and has Teams', async () => {
    readerOnIt();

    expect(said(await looked())).toEqual([`well: ${bot.endpoint}, UserAssignedMSI, Teams is on`]);
  });

  it('is found however its id is written', async () => {
    readerOnIt();
    tenant.azureBots.splice(0, 1, { ...bot, appId: 'ABCDEFAB-2222-4222-8222-222222222222' });

    expect(said(await looked('UserAssignedMSI', 'abcdefab-2222-4222-8222-222222222222'))).toEqual([
      expect.stringContaining('well: '),
    ]);
  });

  it('is not taken for another bot', async () => {
    readerOnIt();

    expect(said(await looked('UserAssignedMSI', tenantId))).toEqual([expect.stringContaining('unknown')]);
  });

  it.each([
    'http://exemption-desk.contoso.com/api/messages',
    'https://exemption-desk.contoso.com/',
    'https://exemption-desk.contoso.com/api/messages/v2',
    'exemption-desk.contoso.com/api/messages',
  ])('is wrong where it calls %s', async (endpoint) => {
    readerOnIt();
    tenant.azureBots.splice(0, 1, { ...bot, endpoint });

    const findings = await looked();
    expect(said(findings)).toEqual([`wrong: the endpoint is ${endpoint}`]);
    expect(findings[0]?.remedy).toContain(bot.id);
  });

  it('is wrong where it has no endpoint, another type and no Teams, each in a line of its own', async () => {
    readerOnIt();
    tenant.azureBots.splice(0, 1, { ...bot, endpoint: '', appType: 'MultiTenant', enabledChannels: ['webchat'] });

    expect(said(await looked('SingleTenant'))).toEqual([
      'wrong: the endpoint is empty',
      'wrong: its type is MultiTenant, and MICROSOFT_APP_TYPE is SingleTenant',
      'wrong: Teams is not among its channels: webchat',
    ]);
  });
});

describe('the rights of the role in a tenant with many subscriptions', () => {
  it('are said to be held only where they were asked for', async () => {
    await start(8);
    const azure = createAzure({ credential: asBot, httpClient: httpClient(), now: clock.now });

    expect(said(await checkRights(azure, ['Microsoft.Authorization/policyExemptions/write']))).toEqual([
      'well: held at 50 of 50 scopes checked; 15 more were not checked',
    ]);
  });
});
