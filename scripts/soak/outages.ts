import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openOutageLine, throughLine } from '../../simulator/outage-line.ts';
import { unhurried, type AppSetting } from '../../simulator/start-app.ts';
import { startSurroundings, type Surroundings } from '../../simulator/start.ts';
import { openStore } from '../../src/store/open-store.ts';
import { askForRequests } from './ask-for-requests.ts';
import { untilAnswered } from './until-answered.ts';
import { openJobTime } from './job-time.ts';
import { heardFaults, outageFaults } from './outage-faults.ts';
import { waitsOf, workUntil, type Waits } from './outage-load.ts';
import { createReplicas } from './replicas.ts';
import { everyRequest } from './kept/every-request.ts';

export type OutageOptions = {
  /** An empty PostgreSQL database. */
  readonly databaseUrl: string;
  /** The duration of each outage. */
  readonly seconds: number;
  /** The number of requests that wait for approval during each. */
  readonly requests: number;
  /** Moves the time of the job queue afterwards, instead of waiting in real time. */
  readonly hurries: boolean;
  /** Receives progress as a line. */
  readonly tell?: (line: string) => void;
};

export type OutageReport = {
  /** How long people waited, by what was away. */
  readonly waits: Readonly<Record<string, Waits>>;
  readonly acknowledged: number;
  readonly faults: readonly string[];
};

type Outage = {
  readonly name: string;
  readonly begin: () => void;
  readonly end: () => void;
  /** Nobody can be told anything, so a turn may fail. */
  readonly isMute?: boolean;
};

export const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const settleMs = 5 * 60_000;
const lookEveryMs = 500;

/** The settings of every app in these soaks. */
export const settingIn = (
  { tenant, azure, teams }: Surroundings,
  database: AppSetting['database'],
  azureUrl = azure.url,
): AppSetting => ({
  tenantId: tenant.tenantId,
  azureUrl,
  serviceUrl: teams.serviceUrl,
  openIdMetadataUrl: teams.openIdMetadataUrl,
  database,
  port: 0,
  logLevel: 'silent',
  partialRights: 'all-or-nothing',
  alertsAtOnce: 10_000,
  pace: unhurried,
});

/** Channels, and this many waiting requests. */
export const prepare = async (around: Surroundings, tick: () => Promise<void>, requests: number): Promise<void> => {
  const { teams } = around;
  await teams.installAll();
  await teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
  await teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
  await tick();
  await askForRequests(around, requests);
  await tick();
};

/** An answer that waits for what is away is not awaited: its person has heard that it waits, or will. */
const longestSilenceMs = 3000;

/**
 * Two replicas under load, from which the database, Azure and Teams are taken away in turn; returns what people heard meanwhile, and what
 * is left.
 */
export const runOutages = async ({
  databaseUrl,
  seconds,
  requests,
  hurries,
  tell,
}: OutageOptions): Promise<OutageReport> => {
  const around = await startSurroundings({ answered: (id) => untilAnswered(store.inbox, id, longestSilenceMs) }, () =>
    replicas.url(),
  );
  const { teams, azure } = around;
  const [toDatabase, toAzure] = await Promise.all([
    openOutageLine({ host: '127.0.0.1', port: Number(new URL(databaseUrl).port) }),
    openOutageLine({ host: '127.0.0.1', port: Number(new URL(azure.url).port) }),
  ]);
  let isTeamsAway = false;
  teams.failNext({ status: 502, code: 'BadGateway', times: Infinity, when: () => isTeamsAway });
  const replicas = createReplicas(2, () =>
    settingIn(
      around,
      { url: throughLine(databaseUrl, toDatabase) },
      throughLine(azure.url, toAzure).replace(/\/$/, ''),
    ),
  );
  const outages: readonly Outage[] = [
    { name: 'nothing', begin: () => undefined, end: () => undefined },
    { name: 'the database (stopped)', begin: toDatabase.cut, end: toDatabase.mend },
    { name: 'the database (silent)', begin: toDatabase.hold, end: toDatabase.mend },
    { name: 'Azure (stopped)', begin: toAzure.cut, end: toAzure.mend },
    { name: 'Azure (silent)', begin: toAzure.hold, end: toAzure.mend },
    { name: 'Teams', begin: () => (isTeamsAway = true), end: () => (isTeamsAway = false), isMute: true },
  ];
  await replicas.start();
  const { store, close } = await openStore({ databaseUrl, hash, newId: randomUUID });
  const time = await openJobTime(databaseUrl);
  const pending = async () => (await everyRequest(store.requests, ['pending'])).map(({ reference }) => reference);

  /** Whether nothing waits, runs or is still to be reported. */
  const settled = async (): Promise<void> => {
    const end = Date.now() + settleMs;
    // In the order in which they follow: a written request causes a sweep, a sweep causes alerts.
    const isOver = async () => {
      if ((await everyRequest(store.requests, ['approved'])).length > 0 || !(await time.isQuiet())) return false;
      const { waiting, held } = await store.alerts.health(new Date());
      return waiting + held === 0;
    };
    while (Date.now() < end) {
      if (hurries) {
        await time.hurry();
        await replicas.look();
      }
      if (await isOver()) return;
      await pause(lookEveryMs);
    }
  };

  const waits: Record<string, Waits> = {};
  const acknowledged = new Set<string>();
  const faults: string[] = [];
  try {
    await prepare(around, replicas.tick, outages.length * requests);
    for (const { name, begin, end, isMute = false } of outages) {
      const theirs = (await pending()).slice(0, requests);
      begin();
      const over = Date.now() + seconds * 1000;
      const load = await workUntil(around, theirs, () => Date.now() > over).finally(end);
      waits[name] = waitsOf(load.heard);
      for (const reference of load.acknowledged) acknowledged.add(reference);
      faults.push(...heardFaults(name, load.heard, isMute));
      tell?.(`Without ${name}: ${JSON.stringify(waits[name])}, ${load.acknowledged.length} approvals acknowledged`);
    }
    // Decide now what could not be decided during the outage.
    for (let rest = await pending(), tries = 0; rest.length > 0 && tries < 10; tries += 1) {
      const over = Date.now() + 2000;
      const isOver = (undecided: number) => undecided === 0 || Date.now() > over;
      const { heard, acknowledged: late } = await workUntil(around, rest, isOver);
      for (const reference of late) acknowledged.add(reference);
      faults.push(...heardFaults('nothing any more', heard, false));
      rest = await pending();
    }
    await settled();
    faults.push(...(await outageFaults(store, around, [...acknowledged])));
    return { waits, acknowledged: acknowledged.size, faults: [...new Set(faults)] };
  } finally {
    isTeamsAway = false;
    await replicas.close();
    await time.close();
    await close();
    await Promise.all([toDatabase.close(), toAzure.close()]);
    await teams.close();
    await azure.close();
  }
};
