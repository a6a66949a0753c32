import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { temporaryPostgres } from '../../simulator/temporary-postgres.ts';
import { command, instruction, isSent } from './dockerfile.ts';
import { noPostgres } from '../store/postgres-database.ts';
import { productionTree, unprivileged, whyNotReadable } from './production-tree.ts';

describe('the image', () => {
  it('runs on the Node that the tests run on', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      devDependencies: { node: string };
    };

    expect(instruction('FROM').map((from) => from.split(' ')[0])).toEqual(
      Array.from({ length: 2 }, () => `node:${devDependencies.node}-slim`),
    );
  });

  it('installs what is locked, without tools and without scripts of others', () => {
    expect(instruction('RUN')).toEqual(['npm ci --omit=dev --ignore-scripts']);
  });

  it('does not run as root', () => {
    expect(instruction('USER')).toEqual(['1000:1000']);
  });

  it('starts what npm start starts', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };

    expect(command(instruction('CMD')[0]!).join(' ')).toBe(scripts.start);
  });

  it('is built from named files only, so that no settings and no data get into it', () => {
    for (const path of ['.git', '.env', 'data', 'test', 'infra/main.bicep', 'governance.yaml', 'node_modules'])
      expect({ path, sent: isSent(path) }).toEqual({ path, sent: false });
    const [packages = ''] = instruction('COPY');
    expect(
      packages
        .split(' ')
        .slice(0, -1)
        .filter((path) => !isSent(path) || !existsSync(path)),
    ).toEqual([]);
  });
});

const whyNot = noPostgres ?? whyNotReadable();

(whyNot === undefined ? describe : describe.skip)(whyNot ?? 'the container, without docker', () => {
  let tree: ReturnType<typeof productionTree>;
  let database: Awaited<ReturnType<typeof temporaryPostgres>>;
  let container: ChildProcess;
  let url: string;

  const inContainer = (environment: Readonly<Record<string, string>>) => ({
    ...unprivileged,
    cwd: tree.path,
    // Nothing may be written there either.
    env: { NODE_OPTIONS: '--preserve-symlinks', HOME: tree.path, TMPDIR: tree.path, ...environment },
  });

  const run = ([, ...words]: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    spawnSync(process.execPath, words, inContainer(environment)).status;

  beforeAll(async () => {
    tree = productionTree();
    database = await temporaryPostgres();
    const [, ...words] = command(instruction('CMD')[0]!);
    container = spawn(process.execPath, words, {
      ...inContainer({
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: '0',
        MICROSOFT_APP_ID: '22222222-2222-4222-8222-222222222222',
        MICROSOFT_APP_TYPE: 'UserAssignedMSI',
        MICROSOFT_APP_TENANT_ID: '72f988aa-0000-4000-8000-0000000000aa',
        DATABASE_URL: database.databaseUrl,
      }),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: container.stdout! })) {
      const said = JSON.parse(line) as { url?: string };
      if (said.url === undefined) continue;
      url = said.url;
      break;
    }
    container.stdout!.resume();
  });

  afterAll(async () => {
    if (container.exitCode === null) container.kill('SIGKILL');
    await database.remove();
    tree.remove();
  });

  it('is ready, run by somebody unprivileged on a tree that is read-only and has no development packages', async () => {
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(run(['node', '--eval', 'require("pino")'])).toBe(0);
    expect(run(['node', '--eval', 'require("jest")'])).not.toBe(0);
    expect(run(['node', '--eval', 'require("fs").writeFileSync("src/new.ts", "")'])).not.toBe(0);
    expect(run(['node', '--eval', 'require("fs").appendFileSync("src/main.ts", "")'])).not.toBe(0);
  });

  it('lets the operator verify the ledger in it', () => {
    expect(run(['node', 'scripts/ledger.ts', 'verify'], { DATABASE_URL: database.databaseUrl })).toBe(0);
  });

  it('passes its health check while it runs, ends by itself when told to, and fails the check afterwards', async () => {
    const check = command(instruction('HEALTHCHECK')[0]!);
    const { port } = new URL(url);
    expect(run(check, { PORT: port })).toBe(0);

    container.kill('SIGTERM');
    const [code] = (await once(container, 'exit')) as [number | null];

    expect(code).toBe(0);
    expect(run(check, { PORT: port })).toBe(1);
  });
});
