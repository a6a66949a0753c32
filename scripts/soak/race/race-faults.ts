import { heldIds } from '../../../src/core/request/exemption-claims.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import type { Store } from '../../../src/core/desk/store.ts';
import type { TestMessage } from '../../../simulator/teams/message.ts';
import type { Tenant } from '../../../simulator/tenant/tenant.ts';
import type { Press } from './race-hands.ts';
import { everyRequest } from '../kept/every-request.ts';

const ours = /"request":"(EX-[0-9A-Z]+)"/;

/** Exemptions in force with the mark of a request, by their normalised id. */
const marked = (tenant: Tenant, now: Date): ReadonlyMap<string, string> =>
  new Map(
    tenant.exemptions.all().flatMap(({ id, properties }) => {
      const reference = ours.exec(JSON.stringify(properties.metadata ?? {}))?.[1];
      const isOver = properties.expiresOn !== undefined && new Date(properties.expiresOn) <= now;
      return reference === undefined || isOver ? [] : [[id.toLowerCase(), reference] as const];
    }),
  );

/** Exemptions without exactly one request in force, and requests in force without their exemptions. */
const standingFaults = (requests: readonly ExemptionRequest[], inAzure: ReadonlyMap<string, string>): string[] => {
  const claims = requests.flatMap((request) => heldIds(request).map((id) => ({ id, by: request.reference })));
  const holders = Map.groupBy(claims, ({ id }) => id);
  const statusOf = (reference: string) => requests.find((each) => each.reference === reference)?.status ?? 'unknown';
  return [
    ...[...inAzure].flatMap(([id, mark]) => {
      const [first, ...more] = (holders.get(id) ?? []).map(({ by }) => by);
      return first === mark && more.length === 0
        ? []
        : [
            `one request in force: ${id} is marked ${mark} (${statusOf(mark)}), in force for ${[first, ...more].join(', ') || 'nobody'}`,
          ];
    }),
    ...claims
      .filter(({ id, by }) => inAzure.get(id) !== by)
      .map(
        ({ id, by }) => `its exemptions: ${by} (${statusOf(by)}) lacks ${id}, marked ${inAzure.get(id) ?? 'nothing'}`,
      ),
  ];
};

type Outcomes = {
  readonly requests: readonly ExemptionRequest[];
  readonly isOrdered: (plan: string) => Promise<boolean>;
  readonly isSent: (draftId: string) => Promise<boolean>;
};

/** Whether a press did what it says, as far as that can be seen now. */
const isDone = async ({ data }: Press, { requests, isOrdered, isSent }: Outcomes): Promise<boolean> => {
  const named = requests.find(({ reference }) => reference === data.reference);
  switch (data.verb) {
    case 'approve-request':
      return named?.decision !== undefined;
    case 'revoke-request':
      return named?.revocation !== undefined;
    case 'send-request':
      return isSent(String(data.draftId));
    case 'clean-up':
      return isOrdered(String(data.plan));
    default:
      return false;
  }
};

/** What was acknowledged, and neither done nor answered. */
const silentPresses = async (
  presses: readonly Press[],
  outcomes: Outcomes,
  messages: (person: string) => readonly TestMessage[],
): Promise<string[]> => {
  const faults: string[] = [];
  for (const press of presses) {
    if (!press.isAcknowledged || (await isDone(press, outcomes))) continue;
    const since = messages(press.person).slice(press.messages);
    const isRedrawn = messages(press.person).some(({ from, version }) => from === 'bot' && version > 1);
    if (since.some(({ from }) => from === 'bot')) continue;
    if (isRedrawn && ['preview-request', 'send-request', 'clean-up'].includes(press.data.verb)) continue;
    faults.push(
      `every press decided or answered: ${press.person} pressed ${JSON.stringify(press.data)} and heard nothing`,
    );
  }
  return faults;
};

export type RaceEnd = {
  readonly store: Pick<Store, 'requests' | 'ledger' | 'drafts' | 'cleanups' | 'claims'>;
  readonly tenant: Tenant;
  readonly now: Date;
  readonly presses: readonly Press[];
  readonly messages: (person: string) => readonly TestMessage[];
  /** Activities that wait for their answer. */
  readonly unanswered: number;
};

/** The broken invariants after everything is at rest, each with its name in front. */
export const raceFaults = async ({ store, tenant, now, presses, messages, unanswered }: RaceEnd): Promise<string[]> => {
  const requests = await everyRequest(store.requests);
  const inAzure = marked(tenant, now);
  const held = requests.flatMap((request) => heldIds(request).map((key) => `${key} ${request.reference}`));
  const keys = requests.flatMap(({ targets }) => targets.map(({ exemptionId }) => exemptionId.toLowerCase()));
  const claimed = (await store.claims.of([...new Set(keys)], now)).filter(({ slot }) => slot === 'holder');
  const kept = claimed.map(({ key, by }) => `${key} ${by}`);
  const isWrong = [...held.filter((each) => !kept.includes(each)), ...kept.filter((each) => !held.includes(each))];
  const outcomes: Outcomes = {
    requests,
    isOrdered: async (plan) => (await store.cleanups.find(plan))?.orderedAt !== undefined,
    isSent: async (draftId) => (await store.drafts.find(draftId)) === undefined,
  };
  const open = requests.filter(({ status }) => ['pending', 'approved', 'revoking'].includes(status));
  return [
    ...standingFaults(requests, inAzure),
    ...isWrong.map((each) => `claims as the requests say: ${each}`),
    ...open.map(({ reference, status }) => `everything comes to rest: ${reference} is ${status}`),
    ...(unanswered === 0 ? [] : [`every press decided or answered: ${unanswered} activities wait for an answer`]),
    ...(await silentPresses(presses, outcomes, messages)),
    ...((await store.ledger.verify()) === undefined ? [] : ['the ledger is whole: it is broken']),
  ];
};
