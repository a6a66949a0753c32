import { join } from 'node:path';
import type { App, Overrides } from '../src/app.ts';
import type { Config } from '../src/config.ts';
import { startAzureSimulator, type AzureSimulator } from './azure/server.ts';
import { createClock, type Clock } from './clock.ts';
import { createEntra, type Entra } from './entra/entra.ts';
import { currentVersion, keepWorld, readKeptWorld, type KeptWorld } from './kept-world.ts';
import { appId, startAppIn, unhurried } from './start-app.ts';
import type { Controls } from './teams/control-routes.ts';
import { startTeamsSimulator, type TeamsSimulator } from './teams/server.ts';
import { prepareDatabase, temporaryDatabase } from './temporary-database.ts';
import { nameOfTenant, openTenant, type TenantWish } from './tenant/open-tenant.ts';
import { keptTenant } from './tenant/kept-tenant.ts';
import type { Tenant } from './tenant/tenant.ts';

export type WorldOptions = TenantWish & {
  /** 0 takes any free port. */
  readonly chatPort?: number;
  readonly botPort?: number;
  readonly azurePort?: number;
  /** The number of apps on one database (PostgreSQL then); Teams calls them in turn. One by default. */
  readonly replicas?: number;
  /** PostgreSQL by its URL, or the folder of the embedded engine; temporary by default. */
  readonly database?: Config['database'];
  /** A folder that keeps the whole world: database, Teams and tenant. A later run with the same ports continues there. */
  readonly keep?: string | undefined;
  /** The time, in milliseconds since 1970, from which the clock of the world starts; the real time by default. */
  readonly time?: () => number;
  /** Of the app; `warn` by default. */
  readonly logLevel?: Config['logLevel'];
  readonly partialRights?: Config['partialRights'];
  /** Groups whose members may decide without a permission on policy assignments. */
  readonly delegateGroups?: Config['delegateGroups'];
  readonly alertsAtOnce?: Config['alertsAtOnce'];
  readonly metricsToken?: string;
  /** The text of a connections file and the settings that it names; nothing is connected by default. */
  readonly connections?: string;
  readonly connectionSecrets?: Config['connectionSecrets'];
  /** The text of a governance file; the built-in rules by default. */
  readonly governance?: string;
  /** Accepts events of Event Grid, verified by these keys. */
  readonly events?: {
    readonly config: NonNullable<Config['azureEvents']>;
    readonly keys: NonNullable<Overrides['eventKeys']>;
  };
  readonly logTo?: Overrides['logTo'];
  /** Where heads of the ledger are published; nowhere by default. */
  readonly publishedHeads?: Overrides['publishedHeads'];
  /** How fast the app posts on its own; unlimited if the simulated Teams enforces no limits. */
  readonly pace?: Overrides['pace'];
  /** Channels in addition to the usual ones. */
  readonly moreChannels?: readonly string[];
  /** Channels that are shared with another organisation, and chats of meetings with people from outside. The app is not in the meetings. */
  readonly sharedChannels?: readonly string[];
  readonly meetings?: readonly string[];
  readonly allowedPlaces?: Config['allowedPlaces'];
  /** The app sends answers for one person as targeted messages; this Teams takes them unless `hasTargeted` says no. */
  readonly targetedMessages?: boolean;
  readonly hasTargeted?: () => boolean;
  readonly allowGuestsToAsk?: Config['allowGuestsToAsk'];
  /** Teams answers 429 beyond its documented limits. */
  readonly enforceLimits?: boolean;
  /** Called with what is started next. */
  readonly tell?: (what: string) => void;
  /** The app also runs the work of each minute in real time, as in production; otherwise only when the clock is moved. */
  readonly everyMinute?: boolean;
  /** When the app considers an answer to a button press too late for its response. */
  readonly inTime?: Overrides['inTime'];
  /** How long the app tolerates an Azure that does not answer; long enough for a slow machine by default. */
  readonly patience?: Overrides['patience'];
};

/** Contoso without the app: its Azure and its Teams. */
export type Surroundings = {
  readonly clock: Clock;
  readonly tenant: Tenant;
  readonly azure: AzureSimulator;
  readonly entra: Entra;
  readonly teams: TeamsSimulator;
  /** Changes without the bot, by route: `POST /simulator/portal-exemption`. */
  readonly control: Controls;
};

