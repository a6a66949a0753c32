import pg from 'pg';
import { largeHierarchy, fillRequests, places, requester } from '../../scripts/bench/many-requests.ts';
import { fillExemptions } from '../../scripts/bench/many-exemptions.ts';
import { fillResources } from '../../scripts/bench/resource-questions.ts';
import { temporaryPostgres } from '../../simulator/temporary-postgres.ts';
import type { ListingFilter, ListingKind } from '../../src/core/inventory/listing-filter.ts';
import { scopeFilter } from '../../src/core/tenant/scope-filter.ts';
import { alertStore } from '../../src/store/alert-store.ts';
import { onPostgres, type SqlDatabase } from '../../src/store/engine/drizzle.ts';
import { casing } from '../../src/store/engine/engine.ts';
import { gapStore } from '../../src/store/gap-store.ts';
import { leftoverStore } from '../../src/store/inventory/leftover-store.ts';
import { listingStore } from '../../src/store/inventory/listing-store.ts';
import { ledgerStore } from '../../src/store/ledger/ledger-store.ts';
import { resourceSearch } from '../../src/store/mirror/resource-search.ts';
import { openStore, type OpenStore } from '../../src/store/open-store.ts';
import { requestStore } from '../../src/store/request/request-store.ts';
import { seenStore } from '../../src/store/seen-store.ts';
import { subscriptionStore } from '../../src/store/subscription-store.ts';
import { fillOthers } from './fill-others.ts';
import { storeOptions } from './fresh-database.ts';
import { noPostgres } from './postgres-database.ts';

const size = 100_000;
const now = new Date();
const dayAgo = new Date(now.getTime() - 86_400_000);

/** Everything that is asked of the store here, as its own functions ask it. */
const storeOn = (database: SqlDatabase) => ({
  requests: requestStore(database),
  seen: seenStore(database),
  alerts: alertStore(database),
  ledger: ledgerStore(database, storeOptions),
  listings: listingStore(database),
  leftovers: leftoverStore(database),
  gaps: gapStore(database),
  subscriptions: subscriptionStore(database),
  resources: resourceSearch(database),
});
type Asked = ReturnType<typeof storeOn>;

const sightOf = (scopes: readonly string[]) => scopeFilter({ scopes, hidden: [], hierarchy: largeHierarchy });
const everything = sightOf(places.everything);
const groups = sightOf(places['500 resource groups'].slice(0, 50));
const tenSubscriptions = sightOf(places['one group of ten subscriptions']);

const listing = (kind: ListingKind, sight = everything): ListingFilter => ({
  kind,
  sights: { policy: sight, defender: sight },
  place: undefined,
  text: '',
  isWhole: false,
  now,
  expiringUntil: undefined,
});
const leftovers = (scopes = everything) => ({
  kinds: ['orphaned' as const],
  within: [scopes],
  except: [],
  visible: tenSubscriptions.shown.subscriptions,
  now,
});
const first = { most: 10 };
const toDecide = {
  inSight: { scopes: everything, own: undefined },
  leftTo: requester(7),
  couldBeWrittenIn: { exemptions: groups.shown, assignments: everything.shown },
};
/** Each has those that wait. */
const waiting = ['requests_by_status', 'requests_to_watch', 'requests_to_look_after'];

const drained = async (portions: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of portions);
};

