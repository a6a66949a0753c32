import { choiceTokens } from '../../../src/core/request/choice-token.ts';
import { keptResource } from '../../../src/core/mirror/kept-resource.ts';
import { normalId } from '../../../src/core/tenant/arm-id.ts';
import { reopenDraft } from '../../../src/workflow/ask/draft-request.ts';
import { fillInForm } from '../../../src/workflow/ask/fill-in-form.ts';
import { startDraftFromList } from '../../../src/workflow/ask/keep-ticks.ts';
import { alice, shopProd, shopTest, vm1 } from '../../core/contoso.ts';
import { disks } from '../../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';

const many = 3050;
const groups = 61;
const idOf = (at: number): string => {
  const group = `${shopProd}/resourceGroups/rg-${String(Math.floor(at / 50)).padStart(3, '0')}`;
  return `${group}/providers/Microsoft.Compute/virtualMachines/vm${String(at).padStart(4, '0')}`;
};
const typed = {
  ...{ scope: 'resources', name: 'n', category: 'Waiver', expiry: '30', expiryDate: '', justification: '', ticket: '' },
  ...{ searched: [], named: '' },
};

/** A form that shows a page of thousands of resources. */
describe('the choices around a page of the form', () => {
  let world: TestDesk;
  let desk: TestDesk['desk'];
  const tokenOf = (id: string): string => choiceTokens(world.desk.hash)(id);
  const mirror = () =>
    world.desk.database.mirror.replace(
      'resources',
      normalId(shopProd),
      world.tenant.assessments.map(({ resourceId: id, status }) => ({
        key: normalId(id),
        data: keptResource({
          ...{ id, keys: [disks.key], unhealthy: status === 'unhealthy' ? [disks.key] : [], exempt: [] },
          tags: undefined,
        }),
      })),
      world.clock.now(),
    );
  const open = (ticks: Partial<Parameters<typeof startDraftFromList>[3]> = {}) =>
    startDraftFromList(desk, alice, disks.key, { draftId: undefined, ticked: [], shown: [], ...ticks });

  beforeEach(async () => {
    world = await makeDesk();
    const [one] = world.tenant.assessments;
    world.tenant.assessments = Array.from({ length: many }, (_, at) => ({ ...one!, resourceId: idOf(at) }));
    const recommendations = {
      ...world.desk.recommendations,
      assessments: () => Promise.reject(new Error('It reads all of them.')),
    };
    desk = { ...world.desk, recommendations };
    await mirror();
  });

  it('are a part of the resources, their number, and the scopes around all of them', async () => {
    const { offer } = await open();
    expect(offer).toMatchObject({ first: 0, found: many, chosen: [], moreScopes: groups - 50 });
    expect(offer.resources).toHaveLength(100);
    expect(offer.scopes).toHaveLength(50 + 1);
    expect(offer.scopes.at(-1)?.id).toBe(shopProd);
    expect(offer.scopes.map(({ id }) => id)).not.toContain(shopTest);
  });

  it('keep what was ticked on other pages, wherever the list is, and on the page that was shown', async () => {
    const { draft, problems } = await open({ ticked: [tokenOf(idOf(0)), tokenOf(idOf(5))], first: 0 });
    expect(problems).toEqual([]);
    const shown = Array.from({ length: 20 }, (_, at) => tokenOf(idOf(2000 + at)));
    const given = { ...typed, resources: [tokenOf(idOf(2003))], shown, first: 2000 };
    const filled = await fillInForm(desk, alice, draft.id, given, 152);
    expect(filled.draft.form.resources).toEqual([idOf(0), idOf(5), idOf(2003)]);
    expect(filled.offer).toMatchObject({ first: 3000, found: many });
    expect(filled.offer.chosen.map(({ id }) => id)).toEqual([idOf(0), idOf(5), idOf(2003)]);
    const again = await reopenDraft(desk, alice, draft.id);
    expect(again.offer.chosen.map(({ id }) => id)).toEqual([idOf(2003)]);
    expect((await fillInForm(desk, alice, draft.id, { ...given, resources: [] }, 999)).offer.first).toBe(3000);
  });

  it('keep a wider scope that is chosen and does not fit', async () => {
    const { draft } = await open();
    const last = `${shopProd}/resourceGroups/rg-060`;
    await world.desk.database.drafts.save({ ...draft, form: { ...draft.form, scope: last } });
    const given = { ...typed, scope: tokenOf(last), resources: [], shown: [], first: 0 };
    expect((await fillInForm(desk, alice, draft.id, given, 1)).draft.form.scope).toBe(last);
  });

  it('are all of them while the mirror does not know the scopes around them', async () => {
    world.tenant.assessments = world.tenant.assessments.map((each) => ({ ...each, status: 'healthy' }));
    await mirror();
    world.tenant.assessments = world.tenant.assessments.map((each) => ({ ...each, status: 'unhealthy' }));
    desk = world.desk;
    const { offer } = await open();
    expect([offer.resources.length, offer.scopes.length, offer.moreScopes]).toEqual([many, groups + 1, 0]);
  });

  it('say nothing of what the person may not read any more', async () => {
    const { draft } = await open();
    await world.desk.database.drafts.save({ ...draft, form: { ...draft.form, resources: [idOf(2003), vm1] } });
    world.access.deny(alice, idOf(2003));
    const { offer } = await reopenDraft(desk, alice, draft.id);
    expect(offer.chosen.map(({ id }) => id)).not.toContain(idOf(2003));
    expect(offer.found).toBe(many - 1);
  });
});
