import { setTimeout as pause } from 'node:timers/promises';
import type { AppSetting } from '../../simulator/start-app.ts';
import { createMortalApp } from './mortal-app.ts';

/** Several apps in separate processes on one database, behind a load balancer that gives each call to the next ready one. */
export type Replicas = {
  /** All at once. */
  readonly start: () => Promise<void>;
  /** The target of the next call. */
  readonly url: () => string;
  /** Runs the work of each minute on one of them, and everything that follows. */
  readonly tick: () => Promise<void>;
  /** Runs the work of each minute with a sweep on all of them at once. */
  readonly look: () => Promise<void>;
  /** By SIGTERM one after another, each restarted before the next one stops. */
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
