import { startDraft } from '../../../src/workflow/ask/draft-request.ts';
import { previewRequest, type Preview } from '../../../src/workflow/ask/preview-request.ts';
import { alice, bob, landingZones, playground, root, shopGroup, shopProd, vm1, vm10 } from '../../core/contoso.ts';
import { rule, rulesWith } from '../../core/governance-facts.ts';
import { assignment, exemption, ownInitiative } from '../../core/policies.ts';
import { atLandingZones, atRoot, disks } from '../../fakes/fake-tenant.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { expectRefused } from '../../fakes/refusal.ts';
import { ask, askAndWrite, channel, filledIn, subscribed } from '../../fakes/story.ts';

const preview = async ({ desk }: TestDesk, changes: Parameters<typeof filledIn>[0] = {}, person = alice) => {
  const { draft } = await startDraft(desk, person, disks.key);
  return previewRequest(desk, person, draft.id, filledIn(changes));
};
const shown = async (...given: Parameters<typeof preview>): Promise<Preview> => {
  const result = await preview(...given);
  if (result.kind !== 'preview') throw new Error(JSON.stringify(result.problems));
  return result.preview;
};
const problemsIn = async (...given: Parameters<typeof preview>) => {
  const result = await preview(...given);
  return result.kind === 'problems' ? result.problems.map(({ field }) => field) : [];
};
const obstacles = ({ plan }: Preview) => plan.obstacles.map(({ code, kind }) => `${code}: ${kind}`);

