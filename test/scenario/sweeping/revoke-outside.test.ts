import { everyLedgerRow } from '../../../scripts/soak/kept/every-ledger-row.ts';
import type { Assessment } from '../../../simulator/tenant/assessments.ts';
import type { Person } from '../../../simulator/tenant/person.ts';
import type { RoleDefinition } from '../../../simulator/tenant/tenant.ts';
import { startWorld, type World } from '../../world.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { dialogText } from '../dialog-text.ts';
import { latest } from '../steps.ts';

const why = 'The jump host was rebuilt.';
const channel = '#security-alerts';
const creator: RoleDefinition = {
  name: 'c0de0000-0000-4000-8000-0000000000aa',
  roleName: 'Exemption Creator',
  type: 'CustomRole',
  description: 'Creates policy exemptions, and deletes none.',
  actions: ['*/read', 'Microsoft.Authorization/policyExemptions/write', 'Microsoft.Authorization/policyAssignments/*'],
  notActions: [],
};

/** Somebody with the right takes out what nobody asked Exemption Desk for, without adopting it first. */
describe.each(companies)('revoking an exemption made outside at $tenant', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  let about: Assessment;
  let name: string;
  let alert: string;
  let guest: Person;

  const made = () =>
    world.tenant.exemptions.all().filter(({ id }) => id.toLowerCase().startsWith(about.resource.id.toLowerCase()));
  const told = () => world.teams.messages(channel);
  /** Somebody exempts it in the portal, and the channel hears of it. */
  const exempt = async (metadata: object = {}): Promise<void> => {
    const before = made().map(({ id }) => id);
    await world.control['POST /simulator/portal-exemption']!({
      scope: about.resource.id,
      recommendation: about.recommendation.assessmentKey,
      expiresInDays: 60,
    });
    for (const each of made().filter(({ id }) => !before.includes(id)))
      world.tenant.exemptions.write({ ...each, properties: { ...each.properties, metadata } }, { settled: true });
    name = made().find(({ id }) => !before.includes(id))!.name;
    const heard = told().length;
    for (let minute = 0; minute < 12 && told().length === heard; minute += 1) await world.clock.advance('PT1M');
    alert = latest(world, channel).id;
  };

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    people = inCompany(world.tenant);
    about = people
      .openFor(people.auditor)
      .filter(({ recommendation }) => recommendation.policyDefinitionId !== undefined)
      .find(
        ({ resource }) =>
          /\/resourcegroups\/[\w-]+\/providers\//i.test(resource.id) &&
          people.seesAndMay(people.approver, 'write exemptions', resource.id),
      )!;
    const group = about.resource.id.split('/').slice(0, 5).join('/');
    guest = world.tenant.people.find(({ belonging }) => belonging === 'guest')!;
    const all = [guest, people.approver, people.auditor, people.stranger, people.teamMember];
    for (const { key } of all) await world.teams.say(key, 'personal', 'help');
    await world.teams.say(people.approver.key, channel, `@Exemption Desk subscribe ${group}`);
    await world.clock.advance('PT6M');
    await exempt();
  }, patience);
  afterAll(() => world.close());

  const said = async (person: { readonly key: string }, text: string) =>
    (await world.teams.say(person.key, 'personal', text)).replies.map(({ visibleText }) => visibleText).join('\n');
  const card = () => JSON.stringify(world.teams.cardFor(people.approver.key, latest(world, people.approver.key).id));
  const open = async (person: { readonly key: string }): Promise<string> => {
    const turn = await world.teams.press(person.key, alert, 'Revoke…');
    return dialogText('dialog' in turn ? turn.dialog : undefined);
  };
  const rows = async (event: string) =>
    (await everyLedgerRow(world.app().desk.database.ledger)).filter((each) => each.event === event);

  it('is refused to a guest, to whoever sees nothing, only reads, or may write and not delete, on record', async () => {
    expect(await open(guest)).toContain('You are a guest');
    expect(await open(people.stranger)).toContain('There is no exemption');
    expect(await open(people.auditor)).toMatch(/none of your Azure roles.*policyExemptions\/delete/);
    const { roleDefinitions, roleAssignments } = world.tenant;
    (roleDefinitions as RoleDefinition[]).push(creator);
    roleAssignments.push({
      name: 'for-a-while',
      scope: people.top.id,
      role: creator.name,
      principalId: people.auditor.objectId,
      principalType: 'User',
    });
    await world.clock.advance('PT6M');
    expect(await open(people.auditor)).toMatch(/none of your Azure roles.*policyExemptions\/delete/);
    roleAssignments.pop();
    const refused = (await rows('refused')).map(({ actor }) => actor.kind === 'person' && actor.person.name);
    expect([...new Set(refused)]).toEqual([people.auditor.name]);
    expect(made().length).toBeGreaterThan(0);
  });

  it('is done from the alert, in a dialog that names everything that is deleted', async () => {
    const before = told();
    const names = made().map((each) => each.name);
    const text = await open(people.approver);
    for (const each of names) expect(text).toContain(each);
    expect(told()).toEqual(before);
    const title = names.length === 1 ? 'Revoke this exemption' : `Revoke these ${names.length} exemptions`;
    const { key } = people.approver;
    await expect(world.teams.dialogs.press(key, title, { why: '' })).rejects.toThrow('must be filled');
    expect(dialogText(await world.teams.dialogs.press(key, title, { why }))).toContain('Revocation started');
    await world.app().idle();
    expect(made()).toEqual([]);
    expect(await rows('revocation-ordered')).toMatchObject([
      { text: why, actor: { person: { name: people.approver.name } } },
    ]);
    await world.clock.advance('PT30M');
    const heard = told().slice(before.length);
    expect(heard).toHaveLength(1);
    expect(heard[0]?.visibleText).toContain(`Revoked by ${people.approver.name}`);
    expect(heard[0]?.visibleText).toContain(why);
  });

  it('is typed by its name, and asks once with the reason filled in', async () => {
    await world.clock.advance('P2D');
    await exempt();
    const before = made().length;
    expect(await said(people.stranger, `revoke ${name} because ${why}`)).toMatch(
      /There is no exemption|None of your Azure roles/,
    );
    expect(await said(people.auditor, `revoke "${name}" because ${why}`)).toContain('none of your Azure roles');
    expect(await said(people.approver, `revoke ${name}-of-another because ${why}`)).toMatch(
      /There is no exemption|None of your Azure roles/,
    );
    await said(people.approver, `revoke ${name} because ${why}`);
    expect(card()).toContain(`"value":"${why}"`);
    expect(made()).toHaveLength(before);
    const title = before === 1 ? 'Revoke this exemption' : `Revoke these ${before} exemptions`;
    const { key } = people.approver;
    await world.teams.press(key, latest(world, key).id, title);
    await world.app().idle();
    expect(made()).toEqual([]);
  });

  it('is offered on its card, and as a message too', async () => {
    await world.clock.advance('P2D');
    await exempt();
    await said(people.approver, `exemption ${name}`);
    expect(card()).toContain('"verb":"open-revocation"');
    await world.teams.press(people.approver.key, latest(world, people.approver.key).id, 'Revoke as a message');
    expect(card()).toContain('"verb":"revoke-exemption"');
    for (const each of made()) expect(card()).toContain(each.name);
  });

  it('is not offered for what a tool manages, nor is adopting it: alert and card say who manages it', async () => {
    for (const { id } of made()) world.tenant.exemptions.remove(id);
    await world.clock.advance('P2D');
    await exempt({ pacOwnerId: 'f00dfeed-0000-4000-8000-00000000cafe' });
    const told = JSON.stringify(latest(world, channel).cards);
    expect(told).toContain('Managed by');
    expect(told).toContain('EPAC');
    expect(told).not.toMatch(/adopt-exemption|open-revocation/);
    expect(await said(people.approver, `exemption ${name}`)).toContain('EPAC manages it in files of its own');
    expect(card()).not.toMatch(/adopt-exemption|open-revocation/);
    expect(await said(people.approver, `revoke ${name} because ${why}`)).toContain('EPAC manages it');
  });
});
