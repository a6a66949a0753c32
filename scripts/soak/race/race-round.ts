import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import type { Store } from '../../../src/core/desk/store.ts';
import type { Hands, OpenDraft, Place } from './race-hands.ts';
import { everyRequest } from '../kept/every-request.ts';

/** People who may both ask and decide. */
export const racers = ['bob', 'carol', 'erin', 'frank'] as const;

export type Table = {
  readonly hands: Hands;
  readonly store: Pick<Store, 'requests'>;
  readonly dice: () => number;
  /** The exemptions that stand at the place without a request; somebody makes one in the portal if there is none. Empty if nothing is open there. */
  readonly exemptOutside: (place: Place) => Promise<readonly string[]>;
  /** Lets the time of a request pass, in Azure as well; resolves when it is expired or that takes too long. */
  readonly letExpire: (request: ExemptionRequest) => Promise<void>;
  /** Called right before presses that come at the same time. */
  readonly race: () => void;
};

const inForce = ['applied', 'partly-applied', 'effective'];

/** The requests for a place, newest first. */
export const requestsAt = async ({ store }: Pick<Table, 'store'>, place: Place): Promise<ExemptionRequest[]> =>
  (await everyRequest(store.requests)).filter(
    ({ terms }) =>
      terms.recommendation.key.toLowerCase() === place.assessmentKey.toLowerCase() &&
      terms.scopes.some((scope) => scope.toLowerCase() === place.resource.toLowerCase()),
  );

/** Whether nobody waits there for a decision, and nothing is being written or removed. */
export const isAtRest = (requests: readonly ExemptionRequest[]): boolean =>
  !requests.some(({ status }) => ['pending', 'approved', 'revoking'].includes(status));

/** Two others approve each request that waits there, at the same time. */
export const approveAll = async (table: Table, place: Place, besides: readonly (() => Promise<void>)[] = []) => {
  const waiting = (await requestsAt(table, place)).filter(({ status }) => status === 'pending');
  const approvals = waiting.flatMap(({ reference, requester }) =>
    racers
      .filter((person) => !requester.name.toLowerCase().startsWith(person))
      .slice(0, 2)
      .map((person) => () => table.hands.approve(person, reference)),
  );
  table.race();
  await Promise.all([...approvals, ...besides].map((go) => go()));
};

const sendAll = async (
  table: Table,
  drafts: readonly (OpenDraft | undefined)[],
  besides: readonly (() => Promise<void>)[] = [],
) => {
  const sent = drafts.flatMap((draft) => (draft === undefined ? [] : [() => table.hands.send(draft)]));
  table.race();
  await Promise.all([...sent, ...besides].map((go) => go()));
};

const shuffled = (dice: () => number): string[] =>
  racers
    .map((person) => ({ person, at: dice() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ person }) => person);

type Round = (table: Table, place: Place, people: readonly string[], current: ExemptionRequest) => Promise<void>;

const renewAs =
  (deeds: readonly ('renew' | 'change')[], revokes: boolean): Round =>
  async (table, place, people, { reference }) => {
    const drafts = await Promise.all(
      deeds.map((deed, index) => table.hands.replace(people[index] ?? '', place, reference, deed)),
    );
    await sendAll(table, drafts);
    await approveAll(table, place, revokes ? [() => table.hands.revoke(people[3] ?? '', reference)] : []);
  };

const rounds = {
  'renew and renew': renewAs(['renew', 'renew'], false),
  'change and renew': renewAs(['change', 'renew'], false),
  'revoke while a renewal is approved': renewAs(['renew', 'change'], true),
  'revoke while a renewal is sent': async (table, place, people, { reference }) => {
    const draft = await table.hands.replace(people[0] ?? '', place, reference, 'renew');
    await sendAll(
      table,
      [draft],
      [people[1], people[2]].map(
        (person = '') =>
          () =>
            table.hands.revoke(person, reference),
      ),
    );
    await approveAll(table, place);
  },
  'clean up while a renewal is approved': async (table, place, people, current) => {
    await table.letExpire(current);
    const renewal = await table.hands.replace(people[0] ?? '', place, current.reference, 'renew');
    if (table.dice() < 0.5) await sendAll(table, [renewal]);
    const clean = await table.hands.planCleanup(people[1] ?? '');
    const besides = clean === undefined ? [] : [clean];
    await (table.dice() < 0.5 ? sendAll(table, [renewal], besides) : approveAll(table, place, besides));
    await approveAll(table, place);
  },
} as const satisfies Record<string, Round>;

/** One round of presses at the same time at one place; what it was. */
export const playRound = async (table: Table, place: Place): Promise<string> => {
  const people = shuffled(table.dice);
  const current = (await requestsAt(table, place)).find(({ status }) => inForce.includes(status));
  if (current !== undefined) {
    const names = Object.keys(rounds) as (keyof typeof rounds)[];
    const name = names[Math.floor(table.dice() * names.length)] ?? 'renew and renew';
    await rounds[name](table, place, people, current);
    return name;
  }
  const [id] = table.dice() < 0.3 ? await table.exemptOutside(place) : [];
  if (id !== undefined) {
    table.race();
    await Promise.all(people.slice(0, 3).map((person) => table.hands.adopt(person, id)));
    return 'adopt and adopt';
  }
  await sendAll(table, await Promise.all(people.slice(0, 3).map((person) => table.hands.ask(person, place))));
  await approveAll(table, place);
  return 'send and send';
};
