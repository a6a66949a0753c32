import { everyLedgerRow } from '../../../scripts/soak/kept/every-ledger-row.ts';
import { startWorld, type World } from '../../world.ts';
import { latest } from '../steps.ts';

const name = 'ASC-vm-shop-2-jit';
const why = 'The jump host was rebuilt.';

/** Somebody with the right takes out what nobody asked Exemption Desk for, without adopting it first. */
describe('revoking an exemption made outside', () => {
  let world: World;
  let seen: string;
  let id: string;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    for (const person of ['bob', 'carol', 'dan', 'gina']) await world.teams.say(person, 'personal', 'help');
    await world.clock.advance('PT2M');
    id = named()[0]!.id;
  }, 120_000);
  afterAll(() => world.close());

  const named = () => world.tenant.exemptions.all().filter((each) => each.id.includes(`/${name}`));
  const said = async (person: string, text: string) =>
    (await world.teams.say(person, 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');
  const card = (person: string) => JSON.stringify(world.teams.cardFor(person, latest(world, person).id));
  const submit = async (person: string) => {
    const data = { verb: 'revoke-exemption', id, seen, why };
    const { replies } = await world.teams.submit(person, latest(world, person).id, data);
    return replies.map(({ visibleText }) => visibleText).join('\n');
  };
  const rows = async (event: string) =>
    (await everyLedgerRow(world.app().desk.database.ledger)).filter((each) => each.event === event);

  it('is offered on its card, which names everything that would be deleted', async () => {
    await said('bob', `exemption ${name}`);
    seen = /"verb":"revoke-exemption","id":"[^"]+","seen":"([^"]+)"/.exec(card('bob'))![1]!;
    for (const each of named()) expect(card('bob')).toContain(each.name);
  });

  it('is refused to a guest, to whoever sees nothing, and to whoever only reads, on record', async () => {
    const before = named().length;
    expect(await submit('gina')).toContain('You are a guest');
    expect(await submit('dan')).toContain('There is no exemption');
    expect(await submit('carol')).toContain('none of your Azure roles');
    await world.app().idle();
    expect(named()).toHaveLength(before);
    expect((await rows('refused')).map(({ actor }) => actor.kind === 'person' && actor.person.name)).toEqual([
      'Carol Costa',
    ]);
  });

  it('is not offered for what a tool manages, and the card says why', async () => {
    expect(await said('bob', 'exemption logs-of-the-vault')).toContain('EPAC manages it and would write it again');
    expect(card('bob')).not.toContain('revoke-exemption');
  });

  it('deletes it, with the reason on record, and channels hear who and why, once', async () => {
    await said('bob', `exemption ${name}`);
    await world.teams.press('bob', latest(world, 'bob').id, 'Revoke these 3 exemptions', { why });
    await world.app().idle();
    expect(named()).toEqual([]);
    expect(world.teams.messages('bob').map(({ visibleText }) => visibleText)).toContainEqual(
      expect.stringMatching(/Revocation of ASC-vm-shop-2-jit.* and 2 more: 3 deleted\./),
    );
    expect(await rows('revocation-ordered')).toMatchObject([{ text: why, actor: { person: { name: 'Bob Berger' } } }]);
    await world.clock.advance('PT30M');
    const told = world.teams
      .messages('#security-alerts')
      .filter(({ visibleText }) => /revoked|deleted/i.test(visibleText));
    expect(told).toHaveLength(1);
    expect(told[0]?.visibleText).toContain('Revoked by Bob Berger');
    expect(told[0]?.visibleText).toContain(why);
  });
});
