import { startWorld, type World } from '../../world.ts';
import { latest, offered, openForm, formInputs } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const governance = `
rules:
  - name: Ports stay closed
    when: { recommendation: ['Management ports*'] }
    then: { deny: Open management ports are not negotiable. }
  - name: Whoever could decide need not ask
    when: { scope: [mg:corp], category: [mitigated] }
    then: { approvals: 0 }
  - name: Corp needs two
    when: { scope: [mg:corp], severity: [high] }
    then: { approvals: 2, maxDays: 30 }
  - name: What the shop mitigates is decided by Erin
    when: { category: [mitigated], scope: [sub:shop-prod] }
    then: { approvers: ['person:00000000-0000-4000-8000-000000000105'] }
  - name: The shop has change numbers
    when: { scope: [sub:shop-prod] }
    then: { approvers: ['group:00000000-0000-4000-8000-000000000202'], ticket: { pattern: 'CHG[0-9]{4}', example: CHG0042 } }
`;

describe('a governance file in force', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', governance });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    // Frank's role is no longer only eligible, so that there is a second approver; Erin's reaches further than her subscription.
    const pattern = world.tenant.roleAssignments.find(({ principalType }) => principalType === 'Group');
    for (const [index, key] of ['frank', 'erin'].entries()) {
      const principalId = `00000000-0000-4000-8000-00000000010${key === 'erin' ? 5 : 6}`;
      const name = `0a551600-0000-4000-8000-00000000090${index}`;
      world.tenant.roleAssignments.push({ ...pattern!, name, principalId, principalType: 'User' });
    }
  });
  afterAll(() => world.close());

  const said = async (person: string, text: string) =>
    (await world.teams.say(person, 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');
  const request = async (reference: string) => (await world.app().desk.database.requests.find(reference))!;
  const written = (reference: string) =>
    world.tenant.exemptions.all().filter((each) => JSON.stringify(each.properties).includes(reference));

  /** The card after Preview. */
  const preview = async (person: string, label: string, inputs: Record<string, string> = {}, title?: string) => {
    const form = title === undefined ? await openForm(world, person) : await openForm(world, person, title);
    const resources = offered(world, person, form, label);
    await world.teams.press(person, form, 'Preview', { ...formInputs, resources, ...inputs });
    return { form, text: latest(world, person).visibleText };
  };
  const send = async (person: string, label: string, inputs: Record<string, string> = {}) => {
    const { form } = await preview(person, label, inputs);
    await world.teams.press(person, form, 'Send', {});
    await world.app().idle();
    const [newest] = await everyRequest(world.app().desk.database.requests);
    return newest!.reference;
  };
  /** Makes room for the next request of the same exemptions. */
  const away = async (reference: string) => {
    for (const { targets } of [await request(reference)])
      for (const { exemptionId } of targets) world.tenant.exemptions.remove(exemptionId);
    await world.clock.advance('PT6M');
  };
  const cardOf = (reference: string) =>
    world.teams.messages('#approvals').find((each) => each.cards.length > 0 && each.visibleText.includes(reference))!;

  it('refuses with the sentence of the rule, and leaves nothing to send', async () => {
    const title = 'Management ports should be closed on your virtual machines';
    const { form, text } = await preview('carol', 'vm-shop-1', {}, title);

    expect(text).toContain('This request cannot be sent');
    expect(text).toContain('Open management ports are not negotiable.');
    expect(JSON.stringify(world.teams.cardFor('carol', form))).not.toContain('send-request');
  });

  it('holds the form to the limits of the rule for what is asked', async () => {
    const { text } = await preview('carol', 'stcorpweb', { expiry: '60' });

    expect(text).toContain('Waiver may last at most 30 days here');
  });

  it('asks for a ticket number of the right kind', async () => {
    expect((await preview('alice', 'stshopprod')).text).toContain('A ticket number is required here, such as CHG0042.');
    expect((await preview('alice', 'stshopprod', { ticket: '0042' })).text).toContain('does not look like CHG0042');
    expect((await preview('alice', 'stshopprod', { ticket: 'CHG0001' })).text).toContain('Check your request');
  });

  describe('that asks for two approvals', () => {
    let reference: string;

    it('says so before the request is sent', async () => {
      expect((await preview('carol', 'stcorpweb')).text).toContain('2 approvals are needed.');
      reference = await send('carol', 'stcorpweb');
      expect((await request(reference)).governance).toMatchObject({ approvals: 2, limits: { maxDays: 30 } });
    });

    it('waits after the first, with the approval on every card', async () => {
      await world.teams.press('bob', cardOf(reference).id, `Approve ${reference}`, { comment: 'as far as I go' });
      await world.app().idle();

      expect((await request(reference)).status).toBe('pending');
      expect(cardOf(reference).visibleText).toContain('1 of 2 approvals, by Bob Berger.');
      expect(written(reference)).toEqual([]);
      expect(await said('carol', `request ${reference}`)).toContain('1 of 2 approvals, by Bob Berger.');
    });

    it('does not count the same person twice', async () => {
      expect(await said('bob', `approve ${reference}`)).toContain(
        `You already approved ${reference}. It needs one more approval from somebody else.`,
      );
      expect((await request(reference)).approvals).toHaveLength(1);
    });

    it('explains itself to whoever may see the request, and to nobody else', async () => {
      const text = await said('frank', `why ${reference}`);

      expect(text).toMatch(/“Corp needs two” \(line 9\): applies; .*every scope/);
      expect(text).toContain(
        '“Ports stay closed” (line 3): does not match; the recommendation is not “Management ports*”.',
      );
      expect(text).toContain('2 needed, 1 given.');
      expect(text).toContain('Security Admin at Contoso: can write exemptions');
      expect(await said('carol', `why ${reference}`)).toContain('You requested it yourself');
      expect(await said('dan', `why ${reference}`)).toContain('There is no request');
    });

    it('is approved by the second, whose card was drawn before the first click', async () => {
      await said('frank', `approve ${reference} "and as far as I go"`);
      await world.app().idle();

      const { status, approvals } = await request(reference);
      expect(status).toBe('applied');
      expect(approvals.map(({ by }) => by.name)).toEqual(['Bob Berger', 'Frank Falk']);
      const metadata = written(reference).map((each) => JSON.stringify(each.properties.metadata));
      expect(metadata.length).toBeGreaterThan(0);
      for (const each of metadata)
        expect(each).toContain('00000000-0000-4000-8000-000000000102 00000000-0000-4000-8000-000000000106');
      await away(reference);
    });

    it('ends with one rejection, whoever approved before', async () => {
      const vetoed = await send('carol', 'stcorpweb');
      await said('bob', `approve ${vetoed}`);
      await said('frank', `reject ${vetoed} not in this quarter`);

      expect((await request(vetoed)).status).toBe('rejected');
      expect(await said('erin', `approve ${vetoed}`)).toContain('already rejected by Frank Falk');
    });

    it('writes nothing once an approver has lost the role', async () => {
      const undone = await send('carol', 'stcorpweb');
      await said('bob', `approve ${undone}`);
      const at = world.tenant.roleAssignments.findIndex(({ principalId }) => principalId.endsWith('201'));
      const [taken] = world.tenant.roleAssignments.splice(at, 1);
      await said('frank', `approve ${undone}`);
      await world.app().idle();
      world.tenant.roleAssignments.push(taken!);

      expect((await request(undone)).status).toBe('failed');
      expect(written(undone)).toEqual([]);
    });
  });

  describe('that asks for no approval', () => {
    it('has it written at once for somebody who could decide it', async () => {
      expect((await preview('bob', 'stcorpweb', { category: 'Mitigated' })).text).toContain('No approval is needed');
      const reference = await send('bob', 'stcorpweb', { category: 'Mitigated' });

      expect(await request(reference)).toMatchObject({
        status: 'applied',
        approvals: [],
        governance: { approvals: 0 },
      });
      expect(written(reference).length).toBeGreaterThan(0);
      await away(reference);
    });

    it('needs one all the same for somebody who could not', async () => {
      const reference = await send('carol', 'stcorpweb', { category: 'Mitigated' });

      expect(await request(reference)).toMatchObject({ status: 'pending', governance: { approvals: 1 } });
      expect(await said('carol', `approve ${reference}`)).toContain('because you asked for it yourself');
    });
  });

  it('counts only approvers whom it names, through groups within groups as well', async () => {
    const forErin = await send('carol', 'stshoplogs', { category: 'Mitigated' });
    expect(await said('bob', `approve ${forErin}`)).toContain('the governance file names other approvers');
    expect(await said('bob', `reject ${forErin} no`)).toContain('the governance file names other approvers');
    expect(await said('erin', `approve ${forErin}`)).toContain('is approved');

    const forTheGroup = await send('alice', 'stshopprod', { ticket: 'CHG0001' });
    expect(await said('frank', `approve ${forTheGroup}`)).toContain('the governance file names other approvers');
    expect(await said('bob', `approve ${forTheGroup}`)).toContain('is approved');
  });
});
