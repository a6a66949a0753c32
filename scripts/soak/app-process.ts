import { enableCompileCache } from 'node:module';
import { tick as everyMinute } from '../../src/workflow/operate/tick.ts';
import type { AppSetting } from '../../simulator/start-app.ts';

/** What the parent may say, and what it hears. */
export type Order =
  | { readonly start: AppSetting; readonly hurries: boolean }
  | { readonly answered: string; readonly number: number }
  | 'tick'
  | 'look';
export type Word = { readonly url: string } | { readonly answered: number } | 'ticked';

// Each next process finds the compiled modules; that counts only for what is loaded from here on.
enableCompileCache();
const loaded = import('../../simulator/start-app.ts');
const tell = (word: Word): void => void process.send?.(word);
/** Who distributes the calls here looks more often than a load balancer. */
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
    // Two that look at once may hinder each other; the job of each minute bears that too, and comes again.
    await everyMinute(app.desk).catch(() => undefined);
  };
  tell({ url: app.url });
  // What an earlier one left is begun at once instead of at the next look into the queue.
  if (order.hurries) await app.idle();
};

process.on('message', (order: Order) => void follow(order));
// Without its parent nobody would ever end it.
process.once('disconnect', () => process.exit());
