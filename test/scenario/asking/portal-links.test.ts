import { startWorld, type World } from '../../world.ts';

const written = encodeURIComponent;
const portal = 'https://portal.azure.com/';
const noExemption = 'There is no exemption that you may see here.';

describe('a link from the Azure portal', () => {
  let world: World;
  let [account, vault, exemption, assignment] = ['', '', '', ''];
  let [transfer, firewall] = ['', ''];

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
    const { tenant } = world;
    const idOf = (name: string): string => tenant.resources.find((each) => each.name === name)?.id ?? '';
    const keyOf = (title: string): string =>
      tenant.recommendations.find(({ displayName }) => displayName === title)?.assessmentKey ?? '';
    [account, vault] = [idOf('stshopprod'), idOf('kv-hr')];
    transfer = keyOf('Secure transfer to storage accounts should be enabled');
    firewall = keyOf('Firewall should be enabled on Key Vault');
    const made = tenant.exemptions.all().find((each) => JSON.stringify(each).includes('The payroll provider moves'))!;
    [exemption, assignment] = [made.id, made.properties.policyAssignmentId];
  });
  afterAll(() => world.close());

  const said = async (text: string, person = 'carol', where = 'personal') =>
    (await world.teams.say(person, where, text)).replies.map((reply) => reply.visibleText).join('\n');
  const ofRecommendation = (key: string, resource = '') =>
    `${portal}#view/Microsoft_Azure_Security/GenericRecommendationDetailsBlade/assessmentKey/${key}${resource === '' ? '' : `/resourceId/${written(resource)}`}`;
  const ofResource = (id: string) => `${portal}#@contoso.onmicrosoft.com/resource${id}/overview`;

  it('opens the recommendation that it names, alone or among words', async () => {
    for (const line of ['URL', 'what is this URL?', 'why is this unhealthy (URL)', '<URL>'])
      expect(await said(line.replace('URL', ofRecommendation(transfer)))).toContain('Remediation');
  });

  it('opens it behind the words of a link, which is how Teams delivers some', async () => {
    expect(await said(`what is [this one](${ofRecommendation(transfer)})`)).toContain('Remediation');
  });

  it('narrows the recommendation to the resource, and says so', async () => {
    const card = await said(ofRecommendation(transfer, account), 'alice');

    expect(card).toContain('1 unhealthy resource · 0 exempt');
    expect(card).toContain('Shown and counted is only stshopprod');
    expect(card).not.toContain('stshoplogs');
  });

  it('says what there is of a resource, with a button for either list', async () => {
    const card = await said(`anything about ${ofResource(vault)}?`);
    expect(card).toMatch(/kv-hr[\s\S]*\d+ open recommendations?\. 2 exemptions cover something of it/);

    const { id } = world.teams.messages('carol').at(-1)!;
    await world.teams.press('carol', id, 'Exemptions there', {});
    expect(world.teams.messages('carol').find((each) => each.id === id)?.visibleText).toContain(
      'Firewall should be enabled on Key Vault',
    );
  });

  it('opens the exemption, and lists those of a policy assignment', async () => {
    const blade = `${portal}#view/Microsoft_Azure_Policy/Exemption/id/${written(exemption)}`;
    expect(await said(blade)).toContain('The payroll provider moves to a private endpoint this quarter.');

    const list = await said(`${portal}#view/Microsoft_Azure_Policy/Assignment.ReactView/id/${written(assignment)}`);
    expect(list).toContain(`on the policy assignment ${assignment.split('/').at(-1)}`);
    expect(list).toContain('Firewall should be enabled on Key Vault');
    expect(await said(`exemptions assignment:${assignment}x`)).not.toContain('Firewall should');
    expect(await said('exemptions assignment:asc')).toContain('is the id of a policy assignment');
  });

  it('opens the form, filled in, where the words ask for an exemption', async () => {
    const form = await said(
      `please exempt ${ofRecommendation(transfer, account)} for 30 days because the uploader is replaced`,
      'alice',
    );
    expect(form).toContain('Request an exemption');
    expect(form).toContain('the uploader is replaced');
    expect(form).toContain('Your words were read as: until 31 Dec 2026');

    const open = await said(`exempt ${ofRecommendation(transfer)} because of https://portal.azure.com/#home`, 'alice');
    expect(open).toContain('Request an exemption');
    expect(open).toContain('of https://portal.azure.com/#home');

    expect(await said(`exempt ${ofResource(account)} from secure transfer`, 'alice')).toContain('Request an exemption');
    expect(await said(`exempt stshoplogs from ${ofRecommendation(transfer)}`, 'alice')).toContain(
      'Request an exemption',
    );
  });

  it('takes its id where a command wants one', async () => {
    expect(await said(`exemptions ${ofResource(vault)}`)).toContain('Firewall should be enabled on Key Vault');
    expect(await said(`recommendations ${ofResource(account)}`, 'alice')).toContain('Secure transfer');
    const revoking = await said(`revoke ${portal}#resource${exemption} because it was rebuilt`, 'dan');
    expect(revoking).toContain(noExemption);
  });

  it('leaves words for people alone', async () => {
    const answer = await said(`reject EX-12AB see ${ofRecommendation(transfer)}`, 'bob');
    expect(answer).toContain('There is no request EX-12AB');
    expect(await said(`EX-12AB is about ${ofRecommendation(transfer)}`, 'bob')).not.toContain('Remediation');
  });

  it('asks which of several is meant', async () => {
    const question = await said(`${ofRecommendation(transfer)} or ${ofRecommendation(firewall)}`);
    expect(question).toContain('holds 2 links to the Azure portal');
    const { id } = world.teams.messages('carol').at(-1)!;
    await world.teams.press('carol', id, `Recommendation ${firewall}`, {});
    expect(world.teams.messages('carol').at(-1)?.visibleText).toContain('Firewall should be enabled');
  });

  it('says what it cannot follow', async () => {
    const elsewhere = `${portal}#@9a1b22cc-0000-4000-8000-0000000000bb/resource${vault}`;
    expect(await said(elsewhere)).toContain('of another Entra directory');
    expect(await said(`https://portal.azure.us/#resource${vault}`)).toContain('of a national cloud');
    expect(await said(`${portal}#view/Microsoft_Azure_Policy/PolicyMenuBlade/~/Exemptions`)).toContain(
      'names no recommendation, resource, exemption or policy assignment',
    );
    expect(await said(`https://portal.azure.com.example/#resource${vault}`)).toContain('did not understand');
  });

  it('tells somebody who may not see it nothing else than if it did not exist', async () => {
    const none = vault.replace('kv-hr', 'kv-none');
    const name = assignment.split('/').at(-1)!;
    const pairs = [
      [ofResource(vault), ofResource(none)],
      [`${portal}#resource${exemption}`, `${portal}#resource${exemption.replace('kv-hr', 'kv-none')}`],
      [ofRecommendation(firewall, vault), ofRecommendation(firewall, none)],
      [`exempt ${ofRecommendation(firewall, vault)}`, `exempt ${ofRecommendation(firewall, none)}`],
    ];
    // Alice may read one exemption of this assignment.
    const ofAssignment = [`${portal}#resource${assignment}`, `${portal}#resource${assignment.replace(name, 'none')}`];
    for (const person of ['alice', 'dan', 'gina'])
      for (const [there = '', nowhere = ''] of person === 'alice' ? pairs : [...pairs, ofAssignment]) {
        const seen = await said(there, person);
        expect(seen.replaceAll('kv-hr', 'kv-none').replaceAll(name, 'none')).toBe(await said(nowhere, person));
      }
  });

  it('shows a channel only what it is subscribed to', async () => {
    const pointer = await said(`@Exemption Desk ${ofResource(vault)}`, 'carol', '#team-shop');
    expect(pointer).toContain('your personal chat');
    expect(pointer).not.toContain('open recommendation');
  });
});
