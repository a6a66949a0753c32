import { enableCompileCache } from 'node:module';
import { tick as everyMinute } from '../../src/workflow/operate/tick.ts';
import type { AppSetting } from '../../simulator/start-app.ts';

/** Orders of the parent, and answers to it. */
export type Order =
  | { readonly start: AppSetting; readonly hurries: boolean }
  | { readonly answered: string; readonly number: number }
  | 'tick'
  | 'look';
export type Word = { readonly url: string } | { readonly answered: number } | 'ticked';

// Lets later processes reuse the compiled modules; applies only to modules loaded after this.
enableCompileCache();
const loaded = import('../../simulator/start-app.ts');
const tell = (word: Word): void => void process.send?.(word);
/** The load balancer here checks more often than a real one. */
const graceMs = 1500;
let tick = async (): Promise<void> => undefined;
let look = async (): Promise<void> => undefined;
let answered = async (_conversationId: string): Promise<void> => undefined;

const follow = async (order: Order): Promise<void> => {
  if (order === 'tick' || order === 'look') {
    await (order === 'tick' ? tick() : look());
    tell('ticked');
    return;
  }
  if ('answered' in order) {
    await answered(order.answered);
    tell({ answered: order.number });
    return;
  }
  const app = await (await loaded).startAppIn(order.start, { now: () => new Date() });
  ({ tick, answered } = app);
  process.once('SIGTERM', () => void app.close(graceMs).then(() => process.exit(0)));
  look = async () => {
    await app.desk.database.jobs.send('sweep-exemptions', {});
    // Two sweeps at once may disturb each other; the job of each minute tolerates that and runs again.
    await everyMinute(app.desk).catch(() => undefined);
  };
  tell({ url: app.url });
  // Starts what an earlier process left at once, instead of at the next poll of the queue.
  if (order.hurries) await app.idle();
};

process.on('message', (order: Order) => void follow(order));
// Ends without its parent, because nobody else would end it.
process.once('disconnect', () => process.exit());
