import { createHash, randomInt, randomUUID } from 'node:crypto';
import type { DestinationStream } from 'pino';
import { setTimeout as pause } from 'node:timers/promises';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { DefaultAzureCredential, type TokenCredential } from '@azure/identity';
import { createEventDoor, entraKeys } from './server/azure-events.ts';
import { createAzure, type AzureOptions } from './azure/azure.ts';
import { createAnswerKept } from './bot/answer-kept.ts';
import { createAnswerSoon } from './bot/answer-soon.ts';
import { DeskAdapter } from './bot/front-door.ts';
import { DeskBot, type BotOptions } from './bot/desk-bot.ts';
import { GuardedAuthentication, isTeamsServiceUrl } from './bot/door/guarded-authentication.ts';
import { createKeepActivity } from './bot/keep-activity.ts';
import { createTeamsNotifier } from './bot/teams-notifier.ts';
import { OutgoingAuthentication } from './bot/door/outgoing-authentication.ts';
import { createPoster } from './bot/poster.ts';
import type { StandInChannel } from './bot/door/stand-in-channel.ts';
import { createUploadFile, isTeamsUploadUrl } from './bot/upload-file.ts';
import type { Config } from './config.ts';
import { withoutThread } from './core/chat/conversation.ts';
import { StoreUnavailable } from './core/store-unavailable.ts';
import { databaseAccess } from './database-access.ts';
import { teamsPace, type PaceLimits } from './core/chat/pace.ts';
import { governanceInForce } from './governance/governance-in-force.ts';
import { createMetrics } from './observe/metrics.ts';
import { createObserve, typeOf } from './observe/observe.ts';
import { inTurnByKey } from './core/in-turn.ts';
import { openJobs } from './jobs/open-jobs.ts';
import { createCorrelation } from './observe/create-correlation.ts';
import { every, inTime } from './timers.ts';
import { createLog } from './observe/log.ts';
import { startServer } from './server/server.ts';
import { openStore } from './store/open-store.ts';
import { applyRequest } from './workflow/write/apply-request.ts';
import { cleanUp } from './workflow/inventory/clean-up.ts';
import { deliverAlerts } from './workflow/alert/deliver-alerts.ts';
import type { Desk } from './workflow/desk.ts';
import { noteAzureEvents } from './workflow/operate/note-azure-events.ts';
import { observeDatabase } from './workflow/operate/observe-database.ts';
import { publishRequest } from './workflow/tell/publish-request.ts';
import { heedReadOnly, readOnlyNow } from './workflow/heed-read-only.ts';
import { rememberUnreachable } from './workflow/operate/remember-unreachable.ts';
import { remindApprovers } from './workflow/tell/remind-approvers.ts';
import { resumeAnswers, tick, timedSweep } from './workflow/operate/tick.ts';
import { revokeRequest } from './workflow/write/revoke-request.ts';
import { takePulse } from './workflow/operate/take-pulse.ts';
import { postWeeklyReport } from './workflow/report/send-weekly-reports.ts';
import { checkReadiness } from './workflow/operate/check-readiness.ts';

/** What the demo and the tests put in the place of the outside world; production passes nothing. */
export type Overrides = {
  readonly credential?: TokenCredential;
  readonly httpClient?: HttpClient;
  /** How much trouble with Azure is put up with before a call counts as not answered. */
  readonly patience?: AzureOptions['patience'];
  readonly now?: () => Date;
  readonly channel?: StandInChannel;
  /** Where the log goes; standard output otherwise. */
  readonly logTo?: DestinationStream;
  /** In the place of Entra's keys, for what claims to come from Event Grid. */
  readonly eventKeys?: Parameters<typeof createEventDoor>[0]['keys'];
  /** How fast the bot posts by itself. */
  readonly pace?: PaceLimits;
  /** What counts as too late for the answer to a press of a button that waits for it. */
  readonly inTime?: BotOptions['inTime'];
  /** False: the minute's work is done only when asked for. */
  readonly everyMinute?: boolean;
  /** The text of a governance file, instead of the one that the configuration names. */
  readonly governance?: string;
};

