import { startWorld, type World } from '../../world.ts';

describe('a name of which only a few words are said', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
  });
  afterAll(() => world.close());

  const said = async (text: string) =>
    (await world.teams.say('carol', 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');

  it('opens the one exemption that it means, and lists them where it means several', async () => {
    expect(await said('exemption kv-hr-fire')).toContain('Policy assignment');
    expect(await said('exemption corp')).toContain('Created outside');
    expect(await said('exemption unheard of')).toContain('There is no exemption “unheard of”');
  });

  it.each([
    ['secure transfer', 'az storage account update --name <account-name> --resource-group <resource-group> --https'],
    ['purge protection', 'again:\n- az keyvault update --name <vault-name> --enable-purge-protection true'],
  ])('shows how to meet %s with the placeholders that Defender wrote, and no HTML', async (name, command) => {
    const card = await said(`recommendation ${name}`);
    expect(card).toContain(command);
    expect(card).not.toMatch(/<\/?(code|ol|li|p|b)>|&lt;/);
  });

  it('opens the one recommendation that it means, and lists them where it means several', async () => {
    expect(await said('recommendation secure transfer')).toContain('Remediation');

    const list = await said('recommendation storage');
    expect(list).toContain('Secure transfer to storage accounts should be enabled');
    expect(list).toContain('Storage account should use a private link connection');
    expect(await said('recommendation unheard of')).toContain('No recommendation that you can see is called');
  });
});
