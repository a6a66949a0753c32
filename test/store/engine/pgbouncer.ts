import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((path) => existsSync(path));

/** Undefined if PgBouncer can be started, otherwise a sentence that says why not. */
export const whyNoPgbouncer: string | undefined =
  program === undefined ? 'PgBouncer was left out: it is not installed (Debian: apt-get install pgbouncer)' : undefined;

/** PgBouncer refuses to run as root. */
const [nobody, nogroup] = [65_534, 65_534];
const isRoot = process.getuid?.() === 0;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** A real PgBouncer before the database; `settings` are lines of its configuration. */
export const startPgbouncer = async (databaseUrl: string, settings: Readonly<Record<string, string>>) => {
  const behind = new URL(databaseUrl);
  const folder = await mkdtemp(join(tmpdir(), 'exemption-desk-pgbouncer-'));
  const port = await freePort();
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: '',
    auth_type: 'any',
    ...settings,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
  const target = `* = host=${behind.hostname} port=${behind.port} user=${behind.username}`;
  const file = join(folder, 'pgbouncer.ini');
  await writeFile(file, ['[databases]', target, '[pgbouncer]', ...lines, ''].join('\n'));
  if (isRoot) for (const path of [folder, file]) await chown(path, nobody, nogroup);
  const child = spawn(program ?? '', [file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(isRoot ? { uid: nobody, gid: nogroup } : {}),
  });
  let log = '';
  for await (const piece of child.stderr) {
    log += String(piece);
    if (log.includes('process up')) break;
  }
  const url = new URL(databaseUrl);
  url.port = String(port);
  return {
    databaseUrl: url.href,
    async close() {
      if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
      await rm(folder, { recursive: true });
    },
  };
};
