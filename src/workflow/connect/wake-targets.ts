import { wantsEvent, type Target } from '../../core/connection/outbox.ts';
import type { Database, Store } from '../../core/desk/store.ts';

/** Starts telling targets as soon as a transaction that they want to hear of is committed, instead of at the next minute. */
export const wakeTargets = (database: Database, targets: readonly Target[]): Database => {
  if (targets.length === 0) return database;
  return {
    ...database,
    transaction: (work) =>
      database.transaction(async (store) => {
        const woken = new Set<string>();
        const waking: Store = {
          ...store,
          ledger: {
            ...store.ledger,
            async append(event) {
              await store.ledger.append(event);
              for (const each of targets) if (wantsEvent(each, event.event)) woken.add(each.name);
            },
          },
          outbox: {
            ...store.outbox,
            async add(news, at) {
              await store.outbox.add(news, at);
              for (const { target } of news) woken.add(target);
            },
          },
        };
        const result = await work(waking);
        for (const target of woken) await store.jobs.send('tell-target', { target });
        return result;
      }),
  };
};
