import { allListed } from '../../src/workflow/inventory/kept-exemptions.ts';
import { listExemptions, type WantedExemptions } from '../../src/workflow/inventory/list-exemptions.ts';
import { planCleanup } from '../../src/workflow/inventory/plan-cleanup.ts';
import { cleanupKinds } from '../../src/core/inventory/cleanup.ts';
import { covers } from '../../src/core/tenant/hierarchy.ts';
import type { Sight } from '../../src/workflow/rights/take-viewpoint.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import { accessAt, deskOn, type Question } from './list-questions.ts';
import { largeHierarchy, places, requester } from './many-requests.ts';

const asked: Readonly<Record<string, (round: number) => Partial<WantedExemptions>>> = {
  'exemptions all': () => ({}),
  'exemptions all, a page further back': (round) => ({ page: 1 + round * 5 }),
  'exemptions expiring': () => ({ kind: 'expiring' }),
  'exemptions expired': () => ({ kind: 'expired' }),
  'exemptions that never expire': () => ({ kind: 'never-expires' }),
  'exemptions orphaned': () => ({ kind: 'orphaned' }),
  'exemptions made outside': () => ({ kind: 'outside' }),
  'exemptions not needed': () => ({ kind: 'needless' }),
  'exemptions of other policies': () => ({ kind: 'other-policies' }),
  'exemptions, a name that one has': (round) => ({ text: `exemption ${round * 4001} ` }),
  'exemptions, a name that all have': () => ({ text: 'migration' }),
  'exemptions, a recommendation': (round) => ({ text: `recommendation ${round * 11} ` }),
  'exemptions, a name that none has': () => ({ text: 'nobody is called so' }),
};

/** Whether any of it may be seen. */
const isSeen = ({ scopes, hierarchy }: Sight, id: string): boolean =>
  scopes.some((scope) => covers(scope, id, hierarchy) || covers(id, scope, hierarchy));

const questionsAt = (opened: OpenStore, now: Date, who: string, scopes: readonly string[]): Question[] => {
  const desk = deskOn(opened, accessAt(scopes), now);
  const asker = { person: requester(1), channelId: undefined };
  const sight = { scopes, hidden: [], hierarchy: largeHierarchy };
  const { listings } = opened.store;
  const all = allListed(desk, { policy: sight, defender: sight });
  const whole = { text: '', kind: 'all', withinDays: 30, subscription: '', page: 1 } as const;
  const visible = largeHierarchy.subscriptions.filter(({ id }) => isSeen(sight, id));
  /** Each time another one that may be seen. */
  const subscription = (round: number): string => visible[round % visible.length]?.id ?? '';
  return [
    ...Object.entries(asked).map(([name, question]) => ({
      name: `${name}, ${who}`,
      ask: (round: number) => listExemptions(desk, asker, { ...whole, ...question(round) }),
    })),
    {
      name: `exemptions in one subscription, ${who}`,
      ask: (round) => listExemptions(desk, asker, { ...whole, subscription: subscription(round) }),
    },
    {
      name: `exemption by its name, ${who}`,
      ask: (round) =>
        listings.page({ ...all, text: `exemption ${round * 41} until the migration`, isWhole: true }, { most: 2 }),
    },
    {
      name: `report, its exemptions, ${who}`,
      ask: () => listings.tally(all),
    },
    { name: `cleanup, ${who}`, ask: () => planCleanup(desk, asker.person, cleanupKinds) },
  ];
};

/** Everything that lists or counts exemptions. */
export const exemptionQuestions = (opened: OpenStore, now: Date): Question[] =>
  Object.entries(places).flatMap(([who, scopes]) => questionsAt(opened, now, who, scopes));
