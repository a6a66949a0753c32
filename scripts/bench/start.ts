import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { temporaryPostgres, whyNoPostgres } from '../../simulator/temporary-postgres.ts';

const port = 3991;
const patienceMs = 60_000;
const restMs = 30_000;
const guid = '22222222-2222-4222-8222-222222222222';
const shipped = ['package.json', 'package-lock.json', '.npmrc', 'src', 'scripts', 'appPackage', 'infra'];

const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`;
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

const isReady = async (): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

const memoryOf = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

/** Starts the installation, and measures how long it took and how much memory it holds at rest. */
const start = async (folder: string, databaseUrl: string): Promise<{ readyMs: number; memory: number }> => {
  const begun = performance.now();
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: folder,
    stdio: 'ignore',
    env: {
      NODE_ENV: 'production',
      MICROSOFT_APP_ID: guid,
      MICROSOFT_APP_TYPE: 'UserAssignedMSI',
      MICROSOFT_APP_TENANT_ID: guid,
      DATABASE_URL: databaseUrl,
      HOST: '127.0.0.1',
      PORT: String(port),
    },
  });
  try {
    while (!(await isReady())) {
      if (child.exitCode !== null || performance.now() - begun > patienceMs)
        throw new Error('It does not become ready.');
      await pause(20);
    }
    const readyMs = performance.now() - begun;
    await pause(restMs);
    return { readyMs, memory: memoryOf(child.pid) };
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
};

/** Measures the production installation of docs/install.md: its size, its time until ready, and its memory at rest. */
export const benchStart = async (): Promise<boolean> => {
  const whyNot = await whyNoPostgres();
  if (whyNot !== undefined) throw new Error(whyNot);
  const folder = mkdtempSync(join(tmpdir(), 'exemption-desk-start-'));
  const { databaseUrl, remove } = await temporaryPostgres();
  try {
    for (const name of shipped) cpSync(name, join(folder, name), { recursive: true });
    const begun = performance.now();
    const { status, stderr } = spawnSync('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-progress'], {
      cwd: folder,
    });
    if (status !== 0) throw new Error(`npm ci failed: ${stderr.toString().slice(-500)}`);
    console.log(`Installed with npm ci --omit=dev --ignore-scripts in ${seconds(performance.now() - begun)}`);
    console.log(
      `Size: packages ${megabytes(sizeOf(join(folder, 'node_modules')))}, own code ${megabytes(sizeOf(join(folder, 'src')))}`,
    );
    for (const which of ['First start, tables are made', 'Later start']) {
      const { readyMs, memory } = await start(folder, databaseUrl);
      console.log(
        `${which}: ready after ${seconds(readyMs)}, ${megabytes(memory)} resident after ${restMs / 1000} s at rest`,
      );
    }
    return true;
  } finally {
    await remove();
    rmSync(folder, { recursive: true });
  }
};
