import { openStore } from '../../src/store/open-store.ts';
import { freshFolder, storeOptions } from '../store/fresh-database.ts';
import { runScript } from './run-script.ts';

const at = new Date('2026-12-01T08:00:00.000Z');

describe('npm run connections', () => {
  let data: Awaited<ReturnType<typeof freshFolder>>;
  const say = (...words: string[]) => runScript('connections', words, { DATA_DIR: data.path });

  beforeAll(async () => {
    data = await freshFolder();
  });
  afterAll(() => data.remove());

  it('shows what was given up and why, and tells it again', async () => {
    const { store, close } = await openStore({ ...storeOptions, dataDir: data.path });
    const target = { name: 'webhooks/soc', events: ['*'], order: 'none' } as const;
    await store.outbox.keepTargets([target], at);
    await store.outbox.add([{ target: target.name, about: 'a test', content: {} }], at);
    const rows = await store.outbox.take(target.name, { at, until: at }, 1);
    const keys = rows.map(({ key }) => key);
    await store.outbox.close(keys, 'dead', at, 'It answered 400.');
    await close();

    expect(await say('show')).toEqual({
      code: 0,
      said: 'webhooks/soc: 1 given up\n  given up: It answered 400.\n',
    });
    expect(await say('send-again', 'webhooks/soc')).toEqual({ code: 0, said: '1 event will be told again.\n' });
    // Its own row in the ledger is told as well.
    expect((await say('show')).said).toBe('webhooks/soc: 2 waiting\n');
  });

  it('names what is connected where it is asked for something else', async () => {
    const { code, said } = await say('send-again', 'webhooks/sco');
    expect([code, said]).toEqual([1, expect.stringContaining('Connected: webhooks/soc')]);
  });

  it.each([[[]], [['replay', 'x', '--from', '0']]])('explains itself where it is not understood: %j', async (words) => {
    const { code, said } = await say(...words);
    expect([code, said]).toEqual([2, expect.stringContaining('Usage')]);
  });
});
