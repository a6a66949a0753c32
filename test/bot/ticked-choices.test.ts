import { vm1, alice, bob, shopGroup } from '../core/contoso.ts';
import { disks } from '../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../fakes/make-desk.ts';
import { ask, current } from '../fakes/story.ts';
import { cardOf, inputOf, pressed, pressOn, pressWith, tick, tickedOn } from './press-card.ts';
import { outcomeOf } from './say-to-desk.ts';

const withComma = `${vm1},b0`;

/** Two machines, the name of one is that of the other with a comma and more. */
const worldWithComma = async (): Promise<TestDesk> => {
  const world = await makeDesk();
  world.tenant.assessments = [
    ...world.tenant.assessments,
    ...world.tenant.assessments
      .filter(({ resourceId, recommendationKey }) => resourceId === vm1 && recommendationKey === disks.key)
      .map((each) => ({ ...each, resourceId: withComma, resourceName: 'vm1,b0' })),
  ];
  return world;
};

const typed = {
  category: 'Waiver',
  justification: 'The machines move to the new cluster in December.',
};

describe('a choice whose name holds a comma', () => {
  it('is what is asked for, and nothing else, from the list to the request', async () => {
    const world = await worldWithComma();
    const list = cardOf(await outcomeOf(world, alice, `recommendation ${disks.title}`));
    const selected = tick(list, 'selected', 'vm1,b0 in rg-shop');
    const form = cardOf(await pressOn(world, alice, list, 'Request exemption', { selected }));
    expect(tickedOn(form, 'resources')).toEqual(['shop-prod / rg-shop / vm1,b0']);
    const preview = cardOf(await pressOn(world, alice, form, 'Preview', typed));
    await pressOn(world, alice, preview, 'Send');
    expect((await current(world, 'EX-0001')).terms.scopes).toEqual([withComma]);
  });

  it('is what an approver leaves of a request', async () => {
    const world = await worldWithComma();
    const { reference } = await ask(world, { resources: [vm1, withComma] });
    const card = cardOf(await outcomeOf(world, bob, `request ${reference}`));
    const scopes = tick(card, 'scopes', 'vm1,b0');
    await pressOn(world, bob, card, `Approve ${reference} with these changes`, { scopes });
    expect((await current(world, reference)).terms.scopes).toEqual([withComma]);
  });

  it('may be a wider scope', async () => {
    const world = await worldWithComma();
    const list = cardOf(await outcomeOf(world, alice, `recommendation ${disks.title}`));
    const form = cardOf(await pressOn(world, alice, list, 'Request exemption'));
    const scope = tick(form, 'scope', 'rg-shop');
    const preview = cardOf(await pressOn(world, alice, form, 'Preview', { ...typed, scope }));
    await pressOn(world, alice, preview, 'Send');
    expect((await current(world, 'EX-0001')).terms.scopes).toEqual([shopGroup]);
  });
});

describe('a card of an earlier version', () => {
  it('asks to select again, and keeps everything else that was typed', async () => {
    const world = await worldWithComma();
    const list = cardOf(await outcomeOf(world, alice, `recommendation ${disks.title}`));
    const form = cardOf(await pressOn(world, alice, list, 'Request exemption'));
    const old = pressed(form, 'Preview', typed);
    for (const changes of [{ resources: withComma }, { scope: shopGroup, resources: '' }]) {
      const answer = cardOf(await pressWith(world, alice, { ...old, shown: undefined, ...changes }));
      expect(JSON.stringify(answer)).toMatch(/of the selected resources are|Choose at least one resource, or a wider/);
      expect(inputOf(answer, 'justification')?.value).toBe(typed.justification);
      expect(tickedOn(answer, 'resources')).toEqual([]);
    }
    const opened = cardOf(
      await pressWith(world, alice, { ...pressed(list, 'Request exemption'), selected: withComma }),
    );
    expect(JSON.stringify(opened)).toContain('of the selected resources are not offered any more');
    expect(tickedOn(opened, 'resources')).toEqual([]);
  });

  it('approves nothing of what it calls by its name', async () => {
    const world = await worldWithComma();
    const { reference } = await ask(world, { resources: [vm1, withComma] });
    const card = cardOf(await outcomeOf(world, bob, `request ${reference}`));
    const old = pressed(card, `Approve ${reference} with these changes`, { scopes: withComma });
    const refusal = pressWith(world, bob, old);
    await expect(refusal).rejects.toThrow('can no longer be chosen there');
    expect(await current(world, reference)).toMatchObject({ status: 'pending', version: 1 });
  });
});

