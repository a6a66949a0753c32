import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from 'pg-boss';
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { createAzure } from '../../src/azure/azure.ts';
import { appendHeads } from '../../src/azure/ledger/append-heads.ts';
import { printHeads } from '../../src/observe/print-heads.ts';
import { readConfig, type Config } from '../../src/config.ts';
import { databaseAccess } from '../../src/start/database-access.ts';
import { governanceInForce } from '../../src/governance/governance-in-force.ts';
import { openJobs } from '../../src/jobs/open-jobs.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Connection } from '../../src/core/connection/connection.ts';
import { openConnections } from '../../src/start/open-connections.ts';
import type { Notifier } from '../../src/core/chat/notifier.ts';
import { teamsPace, type Pace } from '../../src/core/chat/pace.ts';
import { checkApi } from './check-api.ts';
import { checkApprovers } from './check-approvers.ts';
import { checkGroups, checkRights, checkSight, checkSignIn, checkTags } from './check-azure.ts';
import {
  checkGuard,
  checkHeard,
  checkLedgerIn,
  checkPublished,
  checkPulse,
  checkReach,
  checkReading,
  type OpenDatabase,
} from './check-database.ts';
import { checkConnections, checkTargets, openForDoctor } from './check-connections.ts';
import { checkRetired } from './check-retired.ts';
import { checkRegistration } from './check-registration.ts';
import { checkGovernance, checkSettings } from './check-settings.ts';
import { checkBotSignIn, checkChannel, checkPackage, checkTeamsKeys } from './check-teams.ts';
import { examined, unknown, wrong, type Finding } from './finding.ts';

export type DoctorOptions = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The identity named in the settings: for Azure and the database, and for the bot. */
  readonly credentials: (config: Config) => { readonly azure: TokenCredential; readonly bot: TokenCredential };
  readonly httpClient: HttpClient;
  readonly notifier: (config: Config, pace: Pace) => Notifier;
  /** The channel for a sample card. */
  readonly channel: string | undefined;
  readonly now: () => Date;
};

const signInRemedy =
  'Run this with the identity that MICROSOFT_APP_ID names, or sign in with az login to check with your own permissions (docs/install.md).';
const tryAgain = 'Check whether this machine may call management.azure.com, then try again.';

const rightsOfRole = async (): Promise<readonly string[]> => {
  const url = new URL('../../infra/exemption-desk-role.json', import.meta.url);
  return (JSON.parse(await readFile(url, 'utf8')) as { readonly Actions: readonly string[] }).Actions;
};

const inAzure = async (options: DoctorOptions, config: Config, credential: TokenCredential): Promise<Finding[]> => {
  const { httpClient, now } = options;
  const azure = createAzure({ credential, httpClient, now });
  return [
    ...(await examined('Sign-in to Azure', signInRemedy, () => checkSignIn(credential))),
    ...(await examined('Resource Graph', tryAgain, () => checkSight(azure))),
    ...(await examined('Permissions', tryAgain, async () => checkRights(azure, await rightsOfRole()))),
    ...(await examined('Tags of resources', tryAgain, () => checkTags(azure), unknown)),
    ...(await examined('Microsoft Graph', signInRemedy, () => checkGroups(credential, config.delegateGroups))),
    ...(await examined(
      'Bot registration',
      tryAgain,
      () => checkRegistration(credential, httpClient, config.bot),
      unknown,
    )),
  ];
};

const inDatabase = async (
  options: DoctorOptions,
  config: Config,
  credential: TokenCredential,
  connections: readonly Connection[],
): Promise<Finding[]> => {
  const opened = await openStore({
    ...databaseAccess(config.database, () => credential),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    newId: randomUUID,
  });
  try {
    const { sqlForJobs, backend, store, pace } = opened;
    const jobs = await openJobs({
      sql: sqlForJobs,
      backend,
      clock: systemClock,
      pause,
      log: { error: () => undefined },
    });
    try {
      const { sweepMinutes, evidenceContainer } = config;
      const { channel, now } = options;
      const publishedHeads =
        evidenceContainer === undefined
          ? printHeads({ write: () => undefined })
          : appendHeads(evidenceContainer, { credential, now });
      const place: OpenDatabase = { opened, jobs: jobs.queue, now, sweepMinutes, publishedHeads };
      return [
        ...(await checkLedgerIn(place)),
        ...(await checkGuard(place)),
        ...(await examined('Published heads', 'Check EVIDENCE_CONTAINER_URL and the role on it (docs/ledger.md).', () =>
          checkPublished(place),
        )),
        ...(await checkRetired(store)),
        ...(await checkPulse(place)),
        ...(await checkReading(place)),
        ...(await checkHeard(place)),
        ...(await checkReach(place)),
        ...(await checkTargets(store, connections)),
        ...(await examined('Approvers', tryAgain, async () => {
          const azure = createAzure({ credential, httpClient: options.httpClient, now });
          const { hierarchy, approvers } = azure.overMirror(store.mirror).sources;
          const governance = await governanceInForce(config.governanceFile);
          return checkApprovers({ hierarchy, approvers, governance, delegateGroups: config.delegateGroups });
        })),
        ...(channel === undefined
          ? []
          : await examined(`Channel ${channel}`, 'The app may have been removed there: add it again.', () =>
              checkChannel(store.conversations, options.notifier(config, pace(teamsPace)), channel),
            )),
      ];
    } finally {
      await jobs.stop();
    }
  } finally {
    await opened.close();
  }
};

/**
 * Checks everything that a running bot needs. Changes nothing, except that it posts a sample card if requested, and migrates tables that
 * are older than this version.
 */
export const runDoctor = async (options: DoctorOptions): Promise<readonly Finding[]> => {
  let config: Config;
  try {
    config = readConfig(options.environment);
  } catch (error) {
    return [
      wrong(
        'Settings',
        error instanceof Error ? error.message : String(error),
        'Correct the settings that are named; docs/configuration.md lists all of them.',
      ),
    ];
  }
  const { azure, bot } = options.credentials(config);
  const { httpClient, now } = options;
  const [connections, mistakes] = await openForDoctor(() =>
    openConnections(config, { credential: azure, now, httpClient, appId: config.bot.appId }),
  );
  return [
    ...checkSettings(config),
    ...mistakes,
    ...(await checkConnections(connections)),
    ...(await examined('Governance', 'Run: npm run governance -- check FILE', async () =>
      checkGovernance(await governanceInForce(config.governanceFile), config.governanceFile),
    )),
    ...(await inAzure(options, config, azure)),
    ...(await examined('API', 'Register the API in Entra, or leave API_AUDIENCE unset (docs/api.md).', () =>
      checkApi(azure, config),
    )),
    ...(await examined('Sign-in to Teams', signInRemedy, () => checkBotSignIn(bot))),
    ...(await examined('Keys of Teams', 'Allow this machine to call login.botframework.com.', () =>
      checkTeamsKeys(options.httpClient),
    )),
    ...(await examined(
      'Teams package',
      'Run this in a copy of the repository, which contains appPackage.',
      checkPackage,
    )),
    ...(await examined('Database', 'Check whether it is running, and whether another process uses it.', () =>
      inDatabase(options, config, azure, connections),
    )),
  ];
};
