import fc from 'fast-check';
import { isRefusal } from '../../../src/core/governance-error.ts';
import { scopeLabel } from '../../../src/core/tenant/hierarchy.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import { startDraft } from '../../../src/workflow/ask/draft-request.ts';
import { previewRequest } from '../../../src/workflow/ask/preview-request.ts';
import type { Json } from '../../../simulator/teams/message.ts';
import { cardOf, inputOf, pressOn, pressWith, pressed } from '../../bot/press-card.ts';
import { outcomeOf } from '../../bot/say-to-desk.ts';
import { alice, bob, shopGroup } from '../../core/contoso.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';
import { disks } from '../../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { chatOf, current, filledIn } from '../../fakes/story.ts';

const ways = ['card', 'line', 'several', 'less', 'dialog', 'older card', 'forged count'] as const;
const wishes = fc.record({
  names: fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,79}$/), { minLength: 1, maxLength: 30 }),
  way: fc.constantFrom(...ways),
  /** The same form is filled in with all of them elsewhere, after a preview of fewer. */
  meddled: fc.option(fc.nat({ max: 29 }), { nil: undefined }),
});

type Wish = { names: string[]; way: (typeof ways)[number]; meddled: number | undefined };

const shownOn = (card: unknown): string => JSON.stringify(card);

const attempt = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
  try {
    return await work();
  } catch (error) {
    if (isRefusal(error) || error instanceof RangeError) return undefined;
    throw error;
  }
};

/** Approves in some way; what its approver was shown. */
const approve = async (world: TestDesk, { reference }: ExemptionRequest, way: (typeof ways)[number]) => {
  const card = cardOf(await outcomeOf(world, bob, `request ${reference}`));
  const less = `Approve ${reference} with these changes`;
  const press = (on: Json, title: string, inputs = {}) => attempt(() => pressOn(world, bob, on, title, inputs));
  const old = { verb: 'approve-request', reference, version: 1 };
  switch (way) {
    case 'card':
      await press(card, `Approve ${reference}`);
      return shownOn(card);
    case 'line':
      await attempt(() => outcomeOf(world, bob, `approve ${reference}`));
      return shownOn(card);
    case 'older card':
      await attempt(() => pressWith(world, bob, old));
      return shownOn(card);
    case 'forged count':
      await attempt(() => pressWith(world, bob, { ...old, named: 1 }));
      return shownOn({ title: (card.body as Json[])[0] });
    case 'less':
      await press(card, less, { lastDay: '2026-12-01' });
      return shownOn(card);
    case 'dialog': {
      const data = { verb: 'open-decision', reference, version: 1, form: 'less' };
      const form = cardOf(await pressWith(world, bob, data));
      await press(form, less, { lastDay: '2026-12-01' });
      return shownOn(form);
    }
    case 'several': {
      const list = cardOf(await outcomeOf(world, bob, 'requests to decide'));
      const picked = shownOn(list).includes('"id":"picked"')
        ? (inputOf(list, 'picked') as unknown as { choices: { value: string }[] }).choices.map(({ value }) => value)
        : [];
      await press(list, 'Approve these', { picked: picked.join(','), said: '' });
      return shownOn(list);
    }
  }
};

describe('whatever is asked for, and however it is approved', () => {
  it('nothing is sent that the preview did not name, and nothing approved that its approver was not shown', async () => {
    const world = await makeDesk();
    await world.meet(chatOf(alice), chatOf(bob));
    const { desk, tenant } = world;
    const [first] = tenant.assessments;
    const done = new Set<string>();
    let run = 0;
    const labelOf = (scope: string): string => scopeLabel(scope, tenant.hierarchy);
    await fc.assert(
      fc.asyncProperty(wishes, async ({ names, way, meddled }) => {
        run += 1;
        const ids = names.map((name) => `${shopGroup}/providers/Microsoft.Compute/virtualMachines/r${run}-${name}`);
        tenant.assessments = ids.map((id) => ({ ...first!, resourceId: id, resourceName: id.split('/').at(-1)! }));
        const { draft } = await startDraft(desk, alice, disks.key);
        const shownFirst = meddled === undefined ? ids : ids.slice(0, meddled + 1);
        await previewRequest(desk, alice, draft.id, filledIn({ resources: shownFirst }));
        const form = cardOf(await pressWith(world, alice, { verb: 'edit-request', draftId: draft.id }));
        let preview = cardOf(await pressOn(world, alice, form, 'Preview'));
        if (meddled !== undefined) await previewRequest(desk, alice, draft.id, filledIn({ resources: ids }));
        const before = (await everyRequest(desk.database.requests)).length;
        const sent = async () => (await everyRequest(desk.database.requests)).length > before;
        const answer = await pressOn(world, alice, preview, 'Send');
        if (!(await sent())) {
          preview = cardOf(answer);
          await pressOn(world, alice, preview, 'Send');
        }
        expect(await sent()).toBe(true);
        const [request] = await everyRequest(desk.database.requests);
        for (const scope of request!.terms.scopes) expect(shownOn(preview)).toContain(labelOf(scope));

        const shown = await approve(world, request!, way);
        const { status, terms } = await current(world, request!.reference);
        if (status === 'approved') {
          for (const scope of terms.scopes) expect(shown).toContain(labelOf(scope));
          done.add(way);
        } else if (way === 'card' || way === 'less' || way === 'dialog') throw new Error(`${way} approves nothing.`);
        await attempt(() => outcomeOf(world, bob, `reject ${request!.reference} enough`));
        pressed(preview, 'Discard');
      }),
      { numRuns: 40, examples: ways.map((way): [Wish] => [{ names: ['a'], way, meddled: undefined }]) },
    );
    expect([...done]).toEqual(expect.arrayContaining(['card', 'line', 'less', 'dialog', 'older card', 'forged count']));
  }, 120_000);
});
