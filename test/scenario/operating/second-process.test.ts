import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { freshFolder } from '../../store/fresh-database.ts';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const someId = '22222222-2222-4222-8222-222222222222';

/** What `npm start` runs, and what an operator sees of it. */
describe('a bot that is started twice on the same data folder', () => {
  let data: Awaited<ReturnType<typeof freshFolder>>;
  let first: ChildProcess;

  const start = (): ChildProcess =>
    spawn(process.execPath, [main], {
      env: {
        MICROSOFT_APP_ID: someId,
        MICROSOFT_APP_TENANT_ID: someId,
        MICROSOFT_APP_TYPE: 'UserAssignedMSI',
        ALLOW_EMBEDDED_DATABASE: 'true',
        DATA_DIR: data.path,
        HOST: '127.0.0.1',
        PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const hears = async (child: ChildProcess, words: string): Promise<void> => {
    for (let said = ''; !said.includes(words);) said += String((await once(child.stdout!, 'data'))[0]);
  };

  beforeAll(async () => {
    data = await freshFolder();
    first = start();
    await hears(first, 'is listening');
  });
  afterAll(async () => {
    const gone = once(first, 'exit');
    first.kill('SIGKILL');
    await gone;
    await data.remove();
  });

  it('ends the second start with a sentence that says what to do, and leaves the first alone', async () => {
    const second = start();
    let told = '';
    second.stderr!.on('data', (text: Buffer) => (told += text.toString()));
    const [code] = (await once(second, 'close')) as [number];

    expect(code).toBe(1);
    expect(told.trim()).toBe(
      `The data folder ${data.path} is in use by process ${first.pid} on ${hostname()}. Stop it first, choose another folder, or use PostgreSQL for several replicas.`,
    );
    expect(first.exitCode).toBeNull();
  });
});
