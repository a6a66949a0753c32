import { enableCompileCache } from 'node:module';
import type { AppSetting } from '../../simulator/start.ts';

/** What the parent may say, and what it hears. */
export type Order = { readonly start: AppSetting } | 'tick';
export type Word = { readonly url: string } | 'ticked';

// Each next process finds the compiled modules; that counts only for what is loaded from here on.
enableCompileCache();
const loaded = import('../../simulator/start.ts');
const tell = (word: Word): void => void process.send?.(word);
let tick = async (): Promise<void> => undefined;

const follow = async (order: Order): Promise<void> => {
  if (order === 'tick') {
    await tick();
    tell('ticked');
    return;
  }
  const app = await (await loaded).startAppIn(order.start, { now: () => new Date() });
  ({ tick } = app);
  tell({ url: app.url });
  // What an earlier one left is begun at once instead of at the next look into the queue.
  await app.idle();
};

process.on('message', (order: Order) => void follow(order));
// Without its parent nobody would ever end it.
process.once('disconnect', () => process.exit());
