import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../src/store/open-store.ts';
import { freshFolder, storeOptions } from './fresh-database.ts';
import { noPostgres, postgresStore } from './postgres-database.ts';
import { pendingRequest } from './samples.ts';

const lockModule = fileURLToPath(new URL('../../src/store/engine/lock-folder.ts', import.meta.url));

/** Another process that tries to get the folder, and holds it until it is killed where it does. */
const another = async (folder: string) => {
  const script = `const { lockFolder } = await import(${JSON.stringify(lockModule)});
    globalThis.kept = await lockFolder(${JSON.stringify(folder)}).catch(({ message }) => console.log(message));
    if (kept !== undefined) console.log('locked'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    said: said.toString().trim(),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
};

describe('a data folder', () => {
  it('keeps everything from one start to the next', async () => {
    const { path, remove } = await freshFolder();
    const first = await openStore({ dataDir: path, ...storeOptions });
    await first.store.requests.add(pendingRequest('EX-AAAA'));
    await first.close();

    const second = await openStore({ dataDir: path, ...storeOptions });
    expect(await second.store.requests.find('EX-AAAA')).toEqual(pendingRequest('EX-AAAA'));
    await second.close();
    await remove();
  });

  it('belongs to one process until that ends, even when it is killed', async () => {
    const { path, remove } = await freshFolder();
    const other = await another(path);
    const refusal = await openStore({ dataDir: path, ...storeOptions }).catch((error: unknown) => error);
    await other.kill();
    expect(refusal).toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('is in use by process') as unknown,
    });

    const store = await openStore({ dataDir: path, ...storeOptions });
    await store.close();
    await remove();
  });

  it('belongs to one of many that start at the same moment', async () => {
    const { path, remove } = await freshFolder();
    const starts = await Promise.all(Array.from({ length: 4 }, () => another(path)));

    expect(starts.filter(({ said }) => said === 'locked')).toHaveLength(1);
    expect(starts.filter(({ said }) => said.includes('is in use by '))).toHaveLength(3);
    for (const { kill } of starts) await kill();
    await remove();
  });
});

(noPostgres === undefined ? describe : describe.skip)(noPostgres ?? 'a PostgreSQL database', () => {
  it('is brought up to date by replicas that start together', async () => {
    const first = await postgresStore();
    await first.sqlForJobs.executeSql('drop schema public cascade; create schema public; drop schema drizzle cascade');

    const replicas = await Promise.all([first.replica(), first.replica(), first.replica()]);
    await replicas[0].store.requests.add(pendingRequest('EX-AAAA'));

    expect(await replicas[2].store.requests.find('EX-AAAA')).toEqual(pendingRequest('EX-AAAA'));
    await Promise.all(replicas.map((replica) => replica.close()));
    await first.close();
  });

  it('compiles no statement, which takes longer than running it', async () => {
    const store = await postgresStore();
    expect((await store.sqlForJobs.executeSql('show jit')).rows).toEqual([{ jit: 'off' }]);
    await store.close();
  });

  it('that cannot be reached ends the start with an error', async () => {
    const nobody = openStore({ databaseUrl: 'postgres://postgres@127.0.0.1:1/none', ...storeOptions });

    await expect(nobody).rejects.toThrow('ECONNREFUSED');
  });
});
