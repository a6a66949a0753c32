import type { Config } from './config.ts';
import { assembleDesk } from './start/assemble-desk.ts';
import { openOutside } from './start/open-outside.ts';
import type { Overrides } from './start/overrides.ts';
import { startBot } from './start/start-bot.ts';
import { startJobs } from './start/start-jobs.ts';
import { startListening } from './start/start-listening.ts';
import { inTime, pause } from './timers.ts';
import type { SweepingDesk } from './workflow/desk.ts';
import { resumeAnswers, tick } from './workflow/operate/tick.ts';

export type { Overrides };

export type App = {
  readonly url: string;
  /** Runs the work of each minute now, and waits for the jobs that it caused. */
  readonly tick: () => Promise<void>;
  /** Resolves when everything from a conversation is answered, or its answer waits for the database. */
  readonly answered: (conversationId: string) => Promise<void>;
  /** Resolves when no job is queued or running. */
  readonly idle: () => Promise<void>;
  readonly desk: SweepingDesk;
  /**
   * Reports at /readyz that it is not ready and keeps answering for `graceMs`, so that load balancers can switch to other replicas. Then
   * accepts no more, ends the running turns, then the jobs, and closes the database.
   */
  readonly close: (graceMs?: number) => Promise<void>;
};

/** Running answers may take this long to end; the next replica answers the others. */
const longestEndMs = 5000;

/** Starts everything, in this order; the adapters meet in src/start. Resolves when messages are answered. */
export const startApp = async (config: Config, overrides: Overrides = {}): Promise<App> => {
  const outside = await openOutside(config, overrides);
  const desk = assembleDesk(config, outside);
  const bot = startBot(config, overrides, outside, desk);
  const { jobs, opened, log } = outside;
  await startJobs(jobs, desk, bot, overrides.everyMinute);
  // The previous process may have died in the middle of an answer.
  await resumeAnswers(desk, 0);
  let isStopping = false;
  const server = await startListening(config, overrides, outside, desk, bot, () => isStopping);
  log.info({ url: server.url }, 'Exemption Desk is listening');

  return {
    url: server.url,
    desk,
    answered: bot.answered,
    async idle() {
      await bot.settled();
      await jobs.idle();
    },
    async tick() {
      await tick(desk);
      await jobs.idle();
    },
    async close(graceMs = 0) {
      isStopping = true;
      await pause(graceMs);
      await server.close();
      await inTime(bot.settled(), longestEndMs);
      await jobs.stop();
      await opened.close();
    },
  };
};
