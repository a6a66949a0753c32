import { setTimeout as pause } from 'node:timers/promises';
import type { AppSetting } from '../../simulator/start-app.ts';
import { createMortalApp } from './mortal-app.ts';

/** Several apps in processes of their own on one database, with somebody in front who gives each call to the next one that is ready. */
export type Replicas = {
  /** All at once. */
  readonly start: () => Promise<void>;
  /** Where the next call goes. */
  readonly url: () => string;
  /** What is done each minute, by one of them, and all that follows from it. */
  readonly tick: () => Promise<void>;
  /** What is done each minute, with a sweep, by all of them at once. */
  readonly look: () => Promise<void>;
  /** By SIGTERM one after the other, each started anew before the next one goes. */
  readonly restartInTurn: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const lookEveryMs = 50;

export const createReplicas = (count: number, setting: () => AppSetting): Replicas => {
  const apps = Array.from({ length: count }, () => createMortalApp(setting, false));
  let inFront: readonly (typeof apps)[number][] = [];
  let turn = 0;
  const isReady = async (url: string): Promise<boolean> =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  return {
    async start() {
      await Promise.all(apps.map((app) => app.start()));
      inFront = apps;
    },
    url() {
      turn += 1;
      const app = inFront[turn % inFront.length];
      if (app === undefined) throw new Error('No replica is ready.');
      return app.url();
    },
    tick: async () => apps[0]?.tick(),
    async look() {
      await Promise.all(apps.map((app) => app.look()));
    },
    async restartInTurn() {
      for (const app of apps) {
        const gone = app.stop();
        while (await isReady(app.url())) await pause(lookEveryMs);
        inFront = inFront.filter((each) => each !== app);
        await gone;
        await app.start();
        inFront = [...inFront, app];
      }
    },
    async close() {
      await Promise.all(apps.map((app) => app.close()));
    },
  };
};
