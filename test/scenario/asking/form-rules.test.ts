import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';
import { startWorld, type World } from '../../world.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { dialogText } from '../dialog-text.ts';
import {
  formInputs,
  latest,
  offered,
  offeredInDialog,
  openForm,
  sendRequest,
  storageRecommendation,
} from '../steps.ts';

const governance = `
defaults: { maxDays: { waiver: 80 } }
rules:
  - name: Storage is brief
    when: { resourceType: [Microsoft.Storage/*], category: [waiver] }
    then: { maxDays: 40, approvals: 1, blastRadius: { above: 100000 }, ticket: { pattern: 'CHG[0-9]{4}', example: CHG0042 } }
  - name: Nothing is met another way
    when: { category: [mitigated] }
    then: { deny: 'We waive, we do not mitigate.' }
`;

/** What the form says of the rules before anything is filled in, and of those of the scope that is chosen. */
describe.each(companies)('the rules in the form at $tenant', ({ tenant }) => {
  let world: World;
  const alice = 'alice';
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant, governance });
    const { approver, top } = inCompany(world.tenant);
    await world.teams.say(approver.key, '#approvals', `@Exemption Desk approvals here for ${top.name}`);
    await world.app().tick();
  }, patience);
  afterAll(() => world.close());

  const general = /Rules in general Longest: a waiver up to 80 days.* Ticket: required for some.* Approvals: 1 to 2 /;
  const ofStorage =
    /Rules for [^:]*stshopprod.* Mitigated: Refused: We waive, we do not mitigate\. Longest: at most 40 days Ticket: required, like CHG0042 .*Approvals: 1, by somebody whose Azure roles allow the exemption, not by you\./;
  const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');
  const said = (): string => plain(latest(world, alice).visibleText);

  it('are the general ones before a scope is chosen, and those of the scope when the preview sends the form back', async () => {
    const form = await openForm(world, alice);
    expect(said()).toMatch(general);
    const resources = offered(world, alice, form, 'stshopprod');
    await world.teams.press(alice, form, 'Preview', { ...formInputs, resources, expiry: '60' });
    expect(said()).toMatch(ofStorage);
    expect(said()).toMatch(/may last at most 40 days here.*A ticket number is required here, such as CHG0042/);
  });

  it('are the same in a dialog', async () => {
    await world.teams.say(alice, 'personal', `recommendation ${storageRecommendation}`);
    const turn = await world.teams.press(alice, latest(world, alice).id, 'Request exemption');
    expect(plain(dialogText('dialog' in turn ? turn.dialog : undefined))).toMatch(general);
    const filled = { ...formInputs, resources: offeredInDialog(world, alice, 'stshopprod') };
    expect(plain(dialogText(await world.teams.dialogs.press(alice, 'Preview', filled)))).toMatch(ofStorage);
  });

  it('are the same when the form is opened by words', async () => {
    await world.teams.say(alice, 'personal', `exempt stshopprod from ${storageRecommendation}`);
    expect(said()).toMatch(ofStorage);
  });

  it('name what the first exemption allows a renewal, and the end of what is renewed', async () => {
    const reference = await sendRequest(world, alice, { ...formInputs, ticket: 'CHG0042' });
    await world.teams.say(inCompany(world.tenant).approver.key, 'personal', `approve ${reference}`);
    await world.app().idle();
    expect((await everyRequest(world.app().desk.database.requests))[0]).toMatchObject({ reference, status: 'applied' });
    await world.teams.say(alice, 'personal', `renew ${reference}`);
    expect(said()).toMatch(
      new RegExp(`${reference}: ends on 31 Dec 2026.* as it is now Mitigated: Refused.* at most 30 days`),
    );
  });
});
