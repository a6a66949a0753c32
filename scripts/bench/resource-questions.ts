import type { OpenStore } from '../../src/store/open-store.ts';
import { scopeFilter } from '../../src/core/tenant/scope-filter.ts';
import type { Question } from './list-questions.ts';
import { largeHierarchy, listedSubscriptions, places } from './many-requests.ts';

const inOneStatement = 5000;

/** So many assessed resources as the mirror keeps them, spread over all subscriptions. Written by the database, because one after another would take minutes. */
export const fillResources = async (opened: OpenStore, count: number, now: Date): Promise<void> => {
  const run = (text: string) => opened.sqlForJobs.executeSql(text);
  const subscriptionOf = (n: string): string =>
    `'/subscriptions/10000000-0000-4000-8000-' || lpad((${n} % ${listedSubscriptions})::text, 12, '0')`;
  await run(`
    insert into mirror_batches (part, slice, batch, digest, read_at)
    select 'resources', ${subscriptionOf('n')}, 'b' || n, 'd', '${now.toISOString()}' from generate_series(0, ${listedSubscriptions - 1}) as n`);
  for (let from = 1; from <= count; from += inOneStatement)
    await run(`
      insert into mirror_rows (part, slice, batch, place, key, data)
      select 'resources', subscription, 'b' || n % ${listedSubscriptions}, n, id, jsonb_build_object('id', id, 'type', 'Microsoft.Storage/storageAccounts',
        'keys', jsonb_build_array('key-' || n % 250, 'key-' || n % 240, 'key-' || n % 230), 'unhealthy', jsonb_build_array('key-' || n % 250),
        'search', 'st' || n || chr(10) || 'rg-' || n % 12 || chr(10) || 'microsoft.storage/storageaccounts')
      from generate_series(${from}, ${Math.min(count, from + inOneStatement - 1)}) as n,
        lateral (select ${subscriptionOf('n')} as subscription) as inside,
        lateral (select subscription || '/resourcegroups/rg-' || n % 12 || '/providers/microsoft.storage/storageaccounts/st' || n as id) as called`);
  await run('analyze mirror_rows');
};

const asked: Readonly<Record<string, (round: number) => { readonly text: string; readonly key?: string }>> = {
  'resources, nothing typed': () => ({ text: '' }),
  'resources, one letter': () => ({ text: 's' }),
  'resources, a name': (round) => ({ text: `st${round * 4001}` }),
  'resources, of a recommendation': (round) => ({ text: 'st', key: `key-${round * 11}` }),
  'resources, a name that none has': () => ({ text: 'nobody is called so' }),
};

const groupsAsked: Readonly<Record<string, (round: number) => string>> = {
  'resource groups, one letter': () => 'r',
  'resource groups, a name': (round) => `rg-${round % 12}`,
  'resource groups, a name that none has': () => 'nobody is called so',
};

/** What a person asks with each letter that they type into a search for resources and resource groups. */
export const resourceQuestions = ({ store }: OpenStore): Question[] =>
  Object.entries(places).flatMap(([who, scopes]) => {
    const sight = scopeFilter({ scopes, hidden: [], hierarchy: largeHierarchy });
    const wordsOf = (text: string) => (text === '' ? [] : [{ text, subscriptions: [] }]);
    return [
      ...Object.entries(asked).map(([name, question]): Question => {
        const ask = (round: number): Promise<unknown> => {
          const { text, key } = question(round);
          return store.resourceSearch.find({ sight, words: wordsOf(text), key, most: 15 });
        };
        return { name: `${name}, ${who}`, ask, promisedMs: 150 };
      }),
      ...Object.entries(groupsAsked).map(([name, textOf]): Question => {
        const ask = (round: number): Promise<unknown> =>
          store.resourceSearch.groups({ sight, words: wordsOf(textOf(round)), key: undefined, most: 15 });
        return { name: `${name}, ${who}`, ask, promisedMs: 150 };
      }),
    ];
  });
