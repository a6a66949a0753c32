import { createHash, randomUUID } from 'node:crypto';
import { DefaultAzureCredential } from '@azure/identity';
import { systemClock } from 'pg-boss';
import { createAzure } from '../azure/azure.ts';
import { appendHeads } from '../azure/ledger/append-heads.ts';
import { OutgoingAuthentication } from '../bot/door/outgoing-authentication.ts';
import { isTeamsServiceUrl } from '../bot/door/guarded-authentication.ts';
import { DeskAdapter } from '../bot/front-door.ts';
import { createPoster } from '../bot/poster.ts';
import { createAskMembers } from '../bot/roster/ask-members.ts';
import { createAskRoster } from '../bot/roster/ask-roster.ts';
import { createRoster } from '../bot/roster/know-people.ts';
import type { Config } from '../config.ts';
import { createApiCallCounter } from '../core/desk/api-calls.ts';
import { teamsPace } from '../core/chat/pace.ts';
import { groupsNamed } from '../core/governance/approvals-at.ts';
import { governanceInForce } from '../governance/governance-in-force.ts';
import { openJobs } from '../jobs/open-jobs.ts';
import { createCorrelation } from '../observe/create-correlation.ts';
import { createLog } from '../observe/log.ts';
import { createMetrics } from '../observe/metrics.ts';
import { createObserve } from '../observe/observe.ts';
import { printHeads } from '../observe/print-heads.ts';
import { openStore } from '../store/open-store.ts';
import { pause } from '../timers.ts';
import { openConnections } from './open-connections.ts';
import { databaseAccess } from './database-access.ts';
import type { Overrides } from './overrides.ts';

export type Outside = Awaited<ReturnType<typeof openOutside>>;

/** The time of the machine: tokens use it even if the clock of a simulated world is moved. */
export const machineTime = (): Date => new Date();

export const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Opens everything outside this process: the governance file, the log and the metrics, the database with its job queue, Azure, and the
 * connection to Teams.
 */
export const openOutside = async (config: Config, overrides: Overrides) => {
  // Read first, so that nothing is opened if the governance file has mistakes.
  const governance = await governanceInForce(config.governanceFile, overrides.governance);
  const correlation = createCorrelation();
  const log = createLog(config.logLevel, overrides.logTo, correlation.current);
  const metrics = createMetrics();
  const observe = createObserve(log, metrics);
  const now = overrides.now ?? machineTime;
  const credential = overrides.credential ?? new DefaultAzureCredential({ managedIdentityClientId: config.bot.appId });
  const { httpClient, patience, channel } = overrides;
  const connections = await openConnections(
    config,
    { credential, now, httpClient, appId: config.bot.appId },
    overrides.connections,
  );

  const opened = await openStore({ ...databaseAccess(config.database, () => credential), hash, newId: randomUUID });
  const jobs = await openJobs({
    sql: opened.sqlForJobs,
    backend: opened.backend,
    clock: systemClock,
    pause,
    correlation,
    log,
  });

  const azure = createAzure({
    credential,
    now,
    observe,
    correlationId: correlation.current,
    approverGroups: [...config.delegateGroups, ...groupsNamed(governance)],
    ...(httpClient === undefined ? {} : { httpClient }),
    ...(patience === undefined ? {} : { patience }),
  });
  const publishedHeads =
    overrides.publishedHeads ??
    (config.evidenceContainer === undefined
      ? printHeads(process.stdout)
      : appendHeads(config.evidenceContainer, { credential, now }));
  const outgoing = new DeskAdapter(new OutgoingAuthentication(config.bot, machineTime, channel));
  const teams = {
    adapter: outgoing,
    appId: config.bot.appId,
    serviceUrlAllowed: channel?.serviceUrlAllowed ?? isTeamsServiceUrl,
  };
  const { allowedTenants } = config;
  const roster = createRoster({
    ask: createAskRoster(teams),
    askMembers: createAskMembers(teams),
    conversations: opened.store.conversations,
    allowedTenants,
    now,
  });
  const poster = createPoster({
    ...teams,
    pace: opened.pace(overrides.pace ?? teamsPace),
    now,
    pause,
    random: Math.random,
  });
  return {
    governance,
    connections,
    correlation,
    log,
    metrics,
    observe,
    now,
    opened,
    jobs,
    azure,
    outgoing,
    poster,
    roster,
    publishedHeads,
    apiCalls: createApiCallCounter(),
  };
};
