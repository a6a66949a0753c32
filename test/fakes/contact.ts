import type { AskAfresh } from '../../src/core/plan/plan-sources.ts';
import type { SweepingDesk } from '../../src/workflow/desk.ts';

const functions = ['hierarchy', 'forReading', 'forDecision', 'eligibleRoles', 'groupsForDecision'] as const;
const outside = [
  'recommendations',
  'secureScores',
  'policies',
  'policiesForLists',
  'exemptions',
  'defenderExemptions',
  'everyExemption',
  'resources',
  'ownAccess',
  'azureHealth',
  'mirrorSource',
  'approvers',
  'notifier',
  'presence',
] as const;
const pageByPage = [
  'everyExemption.ofPolicy',
  'policies.exemptStates',
  ...['inPortions', 'inPeriod', 'naming', 'toWatch', 'toResume', 'toExpire', 'withoutExemption', 'toFollow'].map(
    (each) => `requests.${each}`,
  ),
  'seen.all',
  'gaps.open',
  'subscriptions.withoutBaseline',
  'subscriptions.byChannels',
  'alerts.undeliveredByPlaces',
  'ledger.read',
  'ledger.references',
];

type Outside = (typeof outside)[number];
type KeptIn = Exclude<keyof SweepingDesk['database'], 'transaction'>;

/** A method of a port as `exemptions.write` or `requests.replace`; `transaction` is one contact, whatever is done inside. */
export type ContactName =
  | (typeof functions)[number]
  | { [Port in Outside]: `${Port}.${keyof SweepingDesk[Port] & string}` }[Outside]
  | { [Port in KeptIn]: `${Port}.${keyof SweepingDesk['database'][Port] & string}` }[KeptIn]
  | 'transaction';

type Contact = { readonly name: ContactName; readonly given: readonly unknown[] };

/** Stands between a use case and the world outside of it: makes each contact happen by `go`, or not. */
export type Around = <Result>(contact: Contact, go: () => Promise<Result>) => Promise<Result>;

type Call = (...given: unknown[]) => Promise<unknown>;
type Pages = (...given: unknown[]) => AsyncIterable<unknown>;

const guardedCall =
  (name: string, call: Call, around: Around): Call =>
  (...given) =>
    around({ name: name as ContactName, given }, () => call(...given));

const guardedPages = (name: string, pages: Pages, around: Around): Pages =>
  async function* (...given) {
    const iterator = pages(...given)[Symbol.asyncIterator]();
    const next = () => around({ name: name as ContactName, given }, () => iterator.next());
    for (let page = await next(); page.done !== true; page = await next()) yield page.value;
  };

const guardedPort = <Port extends object>(name: string, port: Port, around: Around): Port =>
  Object.fromEntries(
    Object.entries(port).map(([method, value]: [string, unknown]) => {
      const path = `${name}.${method}`;
      if (typeof value !== 'function') return [method, value];
      return [
        method,
        pageByPage.includes(path)
          ? guardedPages(path, value as Pages, around)
          : guardedCall(path, value as Call, around),
      ];
    }),
  ) as Port;

/** The sources of one decision, which are the same contacts as those of lists. */
const guardedSources =
  (askAfresh: AskAfresh['askAfresh'], around: Around): AskAfresh['askAfresh'] =>
  () => {
    const { hierarchy, recommendations, policies, exemptions } = askAfresh();
    return {
      hierarchy: guardedCall('hierarchy', hierarchy, around) as SweepingDesk['hierarchy'],
      recommendations: guardedPort('recommendations', recommendations, around),
      policies: guardedPort('policies', policies, around),
      exemptions: guardedPort('exemptions', exemptions, around),
    };
  };

/** The same desk, with `around` at each contact with Azure, Teams and the database. What is done inside a transaction is no contact of its own. */
export const guarded = (desk: SweepingDesk, around: Around): SweepingDesk => {
  const { transaction, ...kept } = desk.database;
  const ports = Object.entries(kept).map(([name, port]) => [name, guardedPort(name, port, around)]);
  return {
    ...desk,
    ...Object.fromEntries(functions.map((name) => [name, guardedCall(name, desk[name] as Call, around)])),
    ...Object.fromEntries(outside.map((name) => [name, guardedPort(name, desk[name], around)])),
    askAfresh: guardedSources(desk.askAfresh, around),
    database: {
      ...(Object.fromEntries(ports) as typeof kept),
      transaction: (work) => around({ name: 'transaction', given: [] }, () => transaction(work)),
    },
  };
};
