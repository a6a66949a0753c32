import { inPlaceOfRefusal, keepTyped } from '../../src/bot/actions/decide/keep-typed.ts';
import type { Outcome } from '../../src/bot/outcome.ts';
import type { Turn } from '../../src/bot/turn.ts';
import type { Json } from '../../simulator/teams/message.ts';
import { isRefusal } from '../../src/core/governance-error.ts';
import type { Person } from '../../src/core/person.ts';
import { alice, bob, dan, shopGroup, vm1, vm10 } from '../core/contoso.ts';
import { exemption } from '../core/policies.ts';
import { atRoot } from '../fakes/fake-tenant.ts';
import { noAnswer } from '../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../fakes/make-desk.ts';
import { ask, askAndWrite, chatOf, current, draftOf } from '../fakes/story.ts';
import { cardOf, inputOf, pressed, pressWith, tick, tickedOn, turnFor } from './press-card.ts';
import { outcomeOf } from './say-to-desk.ts';

/** What somebody gets for a press, also if it is refused. */
const answerTo = async (
  world: TestDesk,
  person: Person,
  submitted: Json,
  where: 'personal' | 'channel' = 'personal',
): Promise<Outcome> => {
  const turn: Turn = turnFor(person, submitted, where);
  try {
    return inPlaceOfRefusal(world.desk, turn, await pressWith(world, person, submitted, where));
  } catch (error) {
    if (!isRefusal(error) && !isRefusal(error, 'unavailable')) throw error;
    return (await keepTyped(world.desk, turn, error, error.message)) ?? { kind: 'say', text: error.message };
  }
};

const requestCardOf = async (world: TestDesk, person: Person, reference: string) =>
  cardOf(await outcomeOf(world, person, `request ${reference}`));