export type App = {
  readonly url: string;
  /** Runs what is done each minute, now, and waits for the jobs it caused. */
  readonly tick: () => Promise<void>;
  /** Resolves when nothing that came from a conversation is unanswered, or its answer has to wait for the database. */
  readonly answered: (conversationId: string) => Promise<void>;
  /** Resolves when no job is queued or running. */
  readonly idle: () => Promise<void>;
  readonly desk: Desk;
  /**
   * Says at /readyz that it is not ready and answers for `graceMs` more, so that whoever distributes the calls can turn to other replicas; then takes
   * no more, ends the turns that run, then the jobs, then lets go of the database.
   */
  readonly close: (graceMs?: number) => Promise<void>;
};

const answeredCheckMs = 5;
/** What was begun may end; what has not ended then is answered by whoever starts next. */
const longestEndMs = 5000;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Letters and digits that cannot be mistaken for one another when read aloud. */
const readable = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const newReference = (): string =>
  `EX-${Array.from({ length: 6 }, () => readable[randomInt(readable.length)] ?? '').join('')}`;

/** Wires everything: the only place where adapters meet. Resolves when messages are answered. */
export const startApp = async (config: Config, overrides: Overrides = {}): Promise<App> => {
  const governance = await governanceInForce(config.governanceFile, overrides.governance);
  const correlation = createCorrelation();
  const log = createLog(config.logLevel, overrides.logTo, correlation.current);
  const metrics = createMetrics();
  const observe = createObserve(log, metrics);
  const now = overrides.now ?? (() => new Date());
  const serviceUrlAllowed = overrides.channel?.serviceUrlAllowed ?? isTeamsServiceUrl;
  const credential = overrides.credential ?? new DefaultAzureCredential({ managedIdentityClientId: config.bot.appId });

  const {
    store,
    transaction,
    sqlForJobs,
    pace,
    turn,
    backend,
    close: closeStore,
  } = await openStore({
    ...databaseAccess(config.database, () => credential),
    hash,
    newId: randomUUID,
  });
  const jobs = await openJobs({ sql: sqlForJobs, backend, correlation, log });
  const adapter = new DeskAdapter(new GuardedAuthentication(config.bot, overrides.channel));
  const outgoing = new DeskAdapter(new OutgoingAuthentication(config.bot, overrides.channel));
  const poster = createPoster({
    adapter: outgoing,
    appId: config.bot.appId,
    serviceUrlAllowed,
    pace: pace(overrides.pace ?? teamsPace),
    random: Math.random,
  });
  const { httpClient, patience } = overrides;

  const azure = createAzure({
    credential,
    now,
    observe,
    correlationId: correlation.current,
    ...(httpClient === undefined ? {} : { httpClient }),
    ...(patience === undefined ? {} : { patience }),
  });
  const database = observeDatabase(
    {
      ...store,
      jobs: jobs.queue,
      transaction: (work) => transaction((inTransaction) => work({ ...inTransaction, jobs: jobs.queue })),
    },
    observe,
  );
  const { readOnly } = config;

  const desk: Desk = {
    ...azure,
    exemptions: heedReadOnly(azure.exemptions, () => readOnlyNow({ database, readOnly })),
    database,
    readOnly,
    notifier: rememberUnreachable(createTeamsNotifier(poster), store.conversations, now),
    correlation,
    observe,
    publishHead: (head) => {
      log.info({ sequence: head.sequence, head: head.hash }, 'The head of the ledger today');
    },
    tellOperator: (sentence, facts) => {
      log.warn(facts, sentence);
    },
    governance,
    sweepMinutes: config.sweepMinutes,
    alertsAtOnce: config.alertsAtOnce,
    timeZone: config.timeZone,
    partialRights: config.partialRights,
    delegateGroups: config.delegateGroups,
    now,
    hash,
    newId: randomUUID,
    newReference,
  };

  const uploadFile = createUploadFile({ allowed: overrides.channel?.uploadUrlAllowed ?? isTeamsUploadUrl });
  const bot = new DeskBot({
    desk,
    poster,
    uploadFile,
    allowedTenants: config.allowedTenants,
    log,
    replay: (activity, run) => outgoing.replay(activity, run),
    inTime: overrides.inTime ?? inTime,
  });
  const waiting = new Set<string>();
  const answerKept = createAnswerKept({
    desk,
    adapter: outgoing,
    bot: { run: (context) => turn(() => bot.run(context)), sentenceFor: (error) => bot.sentenceFor(error) },
    log,
    every,
    random: Math.random,
    waits: (conversationId) => void waiting.add(conversationId),
  });
  const inTurn = inTurnByKey();
  const answerIn = (conversationId: string) => inTurn(conversationId, () => answerKept(conversationId));
  const answers = createAnswerSoon(desk, answerIn, log);
  await jobs.work({
    'answer-activity': ({ conversationId }) => answerIn(conversationId),
    'apply-request': ({ reference }) => applyRequest(desk, reference),
    'revoke-request': ({ reference }) => revokeRequest(desk, reference),
    'clean-up': ({ cleanupId }) => cleanUp(desk, cleanupId),
    'remind-approvers': ({ reference, conversationId }) => remindApprovers(desk, reference, conversationId),
    'publish-request': ({ reference }) => publishRequest(desk, reference),
    'deliver-alerts': () => deliverAlerts(desk),
    'post-weekly-report': ({ channelId, monday }) => postWeeklyReport(desk, channelId, monday),
    'sweep-exemptions': () => timedSweep(desk),
  });
  if (overrides.everyMinute !== false) await jobs.everyMinute(() => tick(desk));

  // Whoever had it before may have died in the middle of an answer.
  await resumeAnswers(desk, 0);

  const keep = createKeepActivity(desk, answers.begin);
  let isStopping = false;
  const server = await startServer({
    host: config.host,
    port: config.port,
    frontDoor: (authHeader, body) =>
      turn(() => adapter.receive(authHeader, body, { keep, answer: (context) => bot.run(context) }, log)).then(
        (answer) => {
          observe({ what: 'activity', type: typeOf(body), status: answer.status });
          return answer;
        },
      ),
    eventDoor:
      config.azureEvents === undefined
        ? undefined
        : createEventDoor({
            ...config.azureEvents,
            keys: overrides.eventKeys ?? entraKeys(config.azureEvents.tenantId),
            note: (events) => noteAzureEvents(desk, events, config.azureEvents?.topics ?? []),
            log,
          }),
    notReady: async () => (isStopping ? ['It is shutting down.'] : checkReadiness(desk, inTime)),
    isStopping: () => isStopping,
    ...(config.metricsToken === undefined
      ? {}
      : { metrics: { token: config.metricsToken, page: () => metrics.page(() => takePulse(desk)) } }),
    newId: randomUUID,
    correlation,
    log,
  });
  log.info({ url: server.url }, 'Exemption Desk is listening');

  return {
    url: server.url,
    desk,
    async answered(conversationId) {
      // Where the database is away nothing was kept, and that has been said.
      const isWaiting = (): Promise<boolean> =>
        store.inbox.waiting(withoutThread(conversationId)).then(
          (next) => next !== undefined,
          (error: unknown) => {
            if (error instanceof StoreUnavailable) return false;
            throw error;
          },
        );
      while (await isWaiting()) {
        if (waiting.delete(withoutThread(conversationId))) return;
        await pause(answeredCheckMs);
      }
    },
    async idle() {
      await answers.settled();
      await jobs.idle();
    },
    async tick() {
      await tick(desk);
      await jobs.idle();
    },
    async close(graceMs = 0) {
      isStopping = true;
      await new Promise((resolve) => setTimeout(resolve, graceMs));
      await server.close();
      await inTime(answers.settled(), longestEndMs);
      await jobs.stop();
      await closeStore();
    },
  };
};
