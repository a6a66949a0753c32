import { startApp, type App } from '../../src/app.ts';
import { everyAlert } from '../../src/core/alert/subscription.ts';
import { timedSweep } from '../../src/workflow/operate/tick.ts';
import { redirectingHttpClient } from '../../simulator/azure/redirecting-http-client.ts';
import { measured, type Measured } from './measure.ts';
import { answerOrders } from './small-process.ts';

export type SweepOrder =
  | { readonly start: { readonly azureUrl: string; readonly databaseUrl: string } }
  | { readonly mirrorAfterMs: number }
  | { readonly sweep: true };
export type SweepAnswer = {
  readonly measured: Measured;
  readonly known: number;
  /** Alerts that were not posted. */
  readonly unposted: number;
  readonly way: string;
};

const tenantId = '90000000-0000-4000-8000-000000000000';
let app: App | undefined;
let ahead = 0;

/** The app as in production, except for the addresses of Azure and Teams and that nothing happens on its own. */
const start = async (azureUrl: string, databaseUrl: string): Promise<App> => {
  const started = await startApp(
    {
      bot: { appId: tenantId, appType: 'UserAssignedMSI', tenantId, password: undefined },
      allowedPlaces: undefined,
      targetedMessages: false,
      allowGuestsToAsk: false,
      allowedTenants: [tenantId],
      host: '127.0.0.1',
      port: 0,
      database: { url: databaseUrl },
      timeZone: 'Europe/Berlin',
      alertsAtOnce: 5,
      partialRights: 'all-or-nothing',
      delegateGroups: [],
      azureEvents: undefined,
      api: undefined,
      readOnly: false,
      evidenceContainer: undefined,
      metricsToken: undefined,
      sweepMinutes: 5,
      governanceFile: undefined,
      connectionsFile: undefined,
      connectionSecrets: {},
      logLevel: 'warn',
    },
    {
      everyMinute: false,
      now: () => new Date(Date.now() + ahead),
      credential: { getToken: async () => ({ token: 'bot', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) },
      httpClient: redirectingHttpClient({
        'https://management.azure.com': azureUrl,
        'https://graph.microsoft.com': azureUrl,
      }),
      channel: {
        openIdMetadataUrl: azureUrl,
        botToken: 'bot',
        serviceUrlAllowed: (url) => url.startsWith(azureUrl),
        uploadUrlAllowed: () => false,
      },
    },
  );
  const { conversations, subscriptions } = started.desk.database;
  const channelId = '19:bench@thread.tacv2';
  await conversations.remember({
    id: channelId,
    kind: 'channel',
    tenantId,
    serviceUrl: `${azureUrl}/`,
    botId: '28:bench',
    objectId: undefined,
    name: 'bench',
    teamId: '19:team@thread.tacv2',
  });
  await subscriptions.save({
    channelId,
    kind: 'alerts',
    scope: '/providers/Microsoft.Management/managementGroups/contoso',
    filter: everyAlert,
    subscribedBy: { objectId: 'nobody', tenantId, name: 'Nobody' },
    subscribedAt: new Date(),
  });
  return started;
};

/** Keeps so much later what the sweep takes from the mirror. */
const mirror = async ({ desk }: App, afterMs: number): Promise<'done'> => {
  ahead += afterMs;
  for (const part of ['scopes', 'catalogue'] as const)
    await desk.database.mirror.replace(part, '', await desk.mirrorSource.read(part, ''), desk.now());
  return 'done';
};

const sweep = async ({ desk, idle }: App): Promise<SweepAnswer> => {
  let way = '';
  const measurement = await measured(async () => {
    way = await timedSweep(desk);
  });
  // Completes what follows, so that it is not part of the next measurement.
  await idle();
  const { waiting, held } = await desk.database.alerts.health(desk.now());
  return { measured: measurement, known: await desk.database.seen.countInSight(), unposted: waiting + held, way };
};

answerOrders(async (order: SweepOrder): Promise<SweepAnswer | 'done'> => {
  if ('start' in order) {
    app = await start(order.start.azureUrl, order.start.databaseUrl);
    return 'done';
  }
  if (app === undefined) throw new Error('There is no app to sweep with.');
  return 'mirrorAfterMs' in order ? mirror(app, order.mirrorAfterMs) : sweep(app);
});
