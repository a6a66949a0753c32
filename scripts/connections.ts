import { parseArgs } from 'node:util';
import { ConfigError } from '../src/config.ts';
import { formatInstant } from '../src/core/calendar.ts';
import { targetWords, type TargetHealth } from '../src/core/connection/target-health.ts';
import { counted } from '../src/core/first-few.ts';
import { GovernanceError } from '../src/core/governance-error.ts';
import { openConnections } from '../src/start/open-connections.ts';
import type { OpenStore } from '../src/store/open-store.ts';
import { replayTo, resumeTarget, sendDeadAgain } from '../src/workflow/connect/operate-targets.ts';
import { operatorCredential, storeSettings, withStore } from './with-store.ts';

const usage = `Usage (connections by CONNECTIONS_FILE, database by DATABASE_URL or DATA_DIR):
  npm run connections -- show                          how each connection does, and why something was given up
  npm run connections -- test TARGET                   sends something recognisable as a test
  npm run connections -- send-again [TARGET]           tells again what was given up
  npm run connections -- replay TARGET --from NUMBER   tells everything again from that row of the ledger on
  npm run connections -- resume TARGET                 goes on with a connection that was switched off
The running bot sends within a minute. The embedded database belongs to the running bot: stop it first.
Exit code: 0 done, 1 nothing was done, 2 not understood.`;

type Work = (store: OpenStore) => Promise<string>;

const settings = storeSettings();
const now = (): Date => new Date();

const linesOf = (health: TargetHealth): string => {
  const { target, off, lastFailure, failures, whyDead, lastSentAt } = health;
  return [
    `${target}: ${targetWords(health).toLowerCase()}`,
    ...(lastSentAt === undefined ? [] : [`  told last: ${formatInstant(lastSentAt, settings.timeZone)}`]),
    ...(off === undefined ? [] : [`  switched off: ${off.reason}`]),
    ...(failures === 0 || lastFailure === undefined ? [] : [`  last failure: ${lastFailure}`]),
    ...(whyDead === undefined ? [] : [`  given up: ${whyDead}`]),
  ].join('\n');
};

const show: Work = async ({ store }) => {
  const healths = await store.outbox.health(now());
  return healths.length === 0 ? 'Nothing is connected.' : healths.map(linesOf).join('\n');
};

const test = async (target: string): Promise<string> => {
  const connections = await openConnections(settings, {
    credential: operatorCredential(),
    now,
    appId: process.env.MICROSOFT_APP_ID ?? 'operator',
  });
  const connection = connections.find(({ name }) => name === target);
  if (connection === undefined)
    throw new GovernanceError('not-found', `There is no ${target} in the file that CONNECTIONS_FILE names.`);
  if (connection.sendTest === undefined)
    throw new GovernanceError('invalid', `${target} has no test: npm run doctor tries it without telling anything.`);
  const result = await connection.sendTest();
  if (result.kind === 'sent') return `${target} took the test.`;
  throw new GovernanceError('unavailable', 'reason' in result ? result.reason : `${target} did not take the test.`);
};

const inStore = (work: Work) => (): Promise<string> => withStore(settings.database, work);

const chosen = (): (() => Promise<string>) | undefined => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { from: { type: 'string' } } });
  const [command, target, ...more] = positionals;
  if (more.length > 0 || (values.from !== undefined) !== (command === 'replay')) return undefined;
  if (command === 'show' && target === undefined) return inStore(show);
  const place = ({ transaction }: OpenStore) => ({ now, database: { transaction } });
  if (command === 'send-again')
    return inStore(
      async (store) => `${counted(await sendDeadAgain(place(store), target), 'event')} will be told again.`,
    );
  if (target === undefined) return undefined;
  if (command === 'test') return () => test(target);
  if (command === 'resume')
    return inStore(async (store) => {
      await resumeTarget(place(store), target);
      return `${target} goes on.`;
    });
  const from = Number(values.from);
  return command === 'replay' && Number.isSafeInteger(from) && from > 0
    ? inStore(async (store) => `${counted(await replayTo(place(store), target, from), 'event')} will be told again.`)
    : undefined;
};

try {
  const work = chosen();
  if (work === undefined) console.error(usage);
  else console.log(await work());
  process.exitCode = work === undefined ? 2 : 0;
} catch (error) {
  const mistyped = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!mistyped && !(error instanceof GovernanceError) && !(error instanceof ConfigError)) throw error;
  console.error(mistyped ? `${error.message}\n${usage}` : error.message);
  process.exitCode = mistyped ? 2 : 1;
}