describe('a small form that is refused', () => {
  it('keeps the day, the ticks and the comment of “Approve less”, and goes when they are mended', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world, { resources: [vm1, vm10] });
    const card = await requestCardOf(world, bob, reference);
    const title = `Approve ${reference} with these changes`;
    const scopes = tick(card, 'scopes', 'vm10');
    const typed = { lastDay: '2027-03-01', scopes, note: 'Long enough for the audit.' };
    const refused = await answerTo(world, bob, pressed(card, title, typed));
    const again = cardOf(refused);
    expect(refused.kind).toBe('card');
    expect(JSON.stringify(again)).toContain('An approver can only shorten the exemption');
    expect(inputOf(again, 'note')?.value).toBe(typed.note);
    expect(inputOf(again, 'lastDay')?.value).toBe(typed.lastDay);
    expect(tickedOn(again, 'scopes')).toEqual(['shop-prod / rg-shop / vm10']);

    const mended = await answerTo(world, bob, pressed(again, title, { lastDay: '2026-12-01' }));
    expect(mended.kind).toBe('replace');
    expect(JSON.stringify(mended)).not.toContain('can only shorten');
    expect(await current(world, reference)).toMatchObject({
      status: 'approved',
      terms: { scopes: [vm10] },
      approvals: [{ comment: typed.note }],
    });
  });

  it('says what is missing where the client did not, and takes it from there', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    const card = await requestCardOf(world, bob, reference);
    const empty = { ...pressed(card, `Reject ${reference}`, { reason: 'x' }), reason: '' };
    const again = cardOf(await answerTo(world, bob, empty));
    expect(JSON.stringify(again)).toContain('A reason is required');
    const twice = await answerTo(world, bob, {
      ...pressed(again, `Reject ${reference}`, { reason: 'x' }),
      reason: ' ',
    });
    expect(twice.kind).toBe('replace');
    await answerTo(world, bob, pressed(cardOf(twice), `Reject ${reference}`, { reason: 'Use the endpoint.' }));
    expect(await current(world, reference)).toMatchObject({
      status: 'rejected',
      decision: { comment: 'Use the endpoint.' },
    });
  });

  it('of revoking leaves no old error on its card', async () => {
    const world = await makeDesk();
    const { reference } = await askAndWrite(world);
    const card = await requestCardOf(world, alice, reference);
    const press = pressed(card, `Revoke ${reference}`, { why: 'x' });
    const again = cardOf(await answerTo(world, alice, { ...press, why: '' }));
    const done = await answerTo(world, alice, pressed(again, `Revoke ${reference}`, { why: 'Mended.' }));
    expect(done).toMatchObject({ kind: 'replace' });
    expect(JSON.stringify(done)).toContain(`${reference} is being removed from Azure.`);
  });

  it('of an emergency keeps its draft', async () => {
    const world = await makeDesk();
    const draftId = await draftOf(world, bob);
    const form = cardOf(await pressWith(world, bob, { verb: 'edit-request', draftId }));
    const { seen } = pressed(cardOf(await answerTo(world, bob, pressed(form, 'Preview'))), 'Send') as { seen: string };
    const again = cardOf(await answerTo(world, bob, { verb: 'send-in-emergency', draftId, seen, reason: '' }));
    expect(JSON.stringify(again)).toContain('A reason why it cannot wait is required');
    await answerTo(world, bob, pressed(again, 'Write to Azure now, for 72 hours', { reason: 'The shop is down.' }));
    expect(await current(world, 'EX-0001')).toMatchObject({
      status: 'approved',
      decision: { comment: 'The shop is down.' },
    });
  });

  it('of an adoption keeps the purpose that was too short, and adopts once it is mended', async () => {
    const world = await makeDesk();
    const outside = exemption(atRoot, vm1, ['diskEncryption']);
    world.tenant.put(outside);
    const again = cardOf(await answerTo(world, bob, { verb: 'adopt-exemption', id: outside.id, purpose: 'Audit.' }));
    expect(JSON.stringify(again)).toContain('The exemption was not adopted');
    expect(inputOf(again, 'purpose')?.value).toBe('Audit.');
    const purpose = 'It stays until the audit of the shop is over.';
    await answerTo(world, bob, pressed(again, 'Adopt this exemption', { purpose }));
    expect(await current(world, 'EX-0001')).toMatchObject({ terms: { justification: purpose } });
  });

  it('of a revocation of what was made outside asks for the reason again, and goes once it is there', async () => {
    const world = await makeDesk();
    const { id } = exemption(atRoot, vm1, ['diskEncryption']);
    world.tenant.put(exemption(atRoot, vm1, ['diskEncryption']));
    const card = cardOf(await pressWith(world, bob, { verb: 'open-revocation', id }));
    const again = cardOf(await answerTo(world, bob, pressed(card, 'Revoke this exemption', { why: ' ' })));
    expect(JSON.stringify(again)).toContain('A reason is required');
    await answerTo(world, bob, pressed(again, 'Revoke', { why: 'The disks are encrypted now.' }));
    await world.runJobs();
    expect(world.tenant.exemptions().map((each) => each.id)).not.toContain(id);
  });

  it.each([
    { why: 'Azure does not answer', person: bob, changes: {}, away: true },
    { why: 'the terms have changed', person: bob, changes: { version: 2 }, away: false },
    { why: 'the person may not decide', person: dan, changes: {}, away: false },
  ])(
    'still shows what was typed where mending it would not help, and nothing else: $why',
    async ({ person, changes, away }) => {
      const world = await makeDesk();
      world.access.give(dan, 'reader', shopGroup);
      const { reference } = await ask(world);
      if (away) world.faults.at('forDecision', { error: noAnswer() });
      const submitted = {
        verb: 'reject-request',
        reference,
        version: 1,
        reason: 'Use the private endpoint.',
        ...changes,
      };
      const answer = JSON.stringify(await answerTo(world, person, submitted));
      expect(answer).toContain('Use the private endpoint.');
      expect(answer).toContain(`${reference} was not rejected`);
      expect(answer).not.toContain('Input.Text');
      expect(answer).not.toContain('Disks should be encrypted');
    },
  );

  it('in a channel is shown to the person alone', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    const submitted = { verb: 'reject-request', reference, version: 1, reason: '' };
    const answer = await answerTo(world, bob, submitted, 'channel');
    expect(answer).toMatchObject({
      kind: 'private',
      otherwise: expect.stringContaining('A reason is required') as string,
    });
    expect(chatOf(bob).kind).toBe('personal');
  });
});

describe('a date left in a field that does not count', () => {
  it('blocks nothing, in the client nor in the bot', async () => {
    const world = await makeDesk();
    const draftId = await draftOf(world, alice);
    const form = cardOf(await pressWith(world, alice, { verb: 'edit-request', draftId }));
    expect(inputOf(form, 'expiryDate')).not.toHaveProperty('min');
    expect(inputOf(form, 'expiryDate')).not.toHaveProperty('max');
    for (const expiryDate of ['2020-01-01', '2999-12-31', 'the audit']) {
      const preview = cardOf(await pressWith(world, alice, pressed(form, 'Preview', { expiry: '30', expiryDate })));
      expect(JSON.stringify(preview)).toContain('Check your request');
    }
  });
});
