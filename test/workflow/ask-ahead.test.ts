import { afresh } from '../../src/workflow/afresh.ts';
import { askingAhead } from '../../src/workflow/ask-ahead.ts';
import { sendRequest } from '../../src/workflow/ask/send-request.ts';
import { approveRequest } from '../../src/workflow/decide/decide-request.ts';
import type { Desk } from '../../src/workflow/desk.ts';
import { alice, bob, contoso, vm1 } from '../core/contoso.ts';
import { atRoot } from '../fakes/fake-tenant.ts';
import { noAnswer } from '../fakes/faults.ts';
import { makeDesk } from '../fakes/make-desk.ts';
import { ask, current, draftOf } from '../fakes/story.ts';

const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Asks for the scopes of the tenant and, once they are there, for the assignments of its first subscription. */
const lookAround = async (desk: Desk) => {
  const { subscriptions } = await desk.hierarchy();
  return desk.policies.assignments(subscriptions[0]!.id);
};

describe('asking ahead', () => {
  it('asks what was asked after an answer before together with it, and each question once', async () => {
    const { desk } = await makeDesk();
    await lookAround(desk);
    const asked: string[] = [];
    const { promise: told, resolve: tell } = Promise.withResolvers<undefined>();
    const slow: Desk = {
      ...desk,
      hierarchy: async () => {
        asked.push('hierarchy');
        await told;
        return contoso;
      },
      policies: {
        ...desk.policies,
        assignments: async (scope) => {
          asked.push(scope);
          return desk.policies.assignments(scope);
        },
      },
    };
    const answer = askingAhead(slow, lookAround, lookAround);
    await later();
    const expected = ['hierarchy', contoso.subscriptions[0]!.id];
    expect(asked).toEqual(expected);
    tell(undefined);
    await answer;
    expect(asked).toEqual(expected);
  });

  it('never returns an answer of before', async () => {
    const { desk, tenant } = await makeDesk();
    await lookAround(desk);
    tenant.assignments = [];
    tenant.hierarchy = { ...contoso, subscriptions: contoso.subscriptions.toReversed() };
    expect(await askingAhead(desk, lookAround, lookAround)).toEqual([]);
    const seen = await askingAhead(desk, lookAround, (now) => now.hierarchy());
    expect(seen).toBe(tenant.hierarchy);
  });

  it('tells of a failure whoever needs the answer, and nobody else', async () => {
    const { desk, faults } = await makeDesk();
    await lookAround(desk);
    faults.at('policies.assignments', { error: noAnswer() });
    await expect(askingAhead(desk, lookAround, lookAround)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await askingAhead(desk, lookAround, async () => 'done')).toBe('done');
    // A rejection that nobody handles would end the process of the test.
    await later();
  });

  it('stops asking once the work is done', async () => {
    const { desk } = await makeDesk();
    const asked: string[] = [];
    const { promise: told, resolve: tell } = Promise.withResolvers<undefined>();
    const rehearsal = async (ahead: Desk) => {
      await told;
      asked.push('tried');
      await ahead.hierarchy();
      asked.push('went on');
    };
    await askingAhead(desk, rehearsal, async () => undefined);
    tell(undefined);
    await later();
    expect(asked).toEqual(['tried']);
  });
});

describe('what was answered before', () => {
  it('does not decide what is sent: assignments that are gone, a management group that moved', async () => {
    const world = await makeDesk();
    const draft = await draftOf(world, alice);
    await lookAround(world.desk);
    await Promise.all([world.desk.policies.assignments(vm1), world.desk.exemptions.near([vm1], contoso)]);
    world.tenant.assignments = [atRoot];

    const result = await sendRequest(world.desk, alice, draft, undefined);
    expect(result.kind === 'sent' ? result.request.targets.map((each) => each.assignmentId) : result.kind).toEqual([
      atRoot.id,
    ]);
  });

  it.each(['hierarchy', 'recommendations.assessments', 'exemptions.near', 'policies.assignments'] as const)(
    'does not stand in for an answer that is missing (%s)',
    async (name) => {
      const world = await makeDesk();
      const draft = await draftOf(world, alice);
      await sendRequest(world.desk, alice, await draftOf(world, alice), undefined);
      world.faults.at(name, { error: noAnswer() });
      await expect(sendRequest(world.desk, alice, draft, undefined)).rejects.toMatchObject({ code: 'unavailable' });
    },
  );

  it('an approval asks whether everything is there at the same time as what the approver may do', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    const order: string[] = [];
    const desk: Desk = {
      ...world.desk,
      forDecision: async (...question) => {
        order.push('rights asked');
        await later();
        order.push('rights told');
        return world.desk.forDecision(...question);
      },
      exemptions: {
        ...world.desk.exemptions,
        fate: async (id) => {
          order.push('fate asked');
          return world.desk.exemptions.fate(id);
        },
      },
    };
    await approveRequest(desk, bob, { reference, version: undefined, words: '' });
    expect((await current(world, reference)).status).toBe('approved');
    expect(order.indexOf('fate asked')).toBeLessThan(order.indexOf('rights told'));
    expect(order.filter((each) => each === 'fate asked')).toHaveLength(1);
    expect(afresh(desk).policies).not.toBe(desk.policies);
  });
});