describe('an approval for less time', () => {
  it('needs no choice of scopes where the card offers none', async () => {
    const world = await makeDesk();
    const machines = Array.from({ length: 13 }, (_, index) => `${vm1}${String(index)}`);
    const [first] = world.tenant.assessments;
    world.tenant.assessments = machines.map((resourceId) => ({ ...first!, resourceId }));
    const { reference } = await ask(world, { resources: machines });
    const card = cardOf(await outcomeOf(world, bob, `request ${reference}`));
    await pressOn(world, bob, card, `Approve ${reference} with these changes`, { lastDay: '2026-12-01' });
    const { terms } = await current(world, reference);
    expect(terms.scopes).toHaveLength(13);
    expect(terms.expiresAt?.toISOString()).toMatch(/^2026-12-01/);
  });
});

describe('ticks', () => {
  const many = async (): Promise<TestDesk> => {
    const world = await makeDesk();
    const [first] = world.tenant.assessments;
    world.tenant.assessments = Array.from({ length: 45 }, (_, index) => ({
      ...first!,
      resourceId: `${shopGroup}/providers/Microsoft.Compute/virtualMachines/m${String(index).padStart(2, '0')}`,
      resourceName: `m${String(index).padStart(2, '0')}`,
    }));
    return world;
  };

  it('of a list survive Next and Previous, up to the request', async () => {
    const world = await many();
    let list = cardOf(await outcomeOf(world, alice, `recommendation ${disks.title}`));
    const turn = async (title: string, ...names: readonly string[]) => {
      list = cardOf(await pressOn(world, alice, list, title, { selected: tick(list, 'selected', ...names) }));
    };
    await turn('Next', 'm03 in rg-shop', 'm07 in rg-shop');
    expect(JSON.stringify(list)).toContain('Also selected, on other pages: m03 in rg-shop, m07 in rg-shop');
    await turn('Next', 'm15 in rg-shop');
    await turn('Previous', 'm21 in rg-shop');
    expect(tickedOn(list, 'selected')).toEqual(['m15 in rg-shop']);
    await turn('Previous');
    expect(tickedOn(list, 'selected')).toEqual(['m03 in rg-shop', 'm07 in rg-shop']);
    const selected = tick(list, 'selected', 'm03 in rg-shop');
    const form = cardOf(await pressOn(world, alice, list, 'Request exemption', { selected }));
    const preview = cardOf(await pressOn(world, alice, form, 'Preview', typed));
    await pressOn(world, alice, preview, 'Send');
    const { scopes } = (await current(world, 'EX-0001')).terms;
    expect(scopes.map((scope) => scope.slice(-3))).toEqual(['m03', 'm21']);
  });

  it('of a form survive Next and Previous too, with everything that is typed so far', async () => {
    const world = await many();
    const list = cardOf(await outcomeOf(world, alice, `recommendation ${disks.title}`));
    let form = cardOf(await pressOn(world, alice, list, 'Request exemption'));
    const turn = async (title: string, inputs: Readonly<Record<string, string>> = {}) => {
      form = cardOf(await pressOn(world, alice, form, title, inputs));
    };
    await turn('Next', { resources: tick(form, 'resources', 'm05', 'm11'), justification: 'short' });
    await turn('Next', { resources: tick(form, 'resources', 'm22') });
    expect(inputOf(form, 'justification')?.value).toBe('short');
    await turn('Preview', { resources: tick(form, 'resources', 'm44'), category: 'Waiver' });
    expect(JSON.stringify(form)).toContain('needs your attention');
    expect(JSON.stringify(form)).toContain('41–45 of 45');
    await turn('Preview', typed);
    expect(JSON.stringify(form)).not.toContain('your attention');
    await turn('Change');
    expect(JSON.stringify(form)).not.toContain('your attention');
    await turn('Preview');
    await turn('Send');
    const { scopes } = (await current(world, 'EX-0001')).terms;
    expect(scopes.map((scope) => scope.slice(-3))).toEqual(['m05', 'm11', 'm22', 'm44']);
  });
});
