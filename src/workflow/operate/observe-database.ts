import type { Observe } from '../../core/observed.ts';
import type { Database, Store } from '../../core/desk/store.ts';

/** Observes each committed ledger row about a request. */
export const observeDatabase = (database: Database, observe: Observe): Database => ({
  ...database,
  async transaction(work) {
    const events: { readonly event: string; readonly reference: string }[] = [];
    const noting = (store: Store): Store => ({
      ...store,
      ledger: {
        ...store.ledger,
        async append(entry) {
          await store.ledger.append(entry);
          if (entry.reference !== undefined) events.push({ event: entry.event, reference: entry.reference });
        },
      },
    });
    const result = await database.transaction((store) => work(noting(store)));
    for (const each of events) observe({ what: 'decision', ...each });
    return result;
  },
});
