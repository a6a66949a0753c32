import { normalId, subscriptionOf } from '../tenant/arm-id.ts';
import { subscriptionAt, scopeLabel, type Hierarchy, type SubscriptionState } from '../tenant/hierarchy.ts';
import type { Target } from './exemption-plan.ts';
import type { Obstacle } from './obstacle.ts';

/** The predicate of a sentence about a subscription. Whatever is not certain to be refused warns. */
const said: Readonly<Record<SubscriptionState, Pick<Obstacle, 'kind'> & { readonly words: string }>> = {
  Disabled: {
    kind: 'blocking',
    words:
      'is disabled, so Azure accepts no exemption there. Have its owner enable it again, which often means to pay a bill, or leave it out.',
  },
  Deleted: { kind: 'blocking', words: 'is deleted, so Azure accepts no exemption there. Leave it out.' },
  PastDue: {
    kind: 'warning',
    words: 'will be disabled soon unless its bill is paid; exemptions there still work until then. Tell its owner.',
  },
  Warned: {
    kind: 'warning',
    words:
      'will be disabled soon unless what Azure warned its owner of is settled, such as a bill or a cancellation. Azure may already refuse to write there. Tell its owner.',
  },
};

/** Says of every subscription that the targets are written in, unless it is enabled, what its state means for them. */
export const subscriptionObstacles = (targets: readonly Target[], hierarchy: Hierarchy): Obstacle[] => {
  const written = new Set(targets.flatMap(({ scope }) => subscriptionOf(scope) ?? []).map(normalId));
  return [...written].flatMap((id) => {
    const state = subscriptionAt(id, hierarchy)?.state;
    if (state === undefined) return [];
    const { kind, words } = said[state];
    return { code: 'subscription-state', kind, sentence: `The subscription ${scopeLabel(id, hierarchy)} ${words}` };
  });
};
