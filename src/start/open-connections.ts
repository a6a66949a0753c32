import { readFile } from 'node:fs/promises';
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { parse } from 'yaml';
import { ConfigError, type Config } from '../config.ts';
import { ConnectionMistake, type Connection, type ConnectionKind } from '../core/connection/connection.ts';
import { systemResolve } from '../connections/webhooks/guarded-lookup.ts';
import { webhooks } from '../connections/webhooks/open-webhooks.ts';
import { siem } from '../connections/siem/open-siem.ts';
import { faultOf } from '../core/fault-of.ts';

type Settings = Pick<Config, 'connectionsFile' | 'connectionSecrets'>;

/** All that kinds of connections may need of this process. */
export type ConnectionMeans = {
  readonly credential: TokenCredential;
  readonly now: () => Date;
  /** Names this installation to receivers. */
  readonly appId: string;
  /** Undefined: that of the Azure SDK. */
  readonly httpClient?: HttpClient | undefined;
};

/** Every kind of connection that there is. A new one is added here, and nowhere else. */
const connectionKinds = ({ appId, credential, now, httpClient }: ConnectionMeans): readonly ConnectionKind[] => [
  webhooks({
    source: `/exemption-desk/${appId}`,
    resolve: systemResolve,
    machineTime: () => new Date(),
    timeoutMs: 15_000,
  }),
  siem({ credential, now, httpClient: httpClient ?? createDefaultHttpClient(), timeoutMs: 25_000 }),
];

const textIn = async ({ connectionsFile }: Settings): Promise<string | undefined> => {
  if (connectionsFile === undefined) return undefined;
  try {
    return await readFile(connectionsFile, 'utf8');
  } catch (error) {
    throw new ConfigError([`CONNECTIONS_FILE cannot be read: ${faultOf(error).message}`], { cause: error });
  }
};

const sectionsIn = (text: string): Readonly<Record<string, unknown>> => {
  let written: unknown;
  try {
    written = parse(text) ?? {};
  } catch (error) {
    // The message of the parser repeats lines of the file, which may hold a secret that somebody put there by mistake.
    throw new ConfigError(['The connections file is not valid YAML (docs/connect.md).'], { cause: error });
  }
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    throw new ConfigError(['The connections file has no sections (docs/connect.md).']);
  return written as Readonly<Record<string, unknown>>;
};

/** Reads a connections file with these kinds. Throws ConfigError with every mistake at once. */
export const connectionsIn = (
  text: string,
  kinds: readonly ConnectionKind[],
  secrets: Readonly<Record<string, string>>,
): readonly Connection[] => {
  const sections = sectionsIn(text);
  const lines: string[] = [];
  const known = kinds.map(({ section }) => section);
  for (const section of Object.keys(sections))
    if (!known.includes(section))
      lines.push(`${section} in the connections file is not known; known: ${known.join(', ')}`);
  const opened = kinds.flatMap(({ section, open }) => {
    if (sections[section] === undefined) return [];
    try {
      return open(sections[section], (name) => secrets[name]);
    } catch (error) {
      if (!(error instanceof ConnectionMistake)) throw error;
      lines.push(...error.lines.map((line) => `${section} in the connections file: ${line}`));
      return [];
    }
  });
  if (lines.length > 0) throw new ConfigError(lines);
  return opened;
};

/** The targets in other systems that the operator has configured. */
export const openConnections = async (
  settings: Settings,
  means: ConnectionMeans,
  given?: string,
): Promise<readonly Connection[]> => {
  const text = given ?? (await textIn(settings));
  return text === undefined ? [] : connectionsIn(text, connectionKinds(means), settings.connectionSecrets);
};
