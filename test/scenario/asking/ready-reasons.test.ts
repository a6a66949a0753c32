import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';
import { startWorld, type World } from '../../world.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { dialogText } from '../dialog-text.ts';
import { formInputs, latest, offered, offeredInDialog, openForm, storageRecommendation } from '../steps.ts';

const governance = `
defaults: { ticket: { pattern: 'CHG[0-9]{4}', example: CHG0042, url: 'https://itsm.example/{ticket}' } }
reasons:
  waiver:
    - id: no-fix
      text: There is no fix yet for this finding
      evidence:
        - { id: advisory, label: Advisory of the vendor }
        - { id: review, label: Next review, required: false }
    - id: false-positive
      text: The finding is wrong and was reported
      approvers: ['person:00000000-0000-4000-8000-0000000001ff']
  mitigated:
    - id: other-product
      text: Another product does this
      instead: Connect the product to Defender for Cloud instead.
`;
const advisory = 'https://vendor.example/advisory/7 [x](https://evil.example) ${$root}';

/** Ready reasons and their evidence, by message, by dialog and by words. */
describe.each(companies)('ready reasons at $tenant', ({ tenant }) => {
  let world: World;
  const alice = 'alice';
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant, governance });
    const { approver, top } = inCompany(world.tenant);
    await world.teams.say(approver.key, '#approvals', `@Exemption Desk approvals here for ${top.name}`);
    await world.teams.say(approver.key, '#approvals', `@Exemption Desk subscribe ${top.name}`);
    await world.app().tick();
  }, patience);
  afterAll(() => world.close());

  const said = (): string => latest(world, alice).visibleText;
  const card = (): string => JSON.stringify(latest(world, alice).cards);
  const newest = async () => (await everyRequest(world.app().desk.database.requests))[0]!;
  const chosen = { ...formInputs, ticket: 'CHG0042', justification: '', reason: 'no-fix' };

  it('are asked for their evidence by the preview, which loses nothing, and go with the request everywhere', async () => {
    const form = await openForm(world, alice);
    expect(said()).toContain('Reason');
    const resources = offered(world, alice, form, 'stshopprod');
    await world.teams.press(alice, form, 'Preview', { ...chosen, resources });
    expect(said()).toMatch(/Evidence for “There is no fix yet for this finding”/);
    expect(said()).toContain('This reason asks for what stands here.');
    expect(card()).toContain('Legacy uploader');
    await world.teams.press(alice, form, 'Preview', { evidence1: '', evidence2: 'March' });
    expect(said()).toContain('“Advisory of the vendor” is missing.');
    expect(card()).toContain('"value":"March"');
    await world.teams.press(alice, form, 'Preview', { evidence1: advisory });
    expect(said()).toMatch(/step 2 of 2/);
    expect(said()).toContain('Next review: March');
    await world.teams.press(alice, form, 'Send', {});
    await world.app().idle();

    const { reference, terms } = await newest();
    expect(terms).toMatchObject({
      justification: 'There is no fix yet for this finding',
      reason: {
        id: 'no-fix',
        evidence: [
          { id: 'advisory', label: 'Advisory of the vendor', text: advisory },
          { id: 'review', label: 'Next review', text: 'March' },
        ],
      },
    });
    const shown = JSON.stringify(latest(world, '#approvals').cards);
    expect(shown).toContain('Advisory of the vendor: ');
    expect(shown).toContain('"url":"https://vendor.example/advisory/7"');
    expect(shown).toContain('"url":"https://itsm.example/CHG0042"');
    expect(shown).toContain('${$root}');

    await world.teams.say(inCompany(world.tenant).approver.key, 'personal', `approve ${reference}`);
    await world.app().idle();
    const [written] = world.tenant.exemptions.all().filter((each) => JSON.stringify(each).includes(reference));
    expect(JSON.stringify(written?.properties)).toContain('"reason":"no-fix"');
    expect(JSON.stringify(written?.properties)).toContain('advisory: https://vendor.example/advisory/7');
    expect(JSON.stringify(written?.properties)).toContain('There is no fix yet for this finding (');

    await world.app().tick();
    await world.app().idle();
    const alerted = world.teams
      .messages('#approvals')
      .find(({ visibleText }) => visibleText.includes('Exemption created'));
    expect(alerted?.visibleText).toContain('There is no fix yet for this finding');
    expect(alerted?.visibleText).toContain('Next review: March');
    expect(JSON.stringify(alerted?.cards)).toContain('"url":"https://vendor.example/advisory/7"');

    await world.teams.say(alice, 'personal', `renew ${reference}`);
    expect(said()).toContain('Evidence for “There is no fix yet for this finding”');
    expect(card()).toContain('"value":"March"');
  });

  it('are chosen by their id in words, with their category', async () => {
    await world.teams.say(
      alice,
      'personal',
      `exempt stshopprod from ${storageRecommendation} because no-fix: the vendor works on it`,
    );
    expect(said()).toContain('Evidence for “There is no fix yet for this finding”');
    expect(card()).toContain('"value":"the vendor works on it"');
    expect(card()).toContain('"value":"Waiver"');
    await world.teams.say(alice, 'personal', `exempt stshopprod from ${storageRecommendation} because other-product`);
    expect(said()).toContain('Refused');
    expect(said()).toContain('Connect the product to Defender for Cloud instead.');
  });

  it('are the same in a dialog, and have their own route', async () => {
    await world.teams.say(alice, 'personal', `recommendation ${storageRecommendation}`);
    await world.teams.press(alice, latest(world, alice).id, 'Request exemption');
    const resources = offeredInDialog(world, alice, 'stshopprod');
    const typed = { ...chosen, resources, reason: 'false-positive', justification: 'Reported to Microsoft as 4711.' };
    const preview = dialogText(await world.teams.dialogs.press(alice, 'Preview', typed));
    expect(preview).toMatch(/only the person 00000000-0000-4000-8000-0000000001ff|This request cannot be sent/);
  });

  it('take nothing that is made up', async () => {
    const form = await openForm(world, alice);
    const resources = offered(world, alice, form, 'stshopprod');
    await world.teams.press(alice, form, 'Preview', { ...chosen, resources, reason: 'made-up' });
    expect(said()).toContain('That reason is not offered. Choose again.');
    await world.teams.press(alice, form, 'Preview', { ...chosen, resources, category: 'Mitigated' });
    expect(said()).toContain('is a reason for a waiver');
  });
});