describe('a preview', () => {
  it('shows one exemption for each assignment, always with its reference ids, and changes nothing', async () => {
    const world = await makeDesk();
    await subscribed(world, channel('approvals'), 'approvals');
    const { plan, governance, askedIn, emergencyPossible } = await shown(world);
    expect(plan.targets).toMatchObject([
      { scope: vm1, assignmentId: atRoot.id, referenceIds: ['diskEncryption'] },
      { scope: vm1, assignmentId: atLandingZones.id, referenceIds: ['contosoDisks'] },
    ]);
    expect(plan.obstacles).toEqual([]);
    expect(governance).toMatchObject({ approvals: 1, approvers: [] });
    expect(askedIn).toEqual(['approvals']);
    expect(emergencyPossible).toBe(false);
    expect(await world.ledger()).toEqual([]);
    expect(world.jobs.waiting).toEqual([]);
  });

  it('names the other recommendations on the same policy', async () => {
    const world = await makeDesk();
    const sibling = { ...disks, key: '8a6e9d3b-0000-4000-8000-000000000009', title: 'Disks should be encrypted twice' };
    Object.assign(world.tenant, { recommendations: [...world.tenant.recommendations, sibling] });
    expect((await shown(world)).plan.alsoExempts).toEqual([sibling.title]);
  });

  it.each([
    { field: 'resources', changes: { resources: [] } },
    { field: 'resources', changes: { resources: [`${playground}/resourceGroups/a`] } },
    { field: 'scope', changes: { scope: playground } },
    { field: 'category', changes: { category: 'Whatever' } },
    { field: 'expiryDate', changes: { expiry: 'date', expiryDate: '2027-03-01' } },
    { field: 'expiry', changes: { expiry: 'never' } },
    { field: 'justification', changes: { justification: 'Because.' } },
    { field: 'name', changes: { name: ' ' } },
  ])('sends the form back where $field is not right: $changes', async ({ field, changes }) => {
    expect(await problemsIn(await makeDesk(), changes)).toEqual([field]);
  });

  it('asks for the ticket that the rules want, in the form that they want', async () => {
    const pattern = { pattern: 'CHG[0-9]{3}', example: 'CHG001' };
    const world = await makeDesk({ governance: rulesWith([], { ticket: pattern }) });
    expect(await problemsIn(world)).toEqual(['ticket']);
    expect(await problemsIn(world, { ticket: 'CHG0011' })).toEqual(['ticket']);
    expect(await problemsIn(world, { ticket: 'CHG001' })).toEqual([]);
  });

  it('says what the rules refuse, with nothing to write', async () => {
    const governance = rulesWith([rule('rule 1', { scope: ['mg:Online'] }, { deny: 'Not there.' })]);
    const refused = await shown(await makeDesk({ governance }));
    expect(refused.plan.targets).toEqual([]);
    expect(refused.governance).toBeUndefined();
    expect(obstacles(refused)).toContain('denied-by-governance: blocking');
  });

  it('names the part that is gone, so that it can be left out, and what Azure does not say', async () => {
    const world = await makeDesk();
    const sentences = async (resources: readonly string[]) =>
      (await shown(world, { resources })).plan.obstacles.map(({ sentence }) => sentence);
    world.tenant.deleted = [vm10];
    expect(await sentences([vm1, vm10])).toEqual([
      'shop-prod / rg-shop / vm10 no longer exists in Azure, so the request cannot be written as it is. Leave it out.',
    ]);
    expect(await sentences([vm1])).toEqual([]);
    world.faults.at('exemptions.fate', { error: noAnswer() });
    const { plan } = await shown(world);
    expect(plan.targets).toHaveLength(2);
    expect(plan.obstacles).toMatchObject([
      { kind: 'not-checked', sentence: 'Azure did not say whether shop-prod / rg-shop / vm1 still exists.' },
    ]);
  });

  it('counts as approved without anybody only what the requester could decide, asked live', async () => {
    const world = await makeDesk({ governance: rulesWith([], { approvals: 0 }) });
    expect((await shown(world)).governance?.approvals).toBe(1);
    expect((await shown(world, {}, bob)).governance?.approvals).toBe(0);
    world.faults.at('forDecision', { error: noAnswer() });
    await expectRefused(world, 'unavailable', () => preview(world, {}, bob));
  });

  it.each([
    {
      what: 'a lock',
      plant: ({ tenant }: TestDesk) => (tenant.locks = [{ scope: shopGroup, name: 'l', level: 'ReadOnly' }]),
      obstacle: 'locked: blocking',
    },
    {
      what: 'a right that the bot lacks',
      plant: ({ tenant }: TestDesk) => (tenant.botGrants = []),
      obstacle: 'bot-lacks-rights: blocking',
    },
    {
      what: 'no assignment',
      plant: ({ tenant }: TestDesk) => (tenant.assignments = []),
      obstacle: 'no-assignment: blocking',
    },
    {
      what: 'an initiative that cannot be read',
      plant: ({ tenant }: TestDesk) => (tenant.initiatives = []),
      obstacle: 'unread-initiative: blocking',
    },
    {
      what: 'a scope that is excluded',
      plant: ({ tenant }: TestDesk) =>
        (tenant.assignments = [assignment('contoso', landingZones, ownInitiative, { excludedScopes: [shopProd] })]),
      obstacle: 'excluded-scope: blocking',
    },
    {
      what: 'a resource that is gone',
      plant: ({ tenant }: TestDesk) => (tenant.deleted = [vm1]),
      obstacle: 'scope-gone: blocking',
    },
  ])('names $what that stands in the way', async ({ plant, obstacle }) => {
    const world = await makeDesk();
    plant(world);
    const found = await shown(world);
    expect(obstacles(found)).toContain(obstacle);
    expect(found.plan.targets).toEqual([]);
  });

  it('names what exempts it already, and what asks for it already', async () => {
    const world = await makeDesk();
    await ask(world, { resources: [vm10] });
    expect(obstacles(await shown(world, { resources: [vm10] }))).toContain('already-requested: blocking');
    world.tenant.put(exemption(atRoot, root, undefined));
    expect(obstacles(await shown(world))).not.toEqual([]);
    world.tenant.delete(exemption(atRoot, root, undefined).id);
    await askAndWrite(world);
    expect(obstacles(await shown(world))).toContain('already-exempt: blocking');
  });
});
