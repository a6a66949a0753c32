import { referencesAtStart } from '../../src/core/request/typed-reference.ts';
import { alice, bob, dan, shopProd, vm1, vm10 } from '../core/contoso.ts';
import type { FakeTenant } from '../fakes/fake-tenant.ts';
import { makeDesk } from '../fakes/make-desk.ts';
import { expectRefused } from '../fakes/refusal.ts';
import { ask, chatOf, current } from '../fakes/story.ts';
import { cardOf, inputOf, pressOn, pressWith, tick } from './press-card.ts';
import { outcomeOf } from './say-to-desk.ts';

const twoWaiting = async () => {
  const world = await makeDesk();
  await world.meet(chatOf(alice), chatOf(bob));
  const first = await ask(world, { resources: [vm1] });
  const second = await ask(world, { resources: [vm10] });
  return { world, first: first.reference, second: second.reference };
};
const statuses = (world: Awaited<ReturnType<typeof twoWaiting>>['world'], ...references: readonly string[]) =>
  Promise.all(references.map(async (reference) => (await current(world, reference)).status));
const renameShop = (tenant: FakeTenant, displayName: string): void => {
  const subscriptions = tenant.hierarchy.subscriptions.map((each) =>
    each.id === shopProd ? { ...each, displayName } : each,
  );
  tenant.hierarchy = { ...tenant.hierarchy, subscriptions };
};
const shownIn = (card: unknown): string => JSON.stringify(card);

describe('the list of requests to decide', () => {
  it('decides what was ticked, with one comment, and says what became of each', async () => {
    const { world, first, second } = await twoWaiting();
    const list = cardOf(await outcomeOf(world, bob, 'requests to decide'));
    expect(shownIn(list)).toMatch(/High.*Alice Adler · shop-prod \/ rg-shop \/ vm10 · until 21 Dec 2026 · waits since/);
    const { choices } = inputOf(list, 'picked') as unknown as { choices: { title: string; value: string }[] };
    expect(choices.map(({ value }) => value)).toEqual([`${first}-1`, `${second}-1`]);

    const picked = choices.map(({ value }) => value).join(',');
    const outcome = await pressOn(world, bob, list, 'Approve these', { picked, said: 'Seen together.' });
    expect(shownIn(cardOf(outcome))).toContain('2 approved');
    expect(await statuses(world, first, second)).toEqual(['approved', 'approved']);
  });

  it('leaves alone what was not ticked', async () => {
    const { world, first, second } = await twoWaiting();
    const list = cardOf(await outcomeOf(world, bob, 'requests to decide'));
    const ticked = tick(
      list,
      'picked',
      `${first} · Disks should be encrypted · shop-prod / rg-shop / vm1 · until 21 Dec 2026`,
    );
    await pressOn(world, bob, list, 'Reject these', { picked: ticked, said: 'Use disk encryption.' });
    expect(await statuses(world, first, second)).toEqual(['rejected', 'pending']);
  });

  it('offers no ticks where rows cannot name all that would be exempt, and takes none for them', async () => {
    const { world, first, second } = await twoWaiting();
    renameShop(world.tenant, 'A subscription with the longest of all names '.repeat(4));
    const list = cardOf(await outcomeOf(world, bob, 'requests to decide'));
    expect(shownIn(list)).not.toContain('Decide several');
    await expectRefused(world, 'invalid', () => outcomeOf(world, bob, `approve ${first} ${second}`));
    const data = { verb: 'decide-several', decision: 'approve', picked: `${first}-1,${second}-1`, said: '' };
    expect(shownIn(cardOf(await pressWith(world, bob, data)))).toContain(`${first} covers more than a row can name`);
    expect(await statuses(world, first, second)).toEqual(['pending', 'pending']);
  });

  it('offers no ticks in a channel, and takes none from there', async () => {
    const { world, first, second } = await twoWaiting();
    const data = { verb: 'decide-several', decision: 'approve', picked: `${first}-1,${second}-1`, said: '' };
    await expectRefused(world, 'invalid', () => pressWith(world, bob, data, 'channel'));
    expect(await statuses(world, first, second)).toEqual(['pending', 'pending']);
  });

  it.each(['EX-12AB', 'EX-12AB-1;EX-34CD-1', 'EX-12AB-1,all', 'EX-12AB-x'])(
    'decides nothing on a press that carries %s',
    async (picked) => {
      const { world, first, second } = await twoWaiting();
      const data = { verb: 'decide-several', decision: 'approve', picked: `${first}-1,${picked}`, said: '' };
      await pressWith(world, bob, data).catch(() => undefined);
      expect(await statuses(world, first, second)).toEqual(['pending', 'pending']);
    },
  );
});

describe('a typed line that names several requests', () => {
  it.each(['approve', 'reject'] as const)('to %s them asks once, and then does it', async (decision) => {
    const { world, first, second } = await twoWaiting();
    const question = cardOf(await outcomeOf(world, bob, `${decision} ${first}, ${second} seen together`));
    expect(shownIn(question)).toMatch(/vm1 .*vm10 .*seen together|vm10 .*vm1 .*seen together|seen together.*vm1/);
    expect(await statuses(world, first, second)).toEqual(['pending', 'pending']);

    await pressOn(world, bob, question, `${decision === 'approve' ? 'Approve' : 'Reject'} 2 requests`);
    const status = decision === 'approve' ? 'approved' : 'rejected';
    expect(await statuses(world, first, second)).toEqual([status, status]);
    expect((await current(world, second)).decision).toMatchObject({ comment: 'seen together' });
  });

  it.each([
    ['names another one in the comment', (a: string, b: string) => `approve ${a} ${b} like EX-BBBB22`],
    ['limits the time', (a: string, b: string) => `approve ${a} ${b} until 1 Dec`],
    ['could limit it', (a: string, b: string) => `approve ${a} ${b} only if patched`],
    ['says more than its button can carry', (a: string, b: string) => `approve ${a} ${b} ${'fine '.repeat(220)}`],
    ['rejects without a reason', (a: string, b: string) => `reject ${a} ${b}`],
  ])('decides nothing and says so where it %s', async (_, line) => {
    const { world, first, second } = await twoWaiting();
    await expectRefused(world, 'invalid', () => outcomeOf(world, bob, line(first, second)));
    expect(await statuses(world, first, second)).toEqual(['pending', 'pending']);
  });

  it('shows none of them to somebody who may not see one', async () => {
    const { world, first, second } = await twoWaiting();
    await expectRefused(world, 'not-found', () => outcomeOf(world, dan, `approve ${first} ${second}`));
  });

  it.each([
    ['EX-12AB EX-34CD fine', ['EX-12AB', 'EX-34CD'], 'fine'],
    ['EX-12AB, EX-34CD and ex–56ef: and more', ['EX-12AB', 'EX-34CD', 'EX-56EF'], 'and more'],
    ['EX-12AB EX-12AB', ['EX-12AB'], ''],
    ['EX-12AB and nothing else', ['EX-12AB'], 'and nothing else'],
    ['fine EX-12AB', [], 'fine EX-12AB'],
  ])('is read: %s', (text, references, rest) => {
    expect(referencesAtStart(text)).toEqual({ references, rest });
  });
});
