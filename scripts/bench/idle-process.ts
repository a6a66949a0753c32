import { startAppIn, type AppSetting } from '../../simulator/start-app.ts';
import type { App } from '../../src/app.ts';
import { answerOrders } from './small-process.ts';

export type IdleOrder = { readonly start: AppSetting } | { readonly do: 'settle' | 'cpu' };
/** Milliseconds of processor time of this process since the last time, user and system. */
export type IdleAnswer = { readonly url?: string; readonly cpuMs?: number };

let app: App | undefined;
let before = process.cpuUsage();

answerOrders(async (order: IdleOrder): Promise<IdleAnswer> => {
  if ('start' in order) {
    app = await startAppIn(order.start, { now: () => new Date() });
    return { url: app.url };
  }
  if (order.do === 'settle') {
    await app?.idle();
    return {};
  }
  const { user, system } = process.cpuUsage(before);
  before = process.cpuUsage();
  return { cpuMs: (user + system) / 1000 };
});
