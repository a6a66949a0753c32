import type { Store } from '../../src/core/desk/store.ts';
import type { TestMessage } from '../../simulator/teams/message.ts';
import type { Tenant } from '../../simulator/tenant/tenant.ts';

export type Seen = {
  readonly store: Pick<Store, 'requests' | 'ledger'>;
  readonly tenant: Tenant;
  /** How often the channel was told. */
  readonly alerts: number;
  /** How often it may have been told once more. */
  readonly repeats: number;
  /** The request in the channel of its approvers. */
  readonly card: readonly TestMessage[];
};

/** Faults after everything is at rest. None for a request that was written once and reported, or never decided. */
export const crashFaults = async (
  reference: string,
  { store, tenant, alerts, repeats, card }: Seen,
): Promise<{ readonly status: string; readonly found: readonly string[] }> => {
  const request = await store.requests.find(reference);
  if (request === undefined) return { status: 'gone', found: ['it is gone'] };
  const { status, targets } = request;
  const inAzure = tenant.exemptions
    .all()
    .filter(({ properties }) => JSON.stringify(properties.metadata ?? {}).includes(reference))
    .map(({ id }) => id.toLowerCase());
  const history = await store.ledger.history(reference);
  const rows = (event: string): number => history.filter((row) => row.event === event).length;

  if (status === 'pending')
    return { status, found: [...(inAzure.length === 0 ? [] : ['it was written, and nobody decided'])] };
  const wanted = targets.map(({ exemptionId }) => exemptionId.toLowerCase());
  const checks: readonly (readonly [boolean, string])[] = [
    [status === 'applied' || status === 'effective', `it is ${status}`],
    [wanted.every((id) => inAzure.includes(id)), 'an exemption is missing'],
    [inAzure.length === wanted.length, `${inAzure.length} exemptions in the place of ${wanted.length}`],
    [rows('approved') === 1, `${rows('approved')} rows of its approval`],
    [rows('applied') === 1, `${rows('applied')} rows of its end`],
    [alerts > 0, 'the channel was not told'],
    [alerts <= 1 + repeats, `the channel was told ${alerts} times`],
    [!JSON.stringify(card.map(({ cards }) => cards)).includes('approve-request'), 'its card can still be approved'],
  ];
  return { status, found: checks.flatMap(([holds, fault]) => (holds ? [] : [fault])) };
};
