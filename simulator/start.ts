import { join } from 'node:path';
import { startApp, type App, type Overrides } from '../src/app.ts';
import type { Config } from '../src/config.ts';
import { redirectingHttpClient } from './azure/redirecting-http-client.ts';
import { languageService } from './azure/kql/language-service.ts';
import { startAzureSimulator, type AzureSimulator } from './azure/server.ts';
import { createClock, type Clock } from './clock.ts';
import { currentVersion, keepWorld, readKeptWorld, type KeptWorld } from './kept-world.ts';
import type { Controls } from './teams/control-routes.ts';
import { startTeamsSimulator, type TeamsSimulator } from './teams/server.ts';
import { prepareDatabase, temporaryDatabase } from './temporary-database.ts';
import { createTenant } from './tenant/create-tenant.ts';
import { keptTenant } from './tenant/kept-tenant.ts';
import { people, tenantId } from './tenant/people.ts';
import type { Tenant } from './tenant/tenant.ts';

export type WorldOptions = {
  /** 0 takes any free port. */
  readonly chatPort?: number;
  readonly botPort?: number;
  readonly azurePort?: number;
  /** PostgreSQL by its URL, or the folder of the embedded engine; thrown away at the end otherwise. */
  readonly database?: Config['database'];
  /** A folder where the whole world is kept, database and Teams and tenant; a later run with the same ports goes on there. */
  readonly keep?: string | undefined;
  readonly clock?: Clock;
  /** Of the app; `warn` by default. */
  readonly logLevel?: Config['logLevel'];
  readonly partialRights?: Config['partialRights'];
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

const databaseFor = async ({ database, keep }: WorldOptions) => {
  const remove = async (): Promise<void> => undefined;
  if (database !== undefined) return { database, remove };
  if (keep !== undefined) {
    await prepareDatabase(keep);
    return { database: { folder: keep }, remove };
  }
  const temporary = await temporaryDatabase();
  return { database: { folder: temporary.folder }, remove: temporary.remove };
};

/** Starts everything on loopback. Moving the clock runs the app's tick before the move is over. */
export const startWorld = async (options: WorldOptions = {}): Promise<World> => {
  const worldFile = options.keep === undefined ? undefined : join(options.keep, 'world.json');
  const kept = worldFile === undefined ? undefined : await readKeptWorld(worldFile);
  const clock = options.clock ?? createClock(Date.now, kept?.aheadInMs);
  const tenant = createTenant({ now: clock.now, kept: kept?.tenant });
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
    kept: kept?.teams,
  });
  // The parser is loaded while the database is being copied.
  const opening = databaseFor(options);
  languageService();
  const { database, remove } = await opening;

  const config: Config = {
    bot: { appId, appType: 'UserAssignedMSI', tenantId, password: undefined },
    allowedTenants: [tenantId],
    host: '127.0.0.1',
    port: options.botPort ?? 0,
    database,
    timeZone: 'Europe/Berlin',
    partialRights: options.partialRights ?? 'all-or-nothing',
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
  if (kept === undefined) await teams.installAll();
  const takeWorld = (): KeptWorld => ({
    version: currentVersion,
    aheadInMs: clock.ahead(),
    tenant: keptTenant(tenant),
    teams: teams.kept(),
  });
  const keeper = worldFile === undefined ? undefined : keepWorld(worldFile, takeWorld);

  return {
    clock,
    tenant,
    azure,
    teams,
    control,
    app: running,
    async restartApp(whileDown) {
      await running().close();
      try {
        await whileDown?.();
      } finally {
        app = await start();
      }
    },
    async close() {
      await running().close();
      await keeper?.stop();
      await teams.close();
      await azure.close();
      await remove();
    },
  };
};
