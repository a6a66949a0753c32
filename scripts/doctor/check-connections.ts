import type { Connection } from '../../src/core/connection/connection.ts';
import { targetTroubles, targetWords } from '../../src/core/connection/target-health.ts';
import type { Store } from '../../src/core/desk/store.ts';
import { examined, look, well, wrong, type Finding } from './finding.ts';

const remedy = 'Correct the file in CONNECTIONS_FILE and the settings that it names (docs/connect.md).';

/** The connections, or what is wrong with the file that names them. */
export const openForDoctor = async (
  open: () => Promise<readonly Connection[]>,
): Promise<readonly [readonly Connection[], readonly Finding[]]> => {
  try {
    return [await open(), []];
  } catch (error) {
    return [[], [wrong('Connections', error instanceof Error ? error.message : String(error), remedy)]];
  }
};

/** Tries every connection without telling anything. */
export const checkConnections = async (connections: readonly Connection[]): Promise<readonly Finding[]> => {
  const found = await Promise.all(
    connections.map(({ name, check }) =>
      examined(`Connection ${name}`, `See docs/connect/${name.split('/')[0] ?? ''}.md.`, async () => {
        const { seen, remedy: todo } = await check();
        return [todo === undefined ? well(`Connection ${name}`, seen) : look(`Connection ${name}`, seen, todo)];
      }),
    ),
  );
  return found.flat();
};

/** Reports what waits for the targets of connections and what was given up. */
export const checkTargets = async (
  { outbox }: Pick<Store, 'outbox'>,
  connections: readonly Connection[],
  now = new Date(),
): Promise<readonly Finding[]> => {
  if (connections.length === 0) return [];
  const healths = await outbox.health(now);
  return connections.map(({ name }) => {
    const health = healths.find(({ target }) => target === name);
    const about = `Told to ${name}`;
    if (health === undefined) return look(about, 'nothing yet', 'The running bot has to be started with this file.');
    return targetTroubles([health], now).length === 0
      ? well(about, targetWords(health).toLowerCase())
      : look(about, targetWords(health).toLowerCase(), 'Run: npm run connections -- show');
  });
};
