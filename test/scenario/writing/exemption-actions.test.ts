import { startWorld, type World } from '../../world.ts';
import { latest, sendRequest } from '../steps.ts';

/** What people do with an exemption that stands in Azure already. */
describe('an exemption in force', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
  });
  afterAll(() => world.close());

  const request = async (reference: string) => (await world.app().desk.database.requests.find(reference))!;
  const written = (reference: string) =>
    world.tenant.exemptions.all().filter((each) => JSON.stringify(each.properties).includes(reference));
  const said = async (person: string, text: string) =>
    (await world.teams.say(person, 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');
  const approved = async () => {
    // Defender shows what happened before only a little later.
    await world.clock.advance('PT16M');
    const reference = await sendRequest(world, 'alice');
    await said('bob', `approve ${reference}`);
    await world.app().idle();
    return reference;
  };

  describe('that is revoked', () => {
    it('leaves Azure on the word of its requester, with the reason on record', async () => {
      const reference = await approved();
      expect(await said('alice', `revoke ${reference}`)).toContain('A reason is required');
      expect(written(reference).length).toBeGreaterThan(0);
      expect(await said('alice', `revoke ${reference} The uploader is gone.`)).toContain('is being removed from Azure');
      await world.app().idle();

      expect(await request(reference)).toMatchObject({
        status: 'revoked',
        revocation: { by: { name: 'Alice Anders' }, reason: 'The uploader is gone.' },
      });
      expect(written(reference)).toEqual([]);
      expect(await said('alice', `revoke ${reference} again`)).toContain('now revoked');
    });

    it('leaves Azure at the button of somebody who could delete it there, but of nobody else', async () => {
      const reference = await approved();
      expect(await said('carol', `revoke ${reference} because`)).toContain(
        'none of your Azure roles allows exemptions in',
      );
      expect(await said('dan', `revoke ${reference} because`)).toBe(
        `There is no request ${reference} that you may see here.\nMy requests`,
      );
      const refused = (await world.app().desk.database.ledger.history(reference)).filter(
        ({ event, facts }) => event === 'refused' && facts.tried === 'revoke',
      );
      expect(refused).toHaveLength(2);
      expect((await request(reference)).status).toBe('applied');

      await said('bob', `exemption ${written(reference)[0]!.name}`);
      await world.teams.press('bob', latest(world, 'bob').id, `Revoke ${reference}`, { why: 'Too wide.' });
      await world.app().idle();
      expect(await request(reference)).toMatchObject({ status: 'revoked', revocation: { by: { name: 'Bob Berger' } } });
      expect(written(reference)).toEqual([]);
      expect(world.teams.messages('alice').map(({ text }) => text)).toContainEqual(
        expect.stringMatching(/revoked by Bob Berger .*“Too wide\.”/),
      );
    });
  });
});
