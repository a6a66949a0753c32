import type { Store } from '../../../src/core/desk/store.ts';
import type { TestMessage } from '../../../simulator/teams/message.ts';
import { people } from '../../../simulator/tenant/contoso/people.ts';
import type { Tenant } from '../../../simulator/tenant/tenant.ts';

/** Somebody pressed Approve on a request. */
export type CrowdPress = {
  readonly reference: string;
  readonly person: string;
  /** The bot answered 200. */
  readonly isAcknowledged: boolean;
  /** What the client showed for an invoke. */
  readonly shown: string;
  /** The number of messages in the chat of the person before. */
  readonly heardBefore: number;
};

type Left = {
  readonly store: Pick<Store, 'requests' | 'ledger'>;
  readonly tenant: Tenant;
  readonly messages: (chat: string) => readonly TestMessage[];
};

const ends = ['applied', 'effective'];

/** Faults when all is at rest: of presses that came to nothing, of requests that nobody decided, and of requesters who heard nothing. */
export const crowdFaults = async (
  presses: readonly CrowdPress[],
  { store, tenant, messages }: Left,
): Promise<{ readonly ends: Readonly<Record<string, number>>; readonly faults: readonly string[] }> => {
  const counts: Record<string, number> = {};
  const faults: string[] = [];
  const inAzure = JSON.stringify(tenant.exemptions.all().map(({ properties }) => properties.metadata ?? {}));
  for (const { reference, person, isAcknowledged, shown, heardBefore } of presses) {
    const request = await store.requests.find(reference);
    const { status, approvals } = request ?? { status: 'gone', approvals: [] };
    counts[status] = (counts[status] ?? 0) + 1;
    const objectId = people.find(({ key }) => key === person)?.objectId;
    const isApproved = approvals.some(({ by }) => by.objectId === objectId);
    const heard = [
      shown,
      ...messages(person)
        .slice(heardBefore)
        .map(({ visibleText }) => visibleText),
    ];
    // A refusal that names nothing but the request is said where the button was pressed.
    const inChannel = messages('#approvals').flatMap(({ cards, visibleText }) =>
      cards.length === 0 ? [visibleText] : [],
    );
    const isTold = [...heard, ...inChannel].some(
      (words) => words.includes(reference) && !words.includes('Still working on it'),
    );
    const isWritten = inAzure.includes(`"${reference}"`);
    const decisions = (await store.ledger.history(reference)).filter(({ event }) => event === 'approved').length;
    const wasToldEnd = messages('carol').some(({ visibleText }) =>
      new RegExp(`${reference} was written to Azure`).test(visibleText),
    );
    const checks: readonly (readonly [boolean, string])[] = [
      [
        !isAcknowledged || isApproved || isTold,
        `${person} was answered 200 and heard nothing of it; it is ${status}; heard: ${heard.join(' | ').slice(0, 500)}`,
      ],
      [status === 'pending' || (ends.includes(status) && isWritten), `it is ${status}`],
      [status !== 'pending' || !isWritten, 'it was written, and nobody decided'],
      [decisions === (status === 'pending' ? 0 : 1), `${decisions} rows of its approval`],
      [!ends.includes(status) || wasToldEnd, 'its requester was not told that it was written'],
    ];
    faults.push(...checks.flatMap(([holds, fault]) => (holds ? [] : [`${reference}: ${fault}`])));
  }
  if ((await store.ledger.verify()) !== undefined) faults.push('The ledger is broken.');
  return { ends: counts, faults };
};
