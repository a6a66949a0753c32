import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { appendFile, chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A separate PostgreSQL server that can be stopped and started without affecting others. */
export type OwnPostgres = {
  readonly databaseUrl: string;
  /** `fast` closes connections properly; `immediate` simply crashes. Resolves when it accepts connections again. */
  readonly restart: (how: 'fast' | 'immediate') => Promise<void>;
  /** Refuses new connections, and stops when the last one is closed. */
  readonly closeUp: () => Promise<void>;
  readonly stop: (how: 'fast' | 'immediate') => Promise<void>;
  readonly start: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** The newest version on this machine, as Debian installs them. */
const binaries = globSync('/usr/lib/postgresql/*/bin')
  .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
  .findLast((folder) => ['initdb', 'pg_ctl', 'postgres'].every((name) => existsSync(join(folder, name))));

/** Undefined if one can be started, otherwise a sentence that says why not. */
export const whyNoOwnPostgres: string | undefined =
  binaries === undefined ? 'A PostgreSQL server of its own was left out: /usr/lib/postgresql has no initdb' : undefined;

/** PostgreSQL refuses to run as root, so root runs it as the user nobody. */
const [nobody, nogroup] = [65_534, 65_534];
const isRoot = process.getuid?.() === 0;

/** Small, so that it starts at once. Only a crash of the machine would lose data, and nobody needs it then. */
const settings = (port: number): string =>
  Object.entries({
    port,
    listen_addresses: `'127.0.0.1'`,
    unix_socket_directories: `''`,
    shared_buffers: `'8MB'`,
    max_connections: 40,
    fsync: 'off',
    full_page_writes: 'off',
  })
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

export const startOwnPostgres = async (): Promise<OwnPostgres> => {
  const folder = await mkdtemp(join(tmpdir(), 'exemption-desk-postgres-'));
  if (isRoot) await chown(folder, nobody, nogroup);
  const data = join(folder, 'data');
  const call = async (program: 'initdb' | 'pg_ctl', ...words: string[]): Promise<void> => {
    await run(join(binaries ?? '', program), ['-D', data, ...words], {
      cwd: folder,
      env: {},
      ...(isRoot ? { uid: nobody, gid: nogroup } : {}),
    });
  };
  const log = join(folder, 'log');
  const port = await freePort();
  await call('initdb', '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions');
  await appendFile(join(data, 'postgresql.conf'), settings(port));
  const start = (): Promise<void> => call('pg_ctl', 'start', '-w', '-l', log);
  const stop: OwnPostgres['stop'] = (how) => call('pg_ctl', 'stop', '-w', '-m', how);
  await start();
  return {
    databaseUrl: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    stop,
    restart: (how) => call('pg_ctl', 'restart', '-w', '-m', how, '-l', log),
    closeUp: () => call('pg_ctl', 'stop', '-W', '-m', 'smart'),
    async remove() {
      await stop('immediate').catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
