import { askAgain } from '../../../src/workflow/ask/ask-again.ts';
import { previewRequest } from '../../../src/workflow/ask/preview-request.ts';
import { sendRequest } from '../../../src/workflow/ask/send-request.ts';
import { rejectRequest, withdrawRequest } from '../../../src/workflow/decide/decide-request.ts';
import { alice, bob, shopTest, dan, shopProd, vm1 } from '../../core/contoso.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { expectRefused } from '../../fakes/refusal.ts';
import { ask, askAndWrite, sentIn } from '../../fakes/story.ts';

describe('asking again', () => {
  it('opens the form as it was filled in, for as many days from today, and makes a new request', async () => {
    const world = await makeDesk();
    const { reference, terms } = await ask(world, { expiry: '60' });
    await rejectRequest(world.desk, bob, { reference, version: 1, words: 'Say more.' });
    world.clock.forward({ days: 3 });

    const { draft } = await askAgain(world.desk, alice, reference);
    expect(draft).toMatchObject({ amends: undefined, replaces: undefined });
    expect(draft.form).toMatchObject({
      resources: [vm1],
      name: terms.name,
      category: terms.category,
      justification: terms.justification,
      expiry: '60',
    });

    await previewRequest(world.desk, alice, draft.id, draft.form);
    const again = sentIn(await sendRequest(world.desk, alice, draft.id, undefined));
    expect(again.reference).not.toBe(reference);
    expect(again).toMatchObject({ status: 'pending', renewal: undefined });
    expect(again.terms.expiresAt!.getTime() - terms.expiresAt!.getTime()).toBe(3 * 24 * 60 * 60 * 1000);
  });

  it('keeps every scope, also those that a search found', async () => {
    const world = await makeDesk();
    const { reference, terms } = await ask(world, { resources: [], searched: [shopProd, shopTest] }, bob);
    expect(terms.scopes).toEqual([shopProd, shopTest]);
    await withdrawRequest(world.desk, bob, { reference, version: 1, words: '' });

    const { draft } = await askAgain(world.desk, bob, reference);
    await previewRequest(world.desk, bob, draft.id, draft.form);
    expect(sentIn(await sendRequest(world.desk, bob, draft.id, undefined)).terms.scopes).toEqual([shopProd, shopTest]);
  });

  it('is not for what waits, is in force or cannot be seen', async () => {
    const world = await makeDesk();
    const waiting = await ask(world);
    await expectRefused(world, 'conflict', () => askAgain(world.desk, alice, waiting.reference));
    await expectRefused(world, 'not-found', () => askAgain(world.desk, dan, waiting.reference));
    await withdrawRequest(world.desk, alice, { reference: waiting.reference, version: 1, words: '' });
    const written = await askAndWrite(world);
    await expectRefused(world, 'conflict', () => askAgain(world.desk, alice, written.reference));
  });
});
