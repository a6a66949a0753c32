import { randomUUID } from 'node:crypto';
import type { Access, Grant } from '../../src/core/access/access.ts';
import { instantsOf } from '../../src/core/report/report-period.ts';
import { scopeFilter } from '../../src/core/tenant/scope-filter.ts';
import type { RequestStatus } from '../../src/core/request/request-status.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import type { Desk } from '../../src/workflow/desk.ts';
import { watchWaiting } from '../../src/workflow/decide/watch-waiting.ts';
import { followRequests } from '../../src/workflow/tell/follow-requests.ts';
import { listRequests } from '../../src/workflow/tell/list-requests.ts';
import { largeHierarchy, places, requester } from './many-requests.ts';

/** One list as somebody asks for it, or one thing that happens each minute. `round` lets each time be another person or page. */
export type Question = {
  readonly name: string;
  readonly ask: (round: number) => Promise<unknown>;
  /** In 19 of 20 times, if not what holds for all lists. */
  readonly promisedMs?: number;
};

const grant = (scope: string, actions: readonly string[] = ['*']): Grant => ({
  scope,
  roleName: 'Security Admin',
  actions,
  notActions: [],
  conditions: [],
});

/** Azure answers at once: only what the database and the process take is measured. */
export const deskOn = ({ store, transaction }: OpenStore, access: Access, now: Date): Desk =>
  ({
    database: {
      ...store,
      jobs: { send: async () => undefined },
      transaction: (work: (kept: typeof store) => Promise<unknown>) => transaction(work as never),
    },
    hierarchy: async () => largeHierarchy,
    forReading: async () => access,
    eligibleRoles: async () => [],
    delegateGroups: [],
    recommendations: { assessmentsOfAll: async (asked: readonly unknown[]) => asked.map(() => []) },
    exemptions: { fate: async () => 'there' },
    newId: randomUUID,
    sweepMinutes: 15,
    timeZone: 'Europe/Berlin',
    now: () => now,
  }) as unknown as Desk;

export const accessAt = (scopes: readonly string[]): Access => ({
  grants: scopes.map((scope) => grant(scope)),
  denials: [],
  eligible: [],
});

const listsOf = (opened: OpenStore, now: Date, who: string, scopes: readonly string[]): Question[] => {
  const desk = deskOn(opened, accessAt(scopes), now);
  const list =
    (which: 'mine' | 'to-decide' | 'all', status: RequestStatus | undefined, page: (round: number) => number) =>
    (round: number) =>
      listRequests(desk, { person: requester(round * 7), channelId: undefined }, { which, status, page: page(round) });
  const first = () => 1;
  const inSight = {
    scopes: scopeFilter({ scopes, hidden: [], hierarchy: largeHierarchy }),
    own: undefined,
  };
  const day = (back: number): string => new Date(now.getTime() - back * 86_400_000).toISOString().slice(0, 10);
  const tally = (days: number) => () =>
    desk.database.requests.tally({
      inSight,
      now,
      ...instantsOf({ fromDay: day(days), toDay: day(0) }, desk.timeZone),
    });
  return [
    { name: `requests all, ${who}`, ask: list('all', undefined, first) },
    { name: `requests all, a page further back, ${who}`, ask: list('all', undefined, (round) => 1 + round * 5) },
    { name: `requests all expired, ${who}`, ask: list('all', 'expired', first) },
    { name: `requests all waiting, ${who}`, ask: list('all', 'pending', first) },
    { name: `requests to decide, ${who}`, ask: list('to-decide', undefined, first) },
    { name: `report of 30 days, its requests, ${who}`, ask: tally(30) },
    { name: `weekly report, its requests, ${who}`, ask: tally(7) },
  ];
};

/** Everything that lists requests. */
export const requestQuestions = (opened: OpenStore, now: Date): Question[] => {
  const desk = deskOn(opened, accessAt(places['one subscription']), now);
  const reader: Access = {
    grants: places.everything.map((scope) => grant(scope, ['*/read'])),
    denials: [],
    eligible: [],
  };
  const minute = { ...desk, forReading: async () => accessAt([]) };
  return [
    {
      name: 'requests mine',
      ask: (round) =>
        listRequests(
          desk,
          { person: requester(round * 7), channelId: undefined },
          { which: 'mine', status: undefined, page: 1 },
        ),
    },
    ...Object.entries(places).flatMap(([who, scopes]) => listsOf(opened, now, who, scopes)),
    {
      name: 'requests to decide, by somebody who sees everything and may decide nothing',
      ask: () =>
        listRequests(
          deskOn(opened, reader, now),
          { person: requester(1), channelId: undefined },
          { which: 'to-decide', status: undefined, page: 1 },
        ),
    },
    { name: 'each minute: watchWaiting', ask: () => watchWaiting(minute) },
    { name: 'each minute: followRequests, fresh ones', ask: () => followRequests(minute) },
  ];
};