/** Contoso in a box: its Azure, its Teams, and the real app between them. */
export type World = Surroundings & {
  /** The running app, the first of several; a restart replaces it. */
  app(): App;
  /** Stops the app and starts it again on the same data; `between` runs while nobody has the data open. */
  restartApp(whileDown?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
};

const patient: NonNullable<Overrides['patience']> = { decisionInMs: 30_000 };

/** Starts everything around the app on loopback; `botUrl` returns the current address of the app. */
export const startSurroundings = async (
  options: Pick<
    WorldOptions,
    'azurePort' | 'chatPort' | 'time' | 'hasTargeted' | 'moreChannels' | 'sharedChannels' | 'meetings' | 'enforceLimits'
  > &
    TenantWish & {
      /** Resolves when the app has answered everything from a conversation. */
      readonly answered: (conversationId: string) => Promise<void>;
    },
  botUrl: () => string,
  kept?: KeptWorld,
): Promise<Surroundings> => {
  const clock = createClock(options.time, kept?.aheadInMs);
  const tenant = openTenant(options, clock.now, kept?.tenant);
  const entra = await createEntra(tenant);
  const azure = await startAzureSimulator({ tenant, clock, port: options.azurePort ?? 0, controls: entra.controls });
  const control = azure.controls;
  const teams = await startTeamsSimulator({
    port: options.chatPort ?? 0,
    clock,
    people: tenant.people,
    visitors: tenant.visitors,
    tenantId: tenant.tenantId,
    botId: appId,
    botName: 'Exemption Desk',
    botEndpoint: () => `${botUrl()}/api/messages`,
    answered: options.answered,
    control,
    moreChannels: options.moreChannels,
    sharedChannels: options.sharedChannels,
    meetings: options.meetings,
    requireBotToken: true,
    enforceLimits: options.enforceLimits,
    hasTargeted: options.hasTargeted,
    kept: kept?.teams,
  });
  return { clock, tenant, azure, entra, teams, control };
};

const databaseFor = async ({ database, keep }: WorldOptions, makeTables: (folder: string) => Promise<void>) => {
  const remove = async (): Promise<void> => undefined;
  if (database !== undefined) return { database, remove };
  if (keep !== undefined) {
    await prepareDatabase(keep);
    return { database: { folder: keep }, remove };
  }
  const temporary = await temporaryDatabase(makeTables);
  return { database: { folder: temporary.folder }, remove: temporary.remove };
};

/** Starts everything on loopback. Moving the clock runs the tick of the app before the move is over. */
export const startWorld = async (options: WorldOptions = {}): Promise<World> => {
  const worldFile = options.keep === undefined ? undefined : join(options.keep, 'world.json');
  const kept = worldFile === undefined ? undefined : await readKeptWorld(worldFile);
  const about = nameOfTenant(options);
  if (kept !== undefined && (kept.about ?? 'contoso') !== about)
    throw new Error(`${worldFile ?? ''} is about ${kept.about ?? 'contoso'}, not about ${about}.`);
  let apps: readonly App[] = [];
  let turns = 0;
  const running = (index = 0): App => {
    const app = apps[index];
    if (app === undefined) throw new Error('The app is not running.');
    return app;
  };
  const { tell = () => undefined } = options;
  const answered = (conversationId: string): Promise<void> => running().answered(conversationId);
  tell('Starting its Azure and its Teams');
  const surroundings = await startSurroundings(
    { ...options, answered },
    () => running(turns++ % apps.length).url,
    kept,
  );
  const { clock, tenant, azure, entra, teams } = surroundings;
  const { serviceUrl, openIdMetadataUrl } = teams;
  const outside = { tenantId: tenant.tenantId, azureUrl: azure.url, serviceUrl, openIdMetadataUrl };
  const makeTables = async (folder: string): Promise<void> => {
    const nobody = { port: 0, logLevel: 'silent', partialRights: 'all-or-nothing' } as const;
    await (await startAppIn({ ...outside, ...nobody, database: { folder } }, { everyMinute: false })).close();
  };
  tell('Preparing the database (slower the first time)');
  const { database, remove } = await databaseFor(options, makeTables);

  const start = async (): Promise<void> => {
    const { replicas = 1, logLevel = 'warn', partialRights = 'all-or-nothing' } = options;
    const { governance, events, logTo, patience = patient, enforceLimits = false, everyMinute = false } = options;
    const pace = options.pace ?? (enforceLimits ? undefined : unhurried);
    const { alertsAtOnce = 5 } = options;
    const setting = {
      ...outside,
      database,
      logLevel,
      partialRights,
      delegateGroups: options.delegateGroups,
      allowedPlaces: options.allowedPlaces,
      targetedMessages: options.targetedMessages,
      allowGuestsToAsk: options.allowGuestsToAsk,
      azureEvents: events?.config,
      api: { audience: entra.audience, clients: undefined },
      alertsAtOnce,
      pace,
      metricsToken: options.metricsToken,
      connectionSecrets: options.connectionSecrets,
    };
    const overrides = {
      now: clock.now,
      everyMinute,
      apiKeys: entra.keys,
      ...(governance === undefined ? {} : { governance }),
      ...(options.connections === undefined ? {} : { connections: options.connections }),
      ...(events === undefined ? {} : { eventKeys: events.keys }),
      ...(logTo === undefined ? {} : { logTo }),
      ...(options.publishedHeads === undefined ? {} : { publishedHeads: options.publishedHeads }),
      ...(options.inTime === undefined ? {} : { inTime: options.inTime }),
      patience,
    };
    const ports = Array.from({ length: replicas }, (_, index) => (index === 0 ? (options.botPort ?? 0) : 0));
    apps = await Promise.all(ports.map((port) => startAppIn({ ...setting, port }, overrides)));
  };
  const stop = async (): Promise<void> => {
    await Promise.all(apps.map((app) => app.close()));
  };
  tell('Starting Exemption Desk between them');
  await start();
  clock.onMoved(() => running().tick());
  if (kept === undefined) await teams.installAll();
  const takeWorld = (): KeptWorld => ({
    version: currentVersion,
    about,
    aheadInMs: clock.ahead(),
    tenant: keptTenant(tenant),
    teams: teams.kept(),
  });
  const keeper = worldFile === undefined ? undefined : keepWorld(worldFile, takeWorld);

  return {
    ...surroundings,
    app: running,
    async restartApp(whileDown) {
      await stop();
      try {
        await whileDown?.();
      } finally {
        await start();
      }
    },
    async close() {
      await stop();
      await keeper?.stop();
      await teams.close();
      await azure.close();
      await remove();
    },
  };
};
