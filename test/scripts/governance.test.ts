import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { asPerson } from '../../src/core/person.ts';
import { recordOf } from '../../src/core/ledger/request-record.ts';
import { openStore, type OpenStore } from '../../src/store/open-store.ts';
import { freshFolder, storeOptions } from '../store/fresh-database.ts';
import { noPostgres, postgresStore } from '../store/postgres-database.ts';
import { alice, pendingRequest } from '../store/samples.ts';
import { runScript } from './run-script.ts';

const keep = async ({ store }: OpenStore, reference: string, createdAt: string): Promise<void> => {
  const request = pendingRequest(reference, { createdAt: new Date(createdAt) });
  await store.ledger.append({
    at: request.createdAt,
    actor: asPerson(alice),
    reference,
    event: 'requested',
    from: undefined,
    to: 'pending',
    ...recordOf(request, undefined),
  });
};

describe('npm run governance -- simulate', () => {
  let folder: string;
  let file: string;
  let wrong: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemption-desk-governance-'));
    [file, wrong] = [join(folder, 'changed.yaml'), join(folder, 'wrong.yaml')];
    await writeFile(file, 'rules:\n  - { name: No MFA, when: { recommendation: [MFA*] }, then: { deny: Never. } }\n');
    await writeFile(wrong, 'rule: []\n');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  describe('on the embedded engine', () => {
    let data: Awaited<ReturnType<typeof freshFolder>>;
    const simulate = (...words: string[]) =>
      runScript('governance', ['simulate', ...words], { DATA_DIR: data.path, TIME_ZONE: 'Europe/Berlin' });

    beforeAll(async () => {
      data = await freshFolder();
      const store = await openStore({ dataDir: data.path, ...storeOptions });
      await keep(store, 'EX-AAAA', '2026-11-20T22:59:00Z');
      await keep(store, 'EX-BBBB', '2026-11-20T23:00:00Z');
      await store.close();
    });
    afterAll(() => data.remove());

    it('says what would differ, which is no failure', async () => {
      const { code, said } = await simulate(file, '--from', '2026-11-21');

      expect(said).toContain('1 request from 21 Nov 2026 to 21 Nov 2026: 0 as before, 1 would be refused.\n');
      expect(said).toMatch(/\nEX-BBBB, .*; would be refused, by “No MFA” \(line 2\)/);
      expect(code).toBe(0);
    });

    it('fails with the place of a mistake in the file', async () => {
      expect(await simulate(wrong)).toEqual({
        code: 1,
        said: 'wrong.yaml:1:1 rule is not a known field. Did you mean rules?\n',
      });
    });

    it.each([
      [['--from', 'yesterday'], 2, 'Usage'],
      [['--form', '2026-11-21'], 2, 'Usage'],
      [
        ['--from', '2026-11-21', '--to', '2026-11-20'],
        1,
        'The period ends (2026-11-20) before it begins (2026-11-21).',
      ],
    ])('does not take %j', async (words, code, sentence) => {
      const told = await simulate(file, ...words);

      expect(told.said).toContain(sentence);
      expect(told.code).toBe(code);
    });

    it('says that the folder is in use while the bot runs on it', async () => {
      const store = await openStore({ dataDir: data.path, ...storeOptions });
      try {
        expect(await simulate(file)).toEqual({
          code: 1,
          said: `The data folder ${data.path} is in use by process ${process.pid} on ${hostname()}. Stop it first, choose another folder, or use PostgreSQL for several replicas.\n`,
        });
      } finally {
        await store.close();
      }
    });

    it('says where there is no database', async () => {
      const nowhere = join(folder, 'nowhere');
      const { code, said } = await runScript('governance', ['simulate', file], { DATA_DIR: nowhere });
      expect(said).toBe(`There is no database in ${nowhere}. Set DATABASE_URL or DATA_DIR.\n`);
      expect(code).toBe(1);
    });
  });

  (noPostgres === undefined ? it : it.skip)(
    noPostgres ?? 'works on PostgreSQL beside a bot that has it open',
    async () => {
      const store = await postgresStore();
      try {
        await keep(store, 'EX-AAAA', '2026-11-20T12:00:00Z');
        const { code, said } = await runScript('governance', ['simulate', file], { DATABASE_URL: store.databaseUrl });
        expect(said).toContain('1 request from 20 Nov 2026 to 20 Nov 2026: 0 as before, 1 would be refused.');
        expect(code).toBe(0);
        await keep(store, 'EX-BBBB', '2026-11-20T12:00:00Z');
      } finally {
        await store.close();
      }
    },
  );
});
