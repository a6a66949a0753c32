import { openStore } from '../../src/store/open-store.ts';
import { freshFolder, storeOptions } from '../store/fresh-database.ts';
import { runScript } from './run-script.ts';

describe('npm run read-only', () => {
  let data: Awaited<ReturnType<typeof freshFolder>>;
  const say = (...words: string[]) => runScript('read-only', words, { DATA_DIR: data.path });

  beforeAll(async () => {
    data = await freshFolder();
    const { close } = await openStore({ ...storeOptions, dataDir: data.path });
    await close();
  });
  afterAll(() => data.remove());

  it('is off to begin with', async () => {
    expect(await say('show')).toEqual({ code: 0, said: 'Exemption Desk is not read-only.\n' });
  });

  it('goes on for a reason, is kept, and goes off', async () => {
    const on = await say('on', '--reason', 'We look into an incident.');
    expect(on.code).toBe(0);
    expect(on.said).toMatch(/^Exemption Desk has been read-only since .* \(UTC\): We look into an incident\.\n$/);
    expect((await say('show')).said).toBe(on.said);
    expect(await say('off')).toEqual({ code: 0, said: 'Exemption Desk is not read-only.\n' });
  });

  it.each([[[]], [['on']], [['perhaps']], [['off', '--reason', 'x']], [['on', '--why', 'x']]])(
    'explains itself where it is not understood: %j',
    async (words) => {
      const { code, said } = await say(...words);
      expect(code).toBe(2);
      expect(said).toMatch(/Usage|Unknown option/);
    },
  );

  it('wants a reason', async () => {
    expect(await say('on', '--reason', ' ')).toEqual({
      code: 1,
      said: expect.stringContaining('A reason is required') as string,
    });
  });
});
