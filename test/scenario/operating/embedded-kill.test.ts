import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMortalApp, type MortalApp } from '../../../scripts/soak/mortal-app.ts';
import { outageFaults } from '../../../scripts/soak/outage-faults.ts';
import { prepare, settingIn } from '../../../scripts/soak/outages.ts';
import { startSurroundings, type Surroundings } from '../../../simulator/start.ts';
import { prepareDatabase } from '../../../simulator/temporary-database.ts';
import { openStore, type OpenStore } from '../../../src/store/open-store.ts';
import { storeOptions } from '../../store/fresh-database.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const rounds = 2;
const azureCall = 'azure-simulator.call';

describe('an embedded engine whose process is killed again and again', () => {
  let folder: string;
  let around: Surroundings;
  let app: MortalApp;
  let references: readonly string[];
  const afterKill: (string | undefined)[] = [];

  /** Nobody else may have the folder open. A job that died with its process is handed out again after 45 seconds, which pass at once here. */
  const whileDead = async <Result>(work: (store: OpenStore['store']) => Promise<Result>): Promise<Result> => {
    await app.kill();
    const { store, sqlForJobs, close } = await openStore({ dataDir: folder, ...storeOptions });
    try {
      const result = await work(store);
      await sqlForJobs.executeSql(
        `update pgboss.job set state = 'retry', start_after = now() where state in ('active', 'retry')`,
      );
      return result;
    } finally {
      await close();
    }
  };
  const written = (): Promise<void> =>
    new Promise((resolve) => {
      const hear = (call: unknown): void => {
        if ((call as { readonly method: string }).method !== 'PUT') return;
        unsubscribe(azureCall, hear);
        resolve();
      };
      subscribe(azureCall, hear);
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemption-desk-killed-'));
    await prepareDatabase(folder);
    around = await startSurroundings({ answered: (id) => app.answered(id) }, () => app.url());
    app = createMortalApp(() => settingIn(around, { folder }));
    await app.start();
    await prepare(around, app.tick, rounds);
    references = await whileDead(async ({ requests }) =>
      (await everyRequest(requests)).map(({ reference }) => reference),
    );
    for (const [round, reference] of references.entries()) {
      await app.start();
      const card = around.teams
        .messages('#approvals')
        .find(({ from, cards, visibleText }) => from === 'bot' && cards.length > 0 && visibleText.includes(reference));
      const writing = written();
      await around.teams.submit('bob', card!.id, { verb: 'approve-request', reference, version: 1, comment: '' });
      // Every second time in the middle of writing to Azure, else right after Bob was answered.
      if (round % 2 === 1) await writing;
      afterKill.push(await whileDead(async ({ requests }) => (await requests.find(reference))?.status));
    }
  }, 120_000);
  afterAll(async () => {
    await app.close();
    await around.teams.close();
    await around.azure.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('has each approval that was acknowledged', () => {
    expect(references).toHaveLength(rounds);
    for (const status of afterKill) expect(['approved', 'applied', 'effective']).toContain(status);
  });

  it('goes on with what the killed one was about: all is written once and told, and the ledger is whole', async () => {
    await app.start();
    await app.tick();
    await app.tick();

    expect(await whileDead((store) => outageFaults(store, around, references))).toEqual([]);
  }, 60_000);
});
