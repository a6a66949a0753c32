import { z } from 'zod';
import type { PartialRights } from './core/access/access.ts';
import { isPlaceWord, type AllowedPlaces } from './core/chat/allowed-places.ts';
import { apiOf, type ApiConfig } from './settings/api-setting.ts';
import { contradictions } from './settings/contradictions.ts';
import { azureEventsOf, type AzureEventsConfig } from './settings/azure-events-setting.ts';
import { connectionSecretsIn } from './settings/connection-secrets.ts';
import { databaseUrlRemedy, isDatabaseUrl } from './settings/database-url.ts';
import { otherClouds } from './settings/other-clouds.ts';
import { timeZoneSetting } from './settings/time-zone-setting.ts';
import { wrongSignIns } from './settings/wrong-sign-ins.ts';

const guid = z.guid();
const words = z.string().transform((text) => text.split(/[\s,]+/).filter((word) => word !== ''));
const guids = words.pipe(z.array(guid).min(1));

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export type Config = {
  readonly bot: {
    readonly appId: string;
    readonly appType: 'UserAssignedMSI' | 'SingleTenant';
    readonly tenantId: string;
    readonly password: string | undefined;
  };
  readonly allowedTenants: readonly string[];
  /** Guests may request exemptions; they never decide. */
  readonly allowGuestsToAsk: boolean;
  /** Where Exemption Desk may be beside personal chats; undefined: everywhere. */
  readonly allowedPlaces: AllowedPlaces;
  /** Answers for one person in a channel or group chat are sent as targeted messages. */
  readonly targetedMessages: boolean;
  readonly host: string;
  readonly port: number;
  /** PostgreSQL by its URL, with a token of Entra instead of a password if `auth` says so; otherwise the embedded engine in a folder. */
  readonly database: { readonly url: string; readonly auth?: 'entra' } | { readonly folder: string };
  readonly timeZone: string;
  /** If more alerts than this are due in one channel at the same time, they become one card. */
  readonly alertsAtOnce: number;
  readonly partialRights: PartialRights;
  /** Entra object ids in lower case. */
  readonly delegateGroups: readonly string[];
  /** Undefined: no events are accepted, and only the sweep finds changes. */
  readonly azureEvents: AzureEventsConfig | undefined;
  /** Undefined: there is no API. */
  readonly api: ApiConfig | undefined;
  readonly sweepMinutes: number;
  /** Nothing can be requested, decided or written to Azure. */
  readonly readOnly: boolean;
  /** The token that gives access to `/metrics`; undefined: nobody has access. */
  readonly metricsToken: string | undefined;
  /** The URL of the container for published heads of the ledger; undefined: they are printed on standard output. */
  readonly evidenceContainer: string | undefined;
  /** The path of a file that says which other systems are told what; undefined: none. */
  readonly connectionsFile: string | undefined;
  /** The values of the settings that this file may name as secrets. */
  readonly connectionSecrets: Readonly<Record<string, string>>;
  /** A path; undefined: the built-in rules apply. */
  readonly governanceFile: string | undefined;
  readonly logLevel: LogLevel;
};

/** The settings do not allow a start; each line names a variable and the remedy. */
export class ConfigError extends Error {
  constructor(lines: readonly string[], options?: ErrorOptions) {
    super(['Exemption Desk cannot start:', ...lines.map((line) => `  ${line}`)].join('\n'), options);
    this.name = 'ConfigError';
  }
}

