import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import { applyRequest } from '../../../src/workflow/write/apply-request.ts';
import { startWorld, type World } from '../../world.ts';
import { patPortal } from '../../../simulator/tenant/contoso/access.ts';
import { holdersInForce } from '../../../simulator/tenant/assignments-in-force.ts';
import { exemptionBy } from '../../../simulator/tenant/exemption-by-person.ts';
import { formInputs, offered, offeredScope, openForm, storageRecommendation } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const dayInMs = 86_400_000;

/** What somebody is told of exemptions that stand there already, whoever made them. */
describe('a request where something is exempt already', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    // As in a real tenant, Defender for Cloud takes its time: what was exempted in between is still offered.
    await world.control['POST /simulator/settings']?.({ effectDelay: 'P2D' });
  });
  afterAll(() => world.close());
  afterEach(() => {
    for (const { id, scope } of world.tenant.exemptions.all())
      if (scope.includes('rg-shop-prod')) world.tenant.exemptions.remove(id);
  });

  const group = () => world.tenant.resourceGroups.find(({ name }) => name === 'rg-shop-prod')!.id;
  const storage = () => world.tenant.resources.find(({ name }) => name === 'stshopprod')!.id;
  const logs = () => world.tenant.resources.find(({ name }) => name === 'stshoplogs')!.id;
  const dayIn = (days: number): string =>
    new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone: world.app().desk.timeZone, day: 'numeric', month: 'short', year: 'numeric' },
    }).format(new Date(world.clock.now().getTime() + days * dayInMs));

  type Made = { readonly days: number; readonly category?: string; readonly whole?: boolean };

  /** Pat exempts from the recommendation in the portal: one object for each initiative that holds it. */
  const patExempts = (scope: string, displayName: string, { days, category = 'Waiver', whole = false }: Made): void => {
    const { policyDefinitionId } = world.tenant.recommendations.find(
      (each) => each.displayName === storageRecommendation,
    )!;
    for (const { assignment, referenceIds } of holdersInForce(world.tenant, scope, policyDefinitionId!)) {
      const now = world.clock.now();
      const made = exemptionBy(patPortal, now, scope, `${displayName}-${assignment.name}`.replaceAll(' ', '-'), {
        policyAssignmentId: assignment.id,
        ...(!whole && { policyDefinitionReferenceIds: referenceIds }),
        exemptionCategory: category,
        displayName,
        expiresOn: new Date(now.getTime() + days * dayInMs).toISOString(),
      });
      world.tenant.exemptions.write(made);
    }
  };

  /** Fills in the form, for 30 days as Waiver unless told otherwise and for a resource unless `around` names a wider scope, and looks at the preview. */
  const preview = async ({ around, ...inputs }: Record<string, string> = {}, person = 'alice') => {
    await world.clock.advance('PT2M');
    const form = await openForm(world, person);
    const resources = offered(world, person, form, 'stshopprod');
    const scope = around === undefined ? formInputs.scope : offeredScope(world, person, form, around);
    await world.teams.press(person, form, 'Preview', { ...formInputs, resources, scope, ...inputs });
    const text = world.teams.messages(person).find((message) => message.id === form)?.visibleText ?? '';
    return { form, text };
  };

  const sendAndApprove = async (form: string): Promise<ExemptionRequest> => {
    await world.teams.press('alice', form, 'Send', {});
    await world.app().idle();
    const { requests } = world.app().desk.database;
    const [request] = await everyRequest(requests);
    await world.teams.say('bob', 'personal', `approve ${request!.reference}`);
    await world.app().idle();
    return (await requests.find(request!.reference))!;
  };
  const ours = (reference: string) =>
    world.tenant.exemptions
      .all()
      .filter(({ properties }) => JSON.stringify(properties.metadata ?? {}).includes(reference));

  it('cannot be sent where a wider exemption lasts at least as long', async () => {
    patExempts(group(), 'Migration of the shop', { days: 40 });
    const { text } = await preview();
    expect(text).toContain('This request cannot be sent');
    expect(text).toContain(`already exempt by “Migration of the shop” on shop-prod / rg-shop-prod until ${dayIn(40)}.`);
  });

  it('goes on where the wider exemption ends earlier, and is written for the whole time', async () => {
    patExempts(group(), 'Migration of the shop', { days: 10 });
    const { form, text } = await preview();
    expect(text).toContain('Check your request');
    expect(text).toMatch(/Warning: Already exempt from .*NIST SP 800-53 Rev\. 5.* by “Migration of the shop”/);
    expect(text).toContain(`until ${dayIn(10)}. The new exemption continues from there, until ${dayIn(30)}.`);

    await world.teams.press('alice', form, 'Send', {});
    await world.app().idle();
    const asked = world.teams.messages('#approvals').at(-1)!;
    expect(asked.visibleText).toMatch(/Warning: Already exempt from .*by “Migration of the shop”/);
    const [{ reference }] = (await everyRequest(world.app().desk.database.requests)) as [ExemptionRequest];
    await world.teams.say('bob', 'personal', `approve ${reference}`);
    await world.app().idle();
    expect((await world.app().desk.database.requests.find(reference))?.status).toBe('applied');
    expect(ours(reference)).toHaveLength(3);
    expect(world.teams.messages('#approvals').find(({ id }) => id === asked.id)?.visibleText).not.toContain('Warning');
  });

  it('names all of an initiative being exempt', async () => {
    patExempts(group(), 'Everything here', { days: 40, whole: true });
    const { text } = await preview();
    expect(text).toContain('This request cannot be sent');
    expect(text).toContain('for the whole initiative NIST SP 800-53 Rev. 5, until');
  });

  it('counts and names the narrower exemptions below that become redundant', async () => {
    patExempts(storage(), 'Old uploader', { days: 10 });
    patExempts(logs(), 'Old logs', { days: 10 });
    const { text } = await preview({ around: 'rg-shop-prod' });
    expect(text).toMatch(/Warning: The new exemption makes 2 narrower ones redundant: “Old \w+” and “Old \w+”\./);
    expect(text).not.toContain('Already exempt');
  });

  it('says where an exemption above contradicts the category', async () => {
    patExempts(group(), 'Encrypted by the proxy', { days: 10, category: 'Mitigated' });
    expect((await preview()).text).toContain('is Mitigated, but you ask for Waiver');
    expect((await preview({ category: 'Mitigated' })).text).not.toContain('Two categories');
  });

  it('says that an expired exemption of somebody else stays beside the new one', async () => {
    patExempts(storage(), 'Old uploader', { days: -5 });
    const { text } = await preview();
    expect(text).toContain(
      `Warning: “Old uploader” on shop-prod / rg-shop-prod / stshopprod expired on ${dayIn(-5)} and remains`,
    );
  });

  it('says that the expired exemption of an earlier request is replaced, and replaces it', async () => {
    const first = await sendAndApprove((await preview()).form);
    const written = ours(first.reference);
    const expiresOn = new Date(world.clock.now().getTime() - dayInMs).toISOString();
    for (const each of written)
      world.tenant.exemptions.write({ ...each, properties: { ...each.properties, expiresOn } });

    const { form, text } = await preview();
    expect(text).toContain(
      `Warning: The new exemption replaces “Legacy uploader” on shop-prod / rg-shop-prod / stshopprod, which expired on ${dayIn(-1)}.`,
    );
    const second = await sendAndApprove(form);
    expect(ours(second.reference).map(({ id }) => id)).toEqual(written.map(({ id }) => id));
    expect(ours(first.reference)).toEqual([]);
  });

  it('writes what was approved although a wider exemption appeared that ends earlier, and nothing of what one covers for long', async () => {
    const { form } = await preview();
    await world.teams.press('alice', form, 'Send', {});
    await world.app().idle();
    const { requests } = world.app().desk.database;
    const [sent] = await everyRequest(requests);
    patExempts(group(), 'Short', { days: 10 });
    await world.clock.advance('PT2M');
    await world.teams.say('bob', 'personal', `approve ${sent!.reference}`);
    await world.app().idle();
    expect(ours(sent!.reference)).toHaveLength(3);

    for (const { id } of ours(sent!.reference)) world.tenant.exemptions.remove(id);
    patExempts(group(), 'Long', { days: 40 });
    await world.clock.advance('PT2M');
    const asked = { ...(await requests.find(sent!.reference))!, waitingSince: world.clock.now(), appliedAt: undefined };
    const again = { ...asked, reference: 'EX-AGA1N', status: 'approved' as const };
    await requests.add(again);
    await applyRequest(world.app().desk, again.reference);
    expect((await requests.find(again.reference))?.failure).toContain('already exempt by “Long”');
    expect(ours(again.reference)).toEqual([]);
  });

  it('does not blame an initiative for showing no effect that is exempt for now, only for a shorter time', async () => {
    const { form } = await preview();
    const { reference, ...request } = await sendAndApprove(form);
    const targets = request.targets.filter(({ assignmentName }) => !assignmentName.startsWith('NIST'));
    const { requests } = world.app().desk.database;
    for (const { id, properties } of ours(reference))
      if (/nist/i.test(properties.policyAssignmentId)) world.tenant.exemptions.remove(id);
    await requests.add({ ...request, reference: 'EX-PART1', targets });
    patExempts(group(), 'Short', { days: 10 });
    await world.clock.advance('PT27H');

    const told = world.teams
      .messages('alice')
      .map(({ visibleText }) => visibleText)
      .find((text) => text.includes('not in effect after 26 hours') && text.includes('EX-PART1'));
    expect(told).toContain('No other initiative');
  });
});
