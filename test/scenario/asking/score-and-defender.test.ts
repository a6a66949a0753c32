import { startWorld, type World } from '../../world.ts';
import { formInputs, latest, offered, openForm, sendRequest } from '../steps.ts';

/** What Defender for Cloud itself knows beside Azure Policy: its score, and the exemptions that were made in it. */
describe('the secure score and the exemptions of Defender', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
  });
  afterAll(() => world.close());

  const said = async (person: string, text: string) =>
    (await world.teams.say(person, 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');
  const range = /“[^”]+” in shop-prod gives [\d.]+ of 4 points now, [\d.]+(?: to [\d.]+)? afterwards/;

  it('tells an auditor the score of every subscription, and of one its controls with most to gain', async () => {
    const all = await said('carol', 'score');
    expect(all).toMatch(/Secure score \(classic\)[\s\S]*In Contoso: \d+\.\d% across \d subscriptions/);
    expect(all).toMatch(/shop-prod[\s\S]*most to gain: /);

    const one = await said('carol', 'score sub:shop-prod');
    expect(one).toMatch(/shop-prod: [\d.]+ of [\d.]+ points, \d+\.\d%/);
    expect(one).toMatch(/\+[\d.]+ to gain[\s\S]*\d+ of \d+ resources? unhealthy/);
  });

  it('tells the score to nobody who may not read the whole subscription', async () => {
    expect(await said('alice', 'score')).toContain(
      'reach only a part of a subscription, and you need one on the whole',
    );
    expect(await said('alice', 'recommendations storage')).not.toContain('score up to');
    expect(await said('alice', 'score sub:shop-prod')).toContain(
      'reach only a part of a subscription, and you need one on the whole',
    );
    expect(await said('alice', 'score sub:corp-data')).toContain('that you can read is called “corp-data”');
  });

  it('says what each recommendation could gain at most', async () => {
    expect(await said('carol', 'recommendations storage')).toMatch(/score up to \+(under )?[\d.]+%/);
    expect(await said('carol', 'recommendation Secure transfer to storage accounts should be enabled')).toMatch(
      /classic secure score up to \+/,
    );
  });

  it('leads from a recommendation to the exemptions from it', async () => {
    const title = 'Secure transfer to storage accounts should be enabled';
    expect(await said('carol', `recommendation ${title}`)).toMatch(/\d+ exempt · [\d,]+ healthy/);
    await world.teams.press('carol', latest(world, 'carol').id, 'Show its exemptions');
    const list = latest(world, 'carol').visibleText;
    expect(list).toMatch(/^Exemptions/m);
    expect(list).toContain(title);
  });

  it('foretells the effect to the approvers, and to a requester only as far as they may know', async () => {
    const form = await openForm(world, 'alice');
    await world.teams.press('alice', form, 'Preview', {
      resources: offered(world, 'alice', form, 'stshopprod').slice(0, 24),
      ...formInputs,
    });
    const preview = latest(world, 'alice').visibleText;
    expect(preview).toContain('Neutral: waived resources leave the calculation');
    expect(preview).not.toMatch(range);

    const reference = await sendRequest(world, 'alice');
    const asked = await world.teams.waitForMessage('#approvals', (each) => each.visibleText.includes(reference));
    expect(asked.visibleText).toMatch(range);
    expect(await said('alice', `request ${reference}`)).not.toMatch(range);
    expect(await said('bob', `request ${reference}`)).toMatch(range);
    expect(await said('carol', `request ${reference}`)).not.toMatch(range);
  });

  const restart = 'Restart of the intranet waits for the freeze to end';

  it('lists an exemption that was made in Defender, as what it is', async () => {
    const list = await said('carol', 'exemptions');
    expect(list).toContain('created in Defender');

    const card = await said('carol', `exemption ${restart}`);
    expect(card).toContain('created in Defender for Cloud, not in Azure Policy');
    expect(card).not.toContain('policy assignment was deleted');
    expect(await said('alice', `exemption ${restart}`)).toContain('There is no exemption');
  });

  it('shows it beside the resource that it exempts, and sends whoever wants another one to the portal', async () => {
    const { assessmentKey } = world.tenant.standardAssignments.find((each) => each.properties.effect === 'Exempt')!
      .properties.exemptionData!.assignedAssessment;
    const card = await said('carol', `recommendation ${assessmentKey}`);
    expect(card).toMatch(/vm-intranet-1[\s\S]*Waiver[\s\S]*created in Defender/);
    expect(card).toContain('In the Azure portal use Environment settings > Exemptions');
  });

  it('says of one whose recommendation Microsoft retired what took its place, and not that it has an effect', async () => {
    expect(await said('carol', 'exemptions')).toMatch(
      /Machines should have vulnerability findings resolved[\s\S]{0,80}recommendation retired/,
    );
    const card = await said('carol', 'exemption Findings of the payroll machine');
    expect(card).toContain('Microsoft retired this recommendation, so no exemption from it has an effect any more.');
    expect(card).toContain('Individual recommendations of the category SoftwareUpdate take its place');
    expect(card).not.toMatch(/No Defender recommendation|Show recommendation/);
  });

  it('says of when such exemptions are while they cannot be read', async () => {
    expect(await said('carol', 'exemptions')).not.toContain('are as of');
    await world.control['POST /simulator/faults']!({ kind: 'html', match: 'standardassignments' });
    await world.clock.advance('PT20M');
    const list = await said('carol', 'exemptions');
    // Carol reads it alone, in Berlin and on a clock of 12 hours.
    expect(list).toMatch(/created in Defender for Cloud itself are as of 1 Dec 2026, 9:\d\d AM\./);
    expect(list).toContain('created in Defender for Cloud');
    await world.control['POST /simulator/faults/clear']!({});
    await world.clock.advance('PT5M');
    expect(await said('carol', 'exemptions')).not.toContain('are as of');
  });
});
