import { startApp, type App, type Overrides } from '../src/app.ts';
import type { Config } from '../src/config.ts';
import { redirectingHttpClient } from './azure/redirecting-http-client.ts';
import { startAzureSimulator, type AzureSimulator } from './azure/server.ts';
import { createClock, type Clock } from './clock.ts';
import type { Controls } from './teams/control-routes.ts';
import { startTeamsSimulator, type TeamsSimulator } from './teams/server.ts';
import { people, tenantId } from './tenant/people.ts';
import { createTenant } from './tenant/create-tenant.ts';
import type { Tenant } from './tenant/tenant.ts';

export type WorldOptions = {
  /** 0 takes any free port. */
  readonly chatPort?: number;
  readonly botPort?: number;
  readonly azurePort?: number;
  /** PostgreSQL by its URL, or the folder of the embedded engine; in memory otherwise. */
  readonly database?: Config['database'];
  readonly clock?: Clock;
  /** Of the app; `warn` by default. */
  readonly logLevel?: Config['logLevel'];
  /** In the place of the log that `logLevel` makes. */
  readonly log?: Overrides['log'];
  /** How long the app puts up with an Azure that does not answer. */
  readonly patience?: Overrides['patience'];
};

/** Contoso in a box: its Azure, its Teams, and the real app between them. */
export type World = {
  readonly clock: Clock;
  readonly tenant: Tenant;
  readonly azure: AzureSimulator;
  readonly teams: TeamsSimulator;
  /** What happens behind the bot's back, by route: `POST /simulator/portal-exemption`. */
  readonly control: Controls;
  /** The app that runs now; a restart replaces it. */
  app(): App;
  /** Stops the app and starts it anew on the same data; what is to happen in between happens while nobody has the data open. */
  restartApp(whileDown?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
};

const appId = '22222222-2222-4222-8222-222222222222';

/** Starts everything on loopback. Moving the clock runs the app's tick before the move is over. */
export const startWorld = async (options: WorldOptions = {}): Promise<World> => {
  const clock = options.clock ?? createClock();
  const tenant = createTenant({ now: clock.now });
  const azure = await startAzureSimulator({ tenant, clock, port: options.azurePort ?? 0 });
  const control = azure.controls;
  let app: App | undefined;
  const running = (): App => {
    if (app === undefined) throw new Error('The app is not running.');
    return app;
  };
  const teams = await startTeamsSimulator({
    port: options.chatPort ?? 0,
    clock,
    people,
    tenantId,
    botId: appId,
    botName: 'Exemption Desk',
    botEndpoint: () => `${running().url}/api/messages`,
    control,
    requireBotToken: true,
  });

  const config: Config = {
    bot: { appId, appType: 'UserAssignedMSI', tenantId, password: undefined },
    allowedTenants: [tenantId],
    host: '127.0.0.1',
    port: options.botPort ?? 0,
    database: options.database ?? { folder: 'memory://' },
    timeZone: 'Europe/Berlin',
    logLevel: options.logLevel ?? 'warn',
  };
  const start = () =>
    startApp(config, {
      now: clock.now,
      credential: { getToken: async () => ({ token: 'bot', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) },
      httpClient: redirectingHttpClient({
        'https://management.azure.com': azure.url,
        'https://graph.microsoft.com': azure.url,
      }),
      channel: {
        openIdMetadataUrl: teams.openIdMetadataUrl,
        botToken: 'bot',
        serviceUrlAllowed: (url) => url === teams.serviceUrl,
      },
      ...(options.log === undefined ? {} : { log: options.log }),
      ...(options.patience === undefined ? {} : { patience: options.patience }),
    });
  app = await start();
  clock.onMoved(() => running().tick());
  await teams.installAll();

  return {
    clock,
    tenant,
    azure,
    teams,
    control,
    app: running,
    async restartApp(whileDown) {
      await running().close();
      await whileDown?.();
      app = await start();
    },
    async close() {
      await running().close();
      await teams.close();
      await azure.close();
    },
  };
};
