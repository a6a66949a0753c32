import { startApp, type App, type Overrides } from '../src/app.ts';
import type { Config } from '../src/config.ts';
import { redirectingHttpClient } from './azure/redirecting-http-client.ts';
import { tokenOf } from './azure/arm/token.ts';
import { botPrincipal } from './tenant/person.ts';

export const appId = '22222222-2222-4222-8222-222222222222';

/** Limits that nobody enforces must not delay a test or a demonstration. */
export const unhurried: NonNullable<Overrides['pace']> = {
  conversation: [{ everyMs: 1, burst: 10_000 }],
  all: { everyMs: 1, burst: 10_000 },
};

/** Everything an app must know about its surroundings; it can be sent to another process. */
export type AppSetting = {
  readonly tenantId: string;
  readonly azureUrl: string;
  readonly serviceUrl: string;
  readonly openIdMetadataUrl: string;
  readonly database: Config['database'];
  readonly port: number;
  readonly logLevel: Config['logLevel'];
  readonly partialRights: Config['partialRights'];
  readonly delegateGroups?: Config['delegateGroups'] | undefined;
  readonly targetedMessages?: boolean | undefined;
  readonly allowedPlaces?: Config['allowedPlaces'] | undefined;
  readonly allowGuestsToAsk?: Config['allowGuestsToAsk'] | undefined;
  readonly azureEvents?: Config['azureEvents'];
  readonly api?: Config['api'];
  readonly metricsToken?: string | undefined;
  readonly connectionSecrets?: Config['connectionSecrets'] | undefined;
  /** 5 by default. */
  readonly alertsAtOnce?: Config['alertsAtOnce'];
  /** How fast it posts on its own; as in production by default. */
  readonly pace?: Overrides['pace'];
};

/** Lines about heads of the ledger would disturb what a test or a demonstration prints. */
const nowhere: NonNullable<Overrides['publishedHeads']> = {
  kind: 'output',
  publish: async () => undefined,
  last: async () => undefined,
  all: async () => [],
};

/** Starts the real app between a simulated Azure and a simulated Teams. */
export const startAppIn = (
  setting: AppSetting,
  overrides: Pick<
    Overrides,
    | 'now'
    | 'logTo'
    | 'patience'
    | 'governance'
    | 'connections'
    | 'eventKeys'
    | 'apiKeys'
    | 'everyMinute'
    | 'inTime'
    | 'publishedHeads'
  >,
): Promise<App> =>
  startApp(
    {
      bot: { appId, appType: 'UserAssignedMSI', tenantId: setting.tenantId, password: undefined },
      allowedTenants: [setting.tenantId],
      allowedPlaces: setting.allowedPlaces,
      targetedMessages: setting.targetedMessages ?? false,
      allowGuestsToAsk: setting.allowGuestsToAsk ?? false,
      host: '127.0.0.1',
      port: setting.port,
      database: setting.database,
      timeZone: 'Europe/Berlin',
      alertsAtOnce: setting.alertsAtOnce ?? 5,
      partialRights: setting.partialRights,
      delegateGroups: setting.delegateGroups ?? [],
      azureEvents: setting.azureEvents,
      api: setting.api,
      sweepMinutes: 5,
      readOnly: false,
      evidenceContainer: undefined,
      metricsToken: setting.metricsToken,
      governanceFile: undefined,
      connectionsFile: undefined,
      connectionSecrets: setting.connectionSecrets ?? {},
      logLevel: setting.logLevel,
    },
    {
      publishedHeads: nowhere,
      ...overrides,
      ...(setting.pace === undefined ? {} : { pace: setting.pace }),
      credential: {
        getToken: async () => ({ token: tokenOf(botPrincipal), expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
      },
      httpClient: redirectingHttpClient({
        'https://management.azure.com': setting.azureUrl,
        'https://graph.microsoft.com': setting.azureUrl,
      }),
      channel: {
        openIdMetadataUrl: setting.openIdMetadataUrl,
        botToken: 'bot',
        serviceUrlAllowed: (url) => url === setting.serviceUrl,
        uploadUrlAllowed: (url) => url.startsWith(`${new URL(setting.serviceUrl).origin}/onedrive/`),
      },
    },
  );
