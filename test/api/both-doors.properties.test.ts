import fc from 'fast-check';
import { createEntra } from '../../simulator/entra/entra.ts';
import { tenantId } from '../../simulator/tenant/contoso/people.ts';
import type { Tenant } from '../../simulator/tenant/tenant.ts';
import { createApi } from '../../src/api/answer-call.ts';
import { answerTurn } from '../../src/bot/answer-turn.ts';
import { isRefusal } from '../../src/core/governance-error.ts';
import type { Person } from '../../src/core/person.ts';
import { turnFor } from '../bot/press-card.ts';
import { root, shopProd } from '../core/contoso.ts';
import { makeDesk, type TestDesk } from '../fakes/make-desk.ts';
import { ask, current } from '../fakes/story.ts';

/** The requester, two who may decide, one who may read, one without a role, and a guest who would hold the right. */
const keys = ['alice', 'bob', 'carol', 'erin', 'dan', 'gina'] as const;
type Key = (typeof keys)[number];

const person = (key: Key): Person => ({
  objectId: `00000000-0000-4000-8000-00000000010${keys.indexOf(key) + 1}`,
  tenantId,
  name: key,
  ...(key === 'gina' ? { isGuest: true as const } : {}),
});

const entra = createEntra({
  tenantId,
  otherTenantId: '9a1b22cc-0000-4000-8000-0000000000bb',
  people: keys.map((key) => ({ ...person(key), key, belonging: key === 'gina' ? 'guest' : 'member' })),
} as unknown as Tenant);

type Step = {
  readonly who: Key;
  readonly deed: 'approve' | 'reject' | 'withdraw';
  readonly version: number;
  readonly scopes: number;
  readonly words: string;
  readonly readOnly: boolean;
};

/** What somebody is told: the kind of refusal and its sentence, or that it was done. */
type Told = readonly [string, string];

const data = ({ deed, version, scopes, words }: Step, reference: string) =>
  ({
    approve: { verb: 'approve-request', reference, version, named: scopes, comment: words },
    reject: { verb: 'reject-request', reference, version, reason: words },
    withdraw: { verb: 'withdraw-request', reference, version },
  })[deed];

const byChat = async ({ desk }: TestDesk, step: Step, reference: string): Promise<Told> => {
  const turn = turnFor(person(step.who), data(step, reference));
  try {
    await answerTurn(desk, step.who === 'gina' ? { ...turn, guest: 'read-and-ask' } : turn);
    return ['done', ''];
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return [error.code, error.message];
  }
};

const byApi = async ({ desk }: TestDesk, step: Step, reference: string): Promise<Told> => {
  const { keys: published, audience, token } = await entra;
  const api = createApi({
    desk,
    expected: { audience, tenantId, keys: published, clients: undefined, guests: 'read-and-ask' },
    turn: (work) => work(),
    refused: () => undefined,
    observe: () => undefined,
    log: { error: (fields) => expect(fields).toBeUndefined() },
  });
  const { version, scopes, words } = step;
  const value = {
    approve: { version, scopes, comment: words },
    reject: { version, reason: words },
    withdraw: { version },
  }[step.deed];
  const { status, body } = await api({
    ...{ method: 'POST', url: `/api/v1/requests/${reference}/${step.deed}`, id: 'id' },
    authorization: `Bearer ${await token(step.who)}`,
    idempotencyKey: crypto.randomUUID(),
    body: async () => ({ value }),
  });
  const { code, detail } = body as { readonly code: string; readonly detail: string };
  return status === 201 ? ['done', ''] : [code, detail];
};

/** A request of Alice and everything that follows, through one of the doors. */
const lived = async (steps: readonly Step[], door: typeof byChat) => {
  const world = await makeDesk();
  const { access, desk } = world;
  access.give(person('alice'), 'reader', shopProd);
  for (const key of ['bob', 'carol', 'gina'] as const) access.give(person(key), 'securityAdmin', root);
  access.give(person('erin'), 'reader', shopProd);
  const { reference } = await ask(world, {}, person('alice'));
  const told: Told[] = [];
  for (const step of steps) {
    if (step.readOnly) await desk.database.switches.setReadOnly({ since: desk.now(), reason: 'Maintenance.' });
    told.push(await door(world, step, reference));
    if (step.readOnly) await desk.database.switches.setReadOnly(undefined);
  }
  const { status, approvals, decision } = await current(world, reference);
  const rows = (await world.ledger()).map(({ event, actor, text, facts }) => {
    const { channel: _, application: __, ...rest } = facts;
    return { event, actor, text, facts: rest };
  });
  return { told, status, approvals, decision, rows };
};

const steps = fc.array(
  fc.record({
    who: fc.constantFrom(...keys),
    deed: fc.constantFrom('approve' as const, 'approve' as const, 'reject' as const, 'withdraw' as const),
    version: fc.constantFrom(1, 1, 1, 2),
    scopes: fc.constantFrom(1, 1, 2),
    words: fc.constantFrom('', 'Because.', '*bold* [x](https://a.example)'),
    readOnly: fc.constantFrom(false, false, false, false, true),
  }),
  { minLength: 1, maxLength: 4 },
);

it('both doors allow and refuse the same, in the same words, and record the same', async () => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(steps, async (tries) => {
      const [chat, api] = [await lived(tries, byChat), await lived(tries, byApi)];
      for (const [code] of chat.told) outcomes.add(code);
      expect(api).toEqual(chat);
    }),
    { numRuns: 25 },
  );

  // Otherwise the comparison would say little.
  expect([...outcomes].sort()).toEqual(expect.arrayContaining(['conflict', 'done', 'forbidden', 'not-found']));
});