/** What is asked, and the indexes of which at least one has to answer it. */
const questions: readonly (readonly [string, (asked: Asked) => Promise<unknown>, readonly string[]])[] = [
  ['exemptions in sight', ({ seen }) => seen.countInSight(), ['seen_exemptions_in_sight', 'seen_exemptions_by_expiry']],
  ['missing exemptions to ask about', ({ seen }) => seen.missingToAsk(10, now), ['seen_exemptions_missing']],
  ['undeliverable alerts', ({ alerts }) => alerts.undelivered(), ['alert_deliveries_undelivered']],
  ['where most was undeliverable', ({ alerts }) => alerts.undeliveredMost(10), ['alert_deliveries_undelivered']],
  [
    'undeliverable alerts by places',
    ({ alerts }) => drained(alerts.undeliveredByPlaces()),
    ['alert_deliveries_undelivered'],
  ],
  ['undeliverable alerts of a place', ({ alerts }) => alerts.reopenIn('c', now), ['alert_deliveries_undelivered']],
  ['unknown outcomes of alerts', ({ alerts }) => alerts.health(now), ['alert_deliveries_unknown']],
  ['where the ledger of a day begins', ({ ledger }) => ledger.ends({ from: dayAgo }), ['ledger_by_time']],
  [
    'the requests in the ledger of a day',
    ({ ledger }) => drained(ledger.references({ from: dayAgo })),
    ['ledger_by_time'],
  ],
  ['all requests in the ledger', ({ ledger }) => drained(ledger.references({})), ['ledger_by_reference']],
  [
    'the ledger of some requests',
    ({ ledger }) => drained(ledger.read({ references: ['EX-7'] })),
    ['ledger_by_reference'],
  ],
  [
    'the ledger of a hundred requests',
    ({ ledger }) => drained(ledger.read({ references: Array.from({ length: 100 }, (_, at) => `EX-${7 * at}`) })),
    ['ledger_by_reference'],
  ],
  ['the ledger of a day', ({ ledger }) => drained(ledger.read({ from: dayAgo })), ['ledger_by_time']],
  [
    'exemptions that are not needed',
    ({ listings }) => listings.page(listing('needless'), first),
    ['listed_exemptions_needless'],
  ],
  ['orphaned exemptions', ({ listings }) => listings.page(listing('orphaned'), first), ['listed_exemptions_orphaned']],
  ['orphaned exemptions to clean up', ({ leftovers: left }) => left.count(leftovers()), ['listed_exemptions_orphaned']],
  [
    'exemptions in resource groups',
    ({ listings }) => listings.tally(listing('all', groups)),
    ['listed_exemptions_in_group'],
  ],
  [
    'exemptions in ten subscriptions',
    ({ listings }) => listings.tally(listing('all', tenSubscriptions)),
    ['listed_exemptions_in_subscription'],
  ],
  ['open coverage gaps', ({ gaps }) => drained(gaps.open()), ['coverage_gaps_open']],
  [
    'subscriptions without a summary',
    ({ subscriptions }) => drained(subscriptions.withoutBaseline()),
    ['alert_claims_conversation_id_unit_key_step_pk'],
  ],
  ['exemptions in their order', ({ listings }) => listings.page(listing('all'), first), ['listed_exemptions_soonest']],
  [
    'requests of somebody',
    ({ requests }) =>
      requests.page({ inSight: { scopes: everything, own: undefined }, requester: requester(7) }, first),
    ['requests_by_requester'],
  ],
  [
    'requests of somebody, by status',
    ({ requests }) => requests.list({ requesterId: requester(7).objectId, statuses: ['pending', 'approved'] }),
    ['requests_by_requester'],
  ],
  [
    'requests that wait',
    ({ requests }) => drained(requests.inPortions(['pending'])),
    ['requests_by_status', 'requests_to_look_after'],
  ],
  ['requests that somebody could write', ({ requests }) => requests.page(toDecide, first), waiting],
  [
    'wide requests that somebody could write, by their ends',
    ({ requests }) =>
      requests.page(
        { ...toDecide, filter: { severity: 'high', isWide: true, endsBy: now } },
        { ...first, sort: 'end' },
      ),
    waiting,
  ],
  [
    'waiting requests without a card in a channel',
    ({ requests }) =>
      requests.page(
        {
          inSight: { scopes: groups, own: undefined },
          statuses: ['pending'],
          withoutCardIn: { conversationId: 'c', audience: 'approvers' },
        },
        first,
      ),
    ['posted_cards_by_reference'],
  ],
  [
    'waiting requests that name somebody',
    ({ requests }) =>
      requests.page(
        { inSight: { scopes: everything, own: undefined }, statuses: ['pending'], namedApprover: 'p' },
        first,
      ),
    waiting,
  ],
  [
    'requests in resource groups',
    ({ requests }) => requests.count({ inSight: { scopes: groups, own: undefined } }, 100_000),
    ['requests_in_group'],
  ],
  [
    'requests of a day for a report',
    ({ requests }) =>
      requests.tally({ inSight: { scopes: everything, own: undefined }, from: dayAgo, before: now, now }),
    ['requests_by_age'],
  ],
  [
    'requests to remind of',
    ({ requests }) => drained(requests.toWatch(now)),
    ['requests_to_watch', 'requests_by_status'],
  ],
  [
    'requests that have expired',
    ({ requests }) => drained(requests.toExpire(new Date(now.getTime() - 300 * 86_400_000))),
    ['requests_to_expire'],
  ],
  [
    'requests to look after',
    ({ requests }) => requests.takeToLookAfter({ since: dayAgo, most: 10, now }),
    ['requests_to_look_after'],
  ],
  [
    'decisions near a scope',
    ({ requests }) =>
      requests.decidedNear({
        scopes: ['/providers/microsoft.management/managementgroups/mg-1'],
        inside: [places['one subscription'][0]!, `${places['one subscription'][0]!}/resourceGroups/rg-1`].map((id) =>
          id.toLowerCase(),
        ),
        most: 20,
      }),
    ['requests_decided_in_subscription', 'requests_decided_at_scope'],
  ],
  [
    'resource groups by their names',
    ({ resources }) =>
      resources.groups({ sight: groups, words: [{ text: 'rg', subscriptions: [] }], key: undefined, most: 15 }),
    ['mirror_rows_in_group'],
  ],
];

