import { startWorld, type World } from '../../simulator/start.ts';

describe('the list of exemptions', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
  });
  afterAll(() => world.close());

  const said = async (person: string, text: string) =>
    (await world.teams.say(person, 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');

  it('shows what was made together once, and on how many policy assignments it stands', async () => {
    const text = await said('carol', 'exemptions Firewall');

    expect(text.match(/Firewall should be enabled on Key Vault/g)).toHaveLength(1);
    expect(text).toContain('on 3 policy assignments');
  });

  it('names them all on the one exemption', async () => {
    await said('carol', 'exemptions Firewall');
    const list = world.teams.messages('carol').at(-1)!;
    const [, id] = /"verb":"show-exemption","id":"([^"]+)"/.exec(JSON.stringify(list.cards)) ?? [];
    const { replies } = await world.teams.submit('carol', list.id, { verb: 'show-exemption', id });

    expect(replies.at(-1)?.visibleText).toContain(
      'Corp security baseline, Microsoft cloud security benchmark, NIST SP 800-53 Rev. 5',
    );
  });

  it('tells the expired, the orphaned and the endless apart', async () => {
    expect(await said('carol', 'exemptions expired')).toContain('Auditing on SQL server should be enabled');
    expect(await said('carol', 'exemptions orphaned')).toContain('Orphaned');
    expect(await said('carol', 'exemptions never expires')).toMatch(/Never expires/);
    expect(await said('carol', 'exemptions expiring 3d')).not.toContain('Firewall');
  });

  it('leaves out the exemption of an ordinary tagging policy', async () => {
    expect(await said('carol', 'exemptions tag')).toContain('No such exemption here.');
  });

  it('shows to Alice none of other teams', async () => {
    expect(await said('alice', 'exemptions')).not.toContain('corp');
  });
});
