import { createAssessments } from '../../../simulator/tenant/assessments.ts';
import { startWorld, type World } from '../../world.ts';
import { formInputs, latest } from '../steps.ts';

type Choice = { readonly title: string; readonly value: string };

/** Every choice of a form that stands for a place in Azure. */
const choicesIn = (part: unknown): Choice[] => {
  if (typeof part !== 'object' || part === null) return [];
  const { title, value } = part as Partial<Choice>;
  const own = title !== undefined && /^[0-9a-f]{24}$/.test(value ?? '') ? [{ title, value: value ?? '' }] : [];
  return [...own, ...Object.values(part).flatMap(choicesIn)];
};

/** Databases and a server of Fabrikam whose names Azure allows, in a resource group and a subscription of the same kind. */
describe('a resource with an odd name', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ tenant: 'fabrikam', logLevel: 'silent' });
    await world.teams.say('sara', '#security-alerts', '@Exemption Desk subscribe Fabrikam');
    await world.teams.say('sara', '#approvals', '@Exemption Desk approvals here for Fabrikam');
    await world.app().tick();
  });
  afterAll(() => world.close());

  const heard = (): string =>
    world.teams
      .messages('#security-alerts')
      .map(({ visibleText }) => visibleText)
      .join('\n');

  it.each(['Kunden, Aufträge', 'the "old" one; O\'Brien #1', '[Q] = (x + y)', 'sql-odd'])(
    '%s is asked for, decided, written, swept and told like any other',
    async (name) => {
      const found = createAssessments(world.tenant)
        .all()
        .find(
          ({ resource, recommendation, status }) =>
            resource.name === name && status.code === 'Unhealthy' && recommendation.policyDefinitionId !== undefined,
        );
      await world.teams.say('carol', 'personal', `recommendation ${found?.recommendation.assessmentKey ?? ''}`);
      await world.teams.press('carol', latest(world, 'carol').id, 'Open as a message', {});
      const form = latest(world, 'carol').id;
      const choices = choicesIn(world.teams.cardFor('carol', form));
      const [choice] = choices.filter(({ title }) => title.toLowerCase().endsWith(` / ${name.toLowerCase()}`));
      await world.teams.press('carol', form, 'Preview', { ...formInputs, resources: choice?.value ?? '' });
      expect(latest(world, 'carol').visibleText).toContain(`Scope\n${choice?.title ?? ''}`);
      await world.teams.press('carol', form, 'Send', {});
      const [reference = ''] = /EX-[0-9A-Z]+/.exec(latest(world, 'carol').visibleText) ?? [];
      await world.app().idle();
      await world.teams.press('sara', latest(world, '#approvals').id, `Approve ${reference}`, {});
      await world.app().idle();

      const written = world.tenant.exemptions
        .all()
        .filter(({ properties }) => JSON.stringify(properties.metadata ?? {}).includes(reference));
      expect(written.length).toBeGreaterThan(0);
      expect(new Set(written.map(({ scope }) => scope.toLowerCase()))).toEqual(
        new Set([found?.resource.id.toLowerCase()]),
      );
      await world.clock.advance('PT6M');
      expect(heard()).toContain(choice?.title);

      const change = { exemption: written[0]?.id ?? '', exemptionCategory: 'Mitigated' };
      await world.control['POST /simulator/portal-change']!(change);
      await world.clock.advance('PT6M');
      // A sweep that is still under way keeps the next one waiting for the minute after.
      await world.app().idle();
      await world.clock.advance('PT6M');
      const changes = world.teams
        .messages('#security-alerts')
        .map(({ visibleText }) => visibleText)
        .filter((text) => text.includes(reference) && text.includes('Exemption changed outside'));
      expect(changes).toHaveLength(1);
    },
  );

  it('and a subscription with one are found by what people type', async () => {
    const { replies } = await world.teams.say('sara', 'personal', 'score 100% R&D, "Nord" #2 – Größe/様式');
    expect(replies[0]?.visibleText).toContain(`Secure score (classic)\n100% R&D, "Nord" #2 – Größe/様式: `);
  });

  it('and an end at 9999-12-31 never ends', async () => {
    const endless = world.tenant.exemptions
      .all()
      .find(({ properties }) => properties.expiresOn?.startsWith('9999') === true);
    const card = await world.teams.say('sara', 'personal', `exemption ${endless?.name ?? ''}`);
    expect(card.replies[0]?.visibleText).toMatch(/\nNever expires\n[^]*\nExpires\nNever\n/);
  });
});
