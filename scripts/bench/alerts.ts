import { teamsPace, type Bucket } from '../../src/core/chat/pace.ts';
import { raiseAlerts } from '../../src/workflow/alert/raise-alerts.ts';
import { startWorld, type World } from '../../simulator/start.ts';
import { temporaryPostgres, whyNoPostgres } from '../../simulator/temporary-postgres.ts';
import { subscribeChannels } from '../subscribe-channels.ts';
import { mostWithin, rateAfter } from './rates.ts';

const channels = Array.from({ length: 121 }, (_, index) => `#bench-${index}`);
const checkEveryMs = 200;

const scopes = {
  one: '/providers/Microsoft.Management/managementGroups/sandbox',
  many: '/providers/Microsoft.Management/managementGroups/landingzones',
} as const;

const occurrence = (scope: string, key: string) => ({
  kind: 'created' as const,
  unitKey: key,
  steps: ['created'],
  scopes: [scope],
  severity: 'high' as const,
  alert: {
    step: 'created' as const,
    title: `Exemption created ${key}`,
    severity: 'high' as const,
    facts: [{ label: 'Recommendation', text: 'Secure transfer to storage accounts should be enabled' }],
    words: 'Measured, not meant.',
    rows: [],
    reference: undefined,
    exemptionId: undefined,
  },
});

/** Raises this many alerts and waits until everything that follows is posted; returns when each was posted, in milliseconds. */
const post = async (world: World, scope: string, count: number, posts: number): Promise<number[]> => {
  const { teams } = world;
  const [calls, before] = [teams.connectorCalls(), teams.connectorCalls().length];
  await raiseAlerts(
    world.app().desk,
    Array.from({ length: count }, (_, index) => occurrence(scope, `${scope} ${index}`)),
  );
  const times: number[] = [];
  for (let seen = before; times.length < posts;) {
    await new Promise((resolve) => setTimeout(resolve, checkEveryMs));
    const fresh = calls.slice(seen);
    seen += fresh.length;
    const ours = fresh.filter(
      ({ status, body }) => status < 300 && JSON.stringify(body ?? '').includes(`created ${scope}`),
    );
    times.push(...ours.map(({ atMs }) => atMs));
  }
  return times;
};

const report = (what: string, times: readonly number[], { everyMs, burst }: Bucket): boolean => {
  const [measured, configured] = [rateAfter(burst, times), 1000 / everyMs];
  const isKept = measured <= configured * 1.05 && measured >= configured * 0.85;
  const most = [1, 2, 30].map((seconds) => `${mostWithin(times, seconds * 1000)} in ${seconds} s`).join(', ');
  console.log(
    `${what}: ${times.length} alerts, ${measured.toFixed(2)} per s (configured ${configured.toFixed(2)}${isKept ? '' : ': NOT KEPT'}); at most ${most}`,
  );
  return isKept;
};

const measure = async (world: World): Promise<boolean> => {
  const [ofOne] = teamsPace.conversation;
  if (ofOne === undefined) throw new Error('The pace knows no conversation.');
  const chosen = new Map(channels.map((name, index) => [name, index === 0 ? scopes.one : scopes.many]));
  await subscribeChannels(world.teams, world.app().desk.database, chosen);
  const asking = setInterval(() => void world.teams.say('bob', channels[0] ?? '', '@Exemption Desk help'), 4000);
  const inOne = await post(world, scopes.one, 45, 45).finally(() => {
    clearInterval(asking);
  });
  const inMany = await post(world, scopes.many, 5, 5 * (channels.length - 1));
  const kept = [
    report('Into one channel, where somebody asks for help every 4 s', inOne, ofOne),
    report(`Into ${channels.length - 1} channels`, inMany, teamsPace.all),
  ];
  const calls = world.teams.connectorCalls();
  const throttled = calls.filter(({ status }) => status === 429).length;
  console.log(`${calls.length} calls to the connector in all, ${throttled} of them answered 429.`);
  const { unknowns } = await world.app().desk.database.alerts.health(new Date());
  console.log(`${unknowns} attempts of unknown outcome.`);
  return throttled === 0 && unknowns === 0 && kept.every(Boolean);
};

/** Two replicas on PostgreSQL post alerts into one channel and then into many, while Teams enforces its limits. */
export const benchAlerts = async (): Promise<boolean> => {
  const whyNot = await whyNoPostgres();
  if (whyNot !== undefined) throw new Error(whyNot);
  const { databaseUrl, remove } = await temporaryPostgres();
  const world = await startWorld({
    database: { url: databaseUrl },
    replicas: 2,
    moreChannels: channels,
    enforceLimits: true,
    alertsAtOnce: 10_000,
    everyMinute: true,
  });
  try {
    return await measure(world);
  } finally {
    await world.close();
    await remove();
  }
};
