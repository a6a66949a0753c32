import { startAppIn, type AppSetting } from '../../simulator/start.ts';

/** What the parent may say, and what it hears. */
export type Order = { readonly start: AppSetting } | 'tick';
export type Word = { readonly url: string } | 'ticked';

const tell = (word: Word): void => void process.send?.(word);

let tick = async (): Promise<void> => undefined;

process.on('message', (order: Order) => {
  if (order === 'tick') {
    void tick().then(() => tell('ticked'));
    return;
  }
  void startAppIn(order.start, { now: () => new Date() }).then((app) => {
    tick = app.tick;
    tell({ url: app.url });
  });
});
// Without its parent nobody would ever end it.
process.once('disconnect', () => process.exit());