const schema = z.object({
  MICROSOFT_APP_ID: guid,
  MICROSOFT_APP_TYPE: z.enum(['UserAssignedMSI', 'SingleTenant']),
  MICROSOFT_APP_TENANT_ID: guid,
  MICROSOFT_APP_PASSWORD: z.string().min(1).optional(),
  ALLOWED_TENANTS: guids.optional(),
  ALLOW_GUESTS_TO_ASK: z.stringbool().default(false),
  ALLOWED_PLACES: words.pipe(z.array(z.string().refine(isPlaceWord)).min(1)).optional(),
  TARGETED_MESSAGES: z.stringbool().default(false),
  PORT: z.coerce.number().int().min(0).max(65535).default(3978),
  HOST: z.string().default('0.0.0.0'),
  DATABASE_URL: z.string().trim().refine(isDatabaseUrl).optional(),
  DATABASE_AUTH: z.enum(['password', 'entra']).default('password'),
  DATA_DIR: z.string().default('data'),
  ALLOW_EMBEDDED_DATABASE: z.stringbool().default(false),
  TIME_ZONE: timeZoneSetting.default('UTC'),
  ALERTS_AT_ONCE: z.coerce.number().int().min(1).max(10_000).default(5),
  PARTIAL_RIGHTS: z.enum(['all-or-nothing', 'best-effort']).default('all-or-nothing'),
  DELEGATE_GROUPS: guids.transform((ids) => ids.map((id) => id.toLowerCase())).default([]),
  AZURE_EVENTS_AUDIENCE: z.string().optional(),
  AZURE_EVENTS_TOPICS: words
    .pipe(z.array(z.string().regex(/^\/subscriptions\/[0-9a-f-]{36}(\/resourcegroups\/[^/]+)?$/i)).min(1))
    .optional(),
  API_AUDIENCE: guid.optional(),
  API_CLIENTS: guids.optional(),
  SWEEP_MINUTES: z.coerce.number().int().min(1).max(1440).default(5),
  READ_ONLY: z.stringbool().default(false),
  // If App Service cannot resolve a secret in Key Vault, it leaves the reference as the value. Many people may read that, so it must not
  // open anything.
  METRICS_TOKEN: z
    .string()
    .min(16)
    .transform((token) => (/^@Microsoft\.KeyVault\(/i.test(token) ? undefined : token))
    .optional(),
  EVIDENCE_CONTAINER_URL: z
    .string()
    .regex(/^https:\/\/[a-z0-9]{3,24}\.blob\.core\.windows\.net\/[a-z0-9-]{3,63}$/)
    .optional(),
  GOVERNANCE_FILE: z.string().optional(),
  CONNECTIONS_FILE: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  AZURE_CLOUD: z.string().optional(),
  AZURE_AUTHORITY_HOST: z.string().optional(),
});

/** The names of all settings; the table in docs/configuration.md is compared with them. */
export const variableNames: readonly string[] = Object.keys(schema.shape);

/** The remedy for a missing or wrong variable. */
const remedies: Readonly<Record<keyof typeof schema.shape, string>> = {
  MICROSOFT_APP_ID: 'the application id (a GUID) of the Azure Bot; to try the bot without one run: npm run demo',
  MICROSOFT_APP_TYPE: 'UserAssignedMSI (no secrets, recommended) or SingleTenant',
  MICROSOFT_APP_TENANT_ID: 'the Entra tenant id (a GUID) of the Azure Bot',
  MICROSOFT_APP_PASSWORD: 'the client secret; for SingleTenant only',
  ALLOWED_TENANTS: 'Entra tenant ids separated by commas; without it only MICROSOFT_APP_TENANT_ID',
  ALLOW_GUESTS_TO_ASK: 'true, so that guests of the organisation may request exemptions; they never decide',
  ALLOWED_PLACES:
    'channels, private-channels, shared-channels, group-chats, or ids of teams, channels and chats (19:…@thread.tacv2), separated by commas',
  TARGETED_MESSAGES: 'true, so that an answer for one person stands where they asked, visible to them alone',
  PORT: 'a port number',
  HOST: 'the address to listen on',
  DATABASE_URL: databaseUrlRemedy,
  DATABASE_AUTH: 'password, or entra to sign in to PostgreSQL with tokens of the identity of Exemption Desk',
  DATA_DIR: 'the folder of the embedded database',
  ALLOW_EMBEDDED_DATABASE: 'true, if you really want one process with its data in DATA_DIR',
  TIME_ZONE: 'an IANA time zone such as Europe/Berlin',
  ALERTS_AT_ONCE: 'up to how many alerts are posted one by one in a channel, a number from 1; more become one card',
  DELEGATE_GROUPS:
    'object ids of Entra groups, separated by commas, whose members may decide without the permission on policy assignments',
  PARTIAL_RIGHTS: 'all-or-nothing, or best-effort to write what the permissions of Exemption Desk allow',
  AZURE_EVENTS_AUDIENCE: 'the application id or URI that the event subscription names (docs/azure-events.md)',
  AZURE_EVENTS_TOPICS: '/subscriptions/… or resource groups in them, separated by commas (docs/azure-events.md)',
  API_AUDIENCE: 'the application id (a GUID) of the registration of the API (docs/api.md)',
  API_CLIENTS: 'client ids of the applications that may call the API, separated by commas (docs/api.md)',
  SWEEP_MINUTES: 'the minutes between two sweeps of all exemptions, from 1 to 1440',
  READ_ONLY: 'true, so that nothing can be requested, decided or written to Azure',
  METRICS_TOKEN: 'at least 16 characters, which your monitoring sends to /metrics as its bearer token',
  EVIDENCE_CONTAINER_URL:
    'https://ACCOUNT.blob.core.windows.net/CONTAINER for the published heads of the ledger (docs/ledger.md)',
  GOVERNANCE_FILE: 'the path of a governance file (docs/governance.md)',
  CONNECTIONS_FILE: 'the path of a connections file (docs/connect.md)',
  LOG_LEVEL: 'debug, info, warn, error or silent',
  AZURE_CLOUD: 'AzureCloud, or leave it unset',
  AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com, or leave it unset',
};

type DatabaseSettings = Pick<z.infer<typeof schema>, 'DATABASE_URL' | 'DATABASE_AUTH' | 'DATA_DIR'>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Empty variables count as unset. */
const parsed = <Shape extends Partial<typeof schema.shape>>(
  wanted: z.ZodObject<Shape>,
  environment: Environment,
): z.infer<typeof wanted> => {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = wanted.safeParse(given);
  if (result.success) return result.data;
  const names = [...new Set(result.error.issues.map((issue) => String(issue.path[0]) as keyof typeof remedies))];
  const [question = ''] = result.error.issues.flatMap(({ path, message }) => (path[0] === 'TIME_ZONE' ? message : []));
  throw new ConfigError(
    names.map((name) => {
      const what = given[name] === undefined ? 'missing' : 'not valid';
      return `${name} is ${what}: ${remedies[name]}${name === 'TIME_ZONE' ? question : ''}`;
    }),
  );
};

const databaseOf = ({ DATABASE_URL, DATABASE_AUTH, DATA_DIR }: DatabaseSettings): Config['database'] => {
  if (DATABASE_URL === undefined) return { folder: DATA_DIR };
  return DATABASE_AUTH === 'entra' ? { url: DATABASE_URL, auth: 'entra' } : { url: DATABASE_URL };
};

/** The settings for a script that only reads the database; no setting of the bot. Throws ConfigError. */
export const readStoreConfig = (
  environment: Environment = process.env,
): Readonly<Pick<Config, 'connectionsFile' | 'connectionSecrets' | 'database' | 'evidenceContainer' | 'timeZone'>> => {
  const wanted = {
    DATABASE_URL: true,
    DATABASE_AUTH: true,
    DATA_DIR: true,
    EVIDENCE_CONTAINER_URL: true,
    TIME_ZONE: true,
    CONNECTIONS_FILE: true,
  } as const;
  const settings = parsed(schema.pick(wanted), environment);
  const lines = wrongSignIns(settings);
  if (lines.length > 0) throw new ConfigError(lines);
  return Object.freeze({
    database: databaseOf(settings),
    evidenceContainer: settings.EVIDENCE_CONTAINER_URL,
    timeZone: settings.TIME_ZONE,
    connectionsFile: settings.CONNECTIONS_FILE,
    connectionSecrets: connectionSecretsIn(environment),
  });
};

/** Reads the whole configuration, or throws ConfigError with every mistake at once. */
export const readConfig = (environment: Environment = process.env): Config => {
  const settings = parsed(schema, environment);
  const lines = [...contradictions(settings), ...wrongSignIns(settings), ...otherClouds(settings, remedies)];
  if (lines.length > 0) throw new ConfigError(lines);
  return Object.freeze({
    bot: {
      appId: settings.MICROSOFT_APP_ID,
      appType: settings.MICROSOFT_APP_TYPE,
      tenantId: settings.MICROSOFT_APP_TENANT_ID,
      password: settings.MICROSOFT_APP_PASSWORD,
    },
    allowedTenants: settings.ALLOWED_TENANTS ?? [settings.MICROSOFT_APP_TENANT_ID],
    allowGuestsToAsk: settings.ALLOW_GUESTS_TO_ASK,
    allowedPlaces: settings.ALLOWED_PLACES,
    targetedMessages: settings.TARGETED_MESSAGES,
    host: settings.HOST,
    port: settings.PORT,
    database: databaseOf(settings),
    timeZone: settings.TIME_ZONE,
    alertsAtOnce: settings.ALERTS_AT_ONCE,
    partialRights: settings.PARTIAL_RIGHTS,
    delegateGroups: settings.DELEGATE_GROUPS,
    azureEvents: azureEventsOf(settings),
    api: apiOf(settings),
    sweepMinutes: settings.SWEEP_MINUTES,
    readOnly: settings.READ_ONLY,
    metricsToken: settings.METRICS_TOKEN,
    evidenceContainer: settings.EVIDENCE_CONTAINER_URL,
    connectionsFile: settings.CONNECTIONS_FILE,
    connectionSecrets: connectionSecretsIn(environment),
    governanceFile: settings.GOVERNANCE_FILE,
    logLevel: settings.LOG_LEVEL,
  });
};