type Plan = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Plan[];
};

/** The parts of a plan, without those that read only the first rows that there are: a list looks at 251 in any order, to know whether it is short. */
const nodesOf = (plan: Plan): Plan[] => {
  const parts = plan.Plans ?? [];
  const others = plan['Node Type'] === 'Limit' ? parts.filter((part) => part['Node Type'] !== 'Seq Scan') : parts;
  return [plan, ...others.flatMap(nodesOf)];
};

/** Small, or read as a whole on purpose. */
const small = [
  'mirror_batches',
  'recommendation_sets',
  'request_scopes',
  'subscriptions',
  'sweep_state',
  'written_exemptions',
];

(noPostgres === undefined ? describe : describe.skip)(
  noPostgres ?? `with ${size} rows the database uses an index for`,
  () => {
    let pool: pg.Pool;
    let remove: () => Promise<void>;
    let said: { readonly text: string; readonly values: unknown[] }[] = [];
    let asked: Asked;
    beforeAll(async () => {
      const made = await temporaryPostgres();
      remove = made.remove;
      const opened = await openStore({ databaseUrl: made.databaseUrl, ...storeOptions });
      pool = new pg.Pool({ connectionString: made.databaseUrl });
      // Dropping the database ends a connection that is only closing.
      pool.on('connect', (client) => client.on('error', () => undefined));
      // Without the time limits of the store.
      const filled: OpenStore = { ...opened, sqlForJobs: { executeSql: (text) => pool.query(text) } };
      await fillRequests(filled, size, now);
      await fillExemptions(filled, size, now);
      await fillResources(filled, size, now);
      await fillOthers(filled, size);
      await opened.close();
      await pool.query('vacuum analyze');
      const logger = { logQuery: (text: string, values: unknown[]) => said.push({ text, values }) };
      asked = storeOn(onPostgres.drizzle(pool, { casing, logger }));
    }, 300_000);
    afterAll(async () => {
      await pool.end();
      await remove();
    });

    it.each(questions)('%s', async (_name, ask, indexes) => {
      said = [];
      await ask(asked);
      const nodes: Plan[] = [];
      for (const { text, values } of said.filter((each) => /^(select|update|delete)/.test(each.text))) {
        const { rows } = await pool.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
          `explain (format json) ${text}`,
          values,
        );
        nodes.push(...nodesOf(rows[0]!['QUERY PLAN'][0]!.Plan));
      }
      const used = nodes.flatMap((node) => node['Index Name'] ?? []);
      // The names that were used, where it fails.
      expect(indexes.some((name) => used.includes(name)) || used).toBe(true);
      const scanned = nodes.flatMap((node) => (node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? []) : []));
      expect(scanned.filter((name) => !small.includes(name))).toEqual([]);
    });
  },
);
