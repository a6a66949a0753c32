import type { Tenant } from '../tenant/tenant.ts';

/** In a smaller tenant nobody notices that they are made for the first question. */
const leastSubscriptions = 100;

/**
 * Makes the assessments of a large tenant one subscription after the other while nothing else is to be done, so that the first question about all of them
 * does not have to wait for that. Returns what stops it.
 */
export const makeAhead = (
  { subscriptions }: Pick<Tenant, 'subscriptions'>,
  make: (subscriptionId: string) => unknown,
): (() => void) => {
  const left =
    subscriptions.length < leastSubscriptions ? [] : subscriptions.map(({ subscriptionId }) => subscriptionId);
  const next = (): void => {
    const subscriptionId = left.shift();
    if (subscriptionId === undefined) return;
    make(subscriptionId);
    setImmediate(next);
  };
  setImmediate(next);
  return () => {
    left.length = 0;
  };
};
