import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { ExemptionRequest } from '../../src/core/request/request.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startSurroundings, type Surroundings } from '../../simulator/start.ts';
import { createAssessments } from '../../simulator/tenant/assessments.ts';
import type { Tenant } from '../../simulator/tenant/tenant.ts';
import { openJobTime } from './job-time.ts';
import { letDecide } from './let-decide.ts';
import { createMortalApp } from './mortal-app.ts';
import { hash, settingIn } from './outages.ts';
import { createDice } from './plan-deaths.ts';
import { raceFaults } from './race/race-faults.ts';
import { createHands, type Place } from './race/race-hands.ts';
import { approveAll, isAtRest, playRound, racers, requestsAt, type Table } from './race/race-round.ts';
import { untilAnswered } from './until-answered.ts';
import { everyRequest } from './kept/every-request.ts';

export type RaceOptions = {
  /** An empty PostgreSQL database. */
  readonly databaseUrl: string;
  readonly rounds: number;
  /** How many of the rounds have a process killed in their middle. */
  readonly kills: number;
  readonly seed: number;
  /** Receives each round as a line. */
  readonly tell?: (line: string) => void;
};

export type RaceReport = {
  readonly kills: number;
  readonly presses: number;
  /** How often each kind of round was played. */
  readonly rounds: Readonly<Record<string, number>>;
  readonly ends: Readonly<Record<string, number>>;
  /** Broken invariants, each with its name in front. */
  readonly faults: readonly string[];
};

const replicas = 3;
const placesInPlay = 12;
/** Longer than a dead process keeps what it has taken in hand. */
const patienceMs = 120_000;
const settleMs = 8 * 60_000;
const restMs = 10_000;
const lookEveryMs = 250;
const longestLifeMs = 1500;

/** Resources with something that can be exempted by policy, each with another recommendation or at another place. */
const placesIn = ({ tenant }: Surroundings): Place[] =>
  createAssessments(tenant)
    .all()
    .filter(
      ({ status, recommendation, resource }) =>
        status.code === 'Unhealthy' &&
        !recommendation.evaluatedWithoutPolicy &&
        /\/resourceGroups\/(?!databricks)[^/]+\/providers\//i.test(resource.id),
    )
    .map(({ recommendation, resource }) => ({ assessmentKey: recommendation.assessmentKey, resource: resource.id }));

/** Three processes behind a load balancer that does not know at once that one of them has died. */
const openProcesses = (around: () => Surroundings, databaseUrl: string) => {
  const apps = Array.from({ length: replicas }, () =>
    createMortalApp(() => settingIn(around(), { url: databaseUrl }), false),
  );
  let turn = 0;
  return {
    apps,
    url: () => apps[(turn += 1) % apps.length]?.url() ?? '',
  };
};

/** The exemptions right at a resource that are in force and carry no request of ours. */
const outsideAt = ({ exemptions }: Tenant, resource: string, now: Date): string[] =>
  exemptions
    .all()
    .filter(({ id }) => id.toLowerCase().startsWith(`${resource.toLowerCase()}/providers/microsoft.authorization/`))
    .filter(({ properties: { metadata, expiresOn } }) => {
      const isOver = expiresOn !== undefined && new Date(expiresOn) <= now;
      return !isOver && !JSON.stringify(metadata ?? {}).includes('"request":"EX-');
    })
    .map(({ id }) => id);

/**
 * Three processes on one database are killed at random while people send, renew, change, adopt, approve, revoke and clean up the same
 * exemptions at the same time; returns which invariants are broken when all is at rest.
 */
