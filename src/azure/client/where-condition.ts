import { normalId, scopesAbove, subscriptionGuidOf } from '../../core/tenant/arm-id.ts';
import type { Where } from '../../core/tenant/recommendation.ts';
import { literals, startsWithAny, type Fragment } from './query-text.ts';

export const isEmpty = ({ subscriptions, narrower }: Where): boolean => subscriptions.length + narrower.length === 0;

const guidOf = (id: string): string => subscriptionGuidOf(id) ?? '';

const insideOf = (scopes: readonly string[]): string[] => scopes.map((scope) => `${normalId(scope)}/`);

const below = (scopes: readonly string[]): Fragment => startsWithAny('tolower(id)', insideOf(scopes));

/** The subscriptions to query, for the body of a query. */
export const subscriptionsOf = (places: readonly Where[]): string[] => [
  ...new Set(places.flatMap(({ subscriptions, narrower }) => [...subscriptions, ...narrower]).map(guidOf)),
];

/** The subscriptions of a query, and a condition that repeats them and narrows them to the narrower scopes. */
export const within = (where: Where) => ({
  body: { subscriptions: subscriptionsOf([where]) },
  places: {
    subscriptions: literals(where.subscriptions.map(guidOf)),
    narrower: below(where.narrower),
    hidden: below(where.hidden ?? []),
  },
});

/** The same condition for a row that is already read, by its id. */
export const liesIn = ({ subscriptions, narrower, hidden = [] }: Where): ((id: string) => boolean) => {
  const guids = new Set(subscriptions.map(guidOf));
  const [inside, outside] = [narrower, hidden].map((scopes) => new Set(scopes.map(normalId)));
  return (id) => {
    const place = normalId(id);
    const above = scopesAbove(place).slice(1);
    const isIn = guids.has(guidOf(place)) || above.some((scope) => inside?.has(scope));
    return isIn && !above.some((scope) => outside?.has(scope));
  };
};
