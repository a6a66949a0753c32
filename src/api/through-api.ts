import type { Store } from '../core/desk/store.ts';
import type { Desk } from '../workflow/desk.ts';
import type { Caller } from './caller.ts';

/** The desk for one call: each row that it adds to the ledger says that it came through the API, and by which application. */
export const throughApi = (desk: Desk, { appId }: Pick<Caller, 'appId'>): Desk => {
  const marked = <S extends Pick<Store, 'ledger'>>(store: S): S => ({
    ...store,
    ledger: {
      ...store.ledger,
      append: (event) =>
        store.ledger.append({ ...event, facts: { ...event.facts, channel: 'api', application: appId } }),
    },
  });
  return {
    ...desk,
    database: {
      ...marked(desk.database),
      transaction: (work) => desk.database.transaction((store) => work(marked(store))),
    },
  };
};
