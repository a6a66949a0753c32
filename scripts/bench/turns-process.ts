import { startAppIn, type AppSetting } from '../../simulator/start-app.ts';
import type { App } from '../../src/app.ts';
import { prepareTemplates } from '../../src/cards/prepare-templates.ts';
import { answerOrders } from './small-process.ts';
import { startStretchMeter } from './stretch.ts';

export type TurnsOrder =
  | { readonly start: AppSetting; readonly aheadMs: number }
  | { readonly forwardMs: number }
  | { readonly answered: string }
  | { readonly do: 'tick' | 'idle' | 'stretch' };
/** Of this process since the last time: its longest stretch, and the processor time of its thread. */
export type TurnsAnswer = { readonly url?: string; readonly longestMs?: number; readonly cpuMs?: number };

let app: App | undefined;
let aheadMs = 0;
const meter = startStretchMeter();

/** The simulated Azure takes longer for its first answers in a large tenant than the product waits; it keeps them for the next try. */
const mostTicks = 8;

const tick = async (tried = 1): Promise<void> => {
  try {
    await running().tick();
  } catch (error) {
    if (tried === mostTicks) throw error;
    await tick(tried + 1);
  }
};

const running = (): App => {
  if (app === undefined) throw new Error('The app is not running.');
  return app;
};

answerOrders(async (order: TurnsOrder): Promise<TurnsAnswer> => {
  if ('start' in order) {
    ({ aheadMs } = order);
    prepareTemplates();
    app = await startAppIn(order.start, {
      now: () => new Date(Date.now() + aheadMs),
      everyMinute: false,
      // The simulated Azure holds calls back while it counts rounds.
      patience: { decisionInMs: 30_000 },
    });
    return { url: app.url };
  }
  if ('forwardMs' in order) {
    aheadMs += order.forwardMs;
    return {};
  }
  if ('answered' in order) {
    await running().answered(order.answered);
    return {};
  }
  if (order.do === 'stretch') return meter.read();
  await (order.do === 'tick' ? tick() : running().idle());
  return {};
});