export const runRaces = async ({ databaseUrl, rounds, kills, seed, tell }: RaceOptions): Promise<RaceReport> => {
  const dice = createDice(seed);
  const processes = openProcesses(() => around, databaseUrl);
  const around: Surroundings = await startSurroundings(
    { answered: (id) => untilAnswered(store.inbox, id, patienceMs) },
    processes.url,
  );
  const { teams, azure, tenant, control } = around;
  const { apps } = processes;
  letDecide(tenant, racers);
  await Promise.all(apps.map((app) => app.start()));
  const { store, close } = await openStore({ databaseUrl, hash, newId: randomUUID });
  const time = await openJobTime(databaseUrl);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  pool.on('error', () => undefined);
  const hands = createHands(around);

  const until = async (isOver: () => Promise<boolean>, forMs: number): Promise<boolean> => {
    const end = Date.now() + forMs;
    while (Date.now() < end) {
      await time.hurry();
      if (await isOver()) return true;
      await pause(lookEveryMs);
    }
    return false;
  };

  let killed = 0;
  let dying: Promise<void> | undefined;
  let isMortal = false;
  const race = (): void => {
    if (!isMortal) return;
    isMortal = false;
    killed += 1;
    const app = apps[Math.floor(dice() * apps.length)];
    const life = dice() * longestLifeMs;
    dying = pause(life).then(async () => {
      await app?.kill();
      await app?.start();
    });
  };

  const letExpire = async ({ reference, targets }: ExemptionRequest): Promise<void> => {
    const over = new Date(Date.now() - 60_000);
    await pool.query('update requests set expires_at = $1 where reference = $2', [over, reference]);
    for (const { exemptionId } of targets) {
      const found = tenant.exemptions.find(exemptionId);
      if (found === undefined) continue;
      const properties = { ...found.properties, expiresOn: over.toISOString() };
      tenant.exemptions.write({ ...found, properties }, { settled: true });
    }
    await apps[0]?.look();
    await until(async () => (await store.requests.find(reference))?.status === 'expired', restMs);
  };

  const table: Table = {
    hands,
    store,
    dice,
    letExpire,
    race,
    async exemptOutside({ assessmentKey, resource }) {
      // Of an adoption that failed, the exemption still stands, and nothing is open there any more.
      const standing = outsideAt(tenant, resource, new Date());
      const isOpen = placesIn(around).some(
        (each) => each.assessmentKey === assessmentKey && each.resource === resource,
      );
      if (standing.length > 0 || !isOpen) return standing;
      const wish = { scope: resource, recommendation: assessmentKey, takesTime: true };
      const made = (await control['POST /simulator/portal-exemption']?.(wish)) as { exemptions: readonly string[] };
      return made.exemptions;
    },
  };

  const played: Record<string, number> = {};
  try {
    // Defender goes on to show what is exempt as open, so that people can ask for it again and again.
    await control['POST /simulator/settings']?.({ effectDelay: 'P2D' });
    await teams.installAll();
    for (const person of racers) await teams.say(person, 'personal', 'help');
    const places = placesIn(around).slice(0, placesInPlay);
    const mortal = new Set<number>();
    while (mortal.size < Math.min(kills, rounds)) mortal.add(Math.floor(dice() * rounds));

    for (let round = 0; round < rounds; round += 1) {
      const place = places[Math.floor(dice() * places.length)];
      if (place === undefined) throw new Error('There is nothing to exempt.');
      await until(
        async () => isAtRest((await requestsAt(table, place)).filter(({ status }) => status !== 'pending')),
        restMs,
      );
      isMortal = mortal.has(round);
      const name = await playRound(table, place);
      // A round without presses at the same time has nobody killed; the next one has.
      if (isMortal) mortal.add(round + 1);
      isMortal = false;
      await dying;
      played[name] = (played[name] ?? 0) + 1;
      const statuses = (await requestsAt(table, place)).map(({ status }) => status);
      tell?.(`${round + 1}: ${name}${mortal.has(round) ? ', one killed' : ''}; ${statuses.slice(0, 4).join(', ')}`);
    }

    const isAllQuiet = async () => (await time.isQuiet()) && (await unanswered()) === 0;
    const unanswered = async (): Promise<number> => {
      const { rows } = await pool.query<{ count: number }>(
        'select count(*)::int as count from inbox where answered_at is null',
      );
      return rows[0]?.count ?? 0;
    };
    await until(isAllQuiet, settleMs);
    // What nobody has decided yet is decided now, and what was left behind is taken up by the tick.
    for (const place of places) await approveAll(table, place);
    await until(async () => {
      await apps[0]?.look();
      return (await isAllQuiet()) && isAtRest(await everyRequest(store.requests));
    }, settleMs);

    const ends: Record<string, number> = {};
    for (const { status } of await everyRequest(store.requests)) ends[status] = (ends[status] ?? 0) + 1;
    const faults = await raceFaults({
      ...{ store, tenant, now: new Date(), presses: hands.presses },
      messages: (person) => teams.messages(person),
      unanswered: await unanswered(),
    });
    return { kills: killed, presses: hands.presses.length, rounds: played, ends, faults };
  } finally {
    await dying;
    await Promise.all(apps.map((app) => app.close()));
    await pool.end();
    await time.close();
    await close();
    await teams.close();
    await azure.close();
  }
};
