import { randomUUID } from 'node:crypto';
import { openSmallDisk } from '../../simulator/small-disk.ts';
import { startSurroundings } from '../../simulator/start.ts';
import { prepareDatabase } from '../../simulator/temporary-database.ts';
import { openStore, type OpenStore } from '../../src/store/open-store.ts';
import { createMortalApp } from './mortal-app.ts';
import { heardFaults, outageFaults } from './outage-faults.ts';
import { waitsOf, workUntil } from './outage-load.ts';
import { hash, prepare, settingIn, type OutageReport } from './outages.ts';
import { everyRequest } from './kept/every-request.ts';

const megabytes = 120;
const requests = 6;
/** By then everybody is served again, however slow the machine. */
const longestRestMs = 120_000;

/** One app on the embedded engine whose disk is full for a while, restarted after there is room; returns what people heard and what is left. */
export const runFullDisk = async (seconds: number): Promise<OutageReport> => {
  const disk = await openSmallDisk(megabytes);
  await prepareDatabase(disk.folder);
  const around = await startSurroundings({ answered: (id) => app.answered(id) }, () => app.url());
  const app = createMortalApp(() => settingIn(around, { folder: disk.folder }));
  const whileStopped = async <Result>(work: (store: OpenStore['store']) => Promise<Result>): Promise<Result> => {
    await app.kill();
    const { store, close } = await openStore({ dataDir: disk.folder, hash, newId: randomUUID });
    try {
      return await work(store);
    } finally {
      await close();
    }
  };
  const pendingIn = (store: OpenStore['store']) => everyRequest(store.requests, ['pending']);
  try {
    await app.start();
    await prepare(around, app.tick, requests);
    const references = await whileStopped(async (store) => (await pendingIn(store)).map(({ reference }) => reference));
    await app.start();
    await disk.fill(0);
    const over = Date.now() + seconds * 1000;
    const load = await workUntil(around, references, () => Date.now() > over);
    await disk.empty();
    const lost = await whileStopped(async (store) => {
      const waiting = new Set((await pendingIn(store)).map(({ reference }) => reference));
      return load.acknowledged.filter((reference) => waiting.has(reference));
    });
    await app.start();
    const end = Date.now() + longestRestMs;
    const rest = await workUntil(around, references, (undecided) => undecided === 0 || Date.now() > end);
    await app.tick();
    await app.tick();
    const acknowledged = [...new Set([...load.acknowledged, ...rest.acknowledged])];
    const left = await whileStopped((store) => outageFaults(store, around, acknowledged));
    const faults = [
      ...lost.map((reference) => `${reference} was approved on the full disk and is lost.`),
      ...heardFaults('room on the disk', load.heard, false),
      ...heardFaults('nothing any more', rest.heard, false),
      ...left,
    ];
    return {
      waits: { 'room on the disk': waitsOf(load.heard) },
      acknowledged: load.acknowledged.length,
      faults: [...new Set(faults)],
    };
  } finally {
    await app.close();
    await around.teams.close();
    await around.azure.close();
    await disk.remove();
  }
};
