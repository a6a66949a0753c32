import type { Db } from 'pg-boss';
import type { Pace, PaceLimits } from '../core/chat/pace.ts';
import type { Store } from '../core/desk/store.ts';
import { answerStore } from './chat/answer-store.ts';
import { alertStore } from './alert-store.ts';
import { claimStore } from './claim-store.ts';
import { cleanupStore } from './cleanup-store.ts';
import { conversationStore } from './conversation-store.ts';
import { draftStore } from './draft-store.ts';
import { gapStore } from './gap-store.ts';
import { homeCardStore } from './home-card-store.ts';
import { inboxStore } from './inbox-store.ts';
import { lastHeard } from './last-heard.ts';
import { ledgerStore } from './ledger/ledger-store.ts';
import { leftoverStore } from './inventory/leftover-store.ts';
import { listingStore } from './inventory/listing-store.ts';
import { writtenStore } from './inventory/written-store.ts';
import { mirrorStore } from './mirror/mirror-store.ts';
import { resourceStandings } from './mirror/count-resources.ts';
import { resourceSearch } from './mirror/resource-search.ts';
import { oldData } from './old-data.ts';
import { outboxStore } from './outbox/outbox-store.ts';
import { openPglite } from './engine/open-pglite.ts';
import { openPostgres } from './engine/open-postgres.ts';
import { routeThroughTransactions } from './engine/open-transaction.ts';
import { paceStore } from './pace-store.ts';
import { referenceTriesStore } from './reference-tries-store.ts';
import { postedAlertStore } from './posted-alert-store.ts';
import { postedCardStore } from './posted-card-store.ts';
import { readerStore } from './chat/reader-store.ts';
import { reportOfferStore } from './report-offer-store.ts';
import { unclaimedStore } from './request/unclaimed-store.ts';
import { requestStore } from './request/request-store.ts';
import { seenStore } from './seen-store.ts';
import type { SqlDatabase } from './engine/drizzle.ts';
import { subscriptionStore } from './subscription-store.ts';
import { sweepStore } from './sweep-store.ts';
import { switchStore } from './switch-store.ts';
import { tellTrouble } from './engine/tell-trouble.ts';
import { writeStepStore } from './write-step-store.ts';

/** Everything stored except the jobs, which run in the same database through `sqlForJobs`. */
type Kept = Omit<Store, 'jobs'>;

export type StoreOptions = {
  /** A PostgreSQL connection string; without one the embedded engine is used. */
  readonly databaseUrl?: string;
  /** Replaces a password in `databaseUrl`: asked for at each new connection, never stored. */
  readonly databasePassword?: () => Promise<string>;
  /** Folder of the embedded engine, or `memory://`. */
  readonly dataDir?: string;
  /** What `memory://` begins with: a dump of another database, which is faster than making one. */
  readonly dump?: Blob;
  /** A hexadecimal SHA-256 digest. */
  readonly hash: (text: string) => string;
  /** An id that cannot be guessed. */
  readonly newId: () => string;
};

export type OpenStore = {
  readonly store: Kept;
  /** All or nothing, including jobs sent through `sqlForJobs`. Inside, the outer store and a second transaction are refused. */
  readonly transaction: <T>(work: (store: Kept) => Promise<T>) => Promise<T>;
  readonly sqlForJobs: Db;
  /** The pace of posting that all replicas on this database share. */
  readonly pace: (limits: PaceLimits) => Pace;
  /** Runs the answer to one message or click, so that an error about the database says truthfully whether something may have been recorded. */
  readonly turn: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** When Teams last sent an activity that was stored; undefined if that is too long ago to be known. */
  readonly lastHeard: () => Promise<Date | undefined>;
  readonly backend: 'pglite' | 'postgres';
  readonly close: () => Promise<void>;
};

/**
 * Opens the database and brings its schema up to date. Throws GovernanceError invalid if another process has the data folder. Everything
 * that is opened throws GovernanceError unavailable while the database does not answer.
 */
export const openStore = async (options: StoreOptions): Promise<OpenStore> => {
  const engine = await (options.databaseUrl === undefined
    ? openPglite(options.dataDir ?? './data', options.dump)
    : openPostgres(options.databaseUrl, options.databasePassword));
  const trouble = tellTrouble();
  const ownSql = {
    ...engine.ownSql,
    executeSql: trouble.call((text: string, values?: unknown[]) => engine.ownSql.executeSql(text, values)),
  };
  const { outside, sqlForJobs, transaction } = routeThroughTransactions(engine.database, ownSql);

  const keptIn = (database: SqlDatabase): Kept => ({
    requests: requestStore(database),
    claims: claimStore(database),
    drafts: draftStore(database),
    unclaimedDrafts: unclaimedStore(database),
    keptAnswers: answerStore(database),
    reportOffers: reportOfferStore(database),
    ledger: ledgerStore(database, options),
    conversations: conversationStore(database),
    subscriptions: subscriptionStore(database),
    postedCards: postedCardStore(database),
    homeCards: homeCardStore(database),
    readers: readerStore(database),
    postedAlerts: postedAlertStore(database),
    alerts: alertStore(database),
    sweeps: sweepStore(database, engine.alone),
    seen: seenStore(database),
    listings: listingStore(database),
    written: writtenStore(database),
    leftovers: leftoverStore(database),
    gaps: gapStore(database),
    mirror: mirrorStore(database, options),
    resourceSearch: resourceSearch(database),
    resourceStandings: resourceStandings(database),
    writeSteps: writeStepStore(database),
    cleanups: cleanupStore(database),
    switches: switchStore(database),
    inbox: inboxStore(database),
    referenceTries: referenceTriesStore(database),
    oldData: oldData(database),
    outbox: outboxStore(database, options),
  });

  const ports = keptIn(outside);
  const told = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, trouble.port(port)]));
  const store = told as typeof ports;
  return {
    // The exclusive work calls Azure too, and those errors are not about the database.
    store: { ...store, sweeps: { ...store.sweeps, alone: engine.alone } },
    transaction: (work) => trouble.transaction(transaction, (inside: SqlDatabase) => work(keptIn(inside))),
    sqlForJobs,
    pace: (limits) => trouble.port(paceStore(outside, limits)),
    turn: trouble.turn,
    lastHeard: trouble.call(lastHeard(outside)),
    backend: engine.backend,
    close: engine.close,
  };
};
