import { everyLedgerRow } from '../../../scripts/soak/kept/every-ledger-row.ts';
import { rebuildRequests } from '../../../src/core/ledger/rebuild-requests.ts';
import { startWorld, type World } from '../../world.ts';
import { latest, sendRequest } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const why = 'The break-glass machine is watched around the clock.';

/** What people do with exemptions that nobody asked Exemption Desk for, and with reminders. */
describe('an exemption made outside', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    for (const person of ['carol', 'dan']) await world.teams.say(person, 'personal', 'help');
    await world.clock.advance('PT2M');
  }, 120_000);
  afterAll(() => world.close());

  const said = async (person: string, text: string) =>
    (await world.teams.say(person, 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');
  const named = (name: string) => world.tenant.exemptions.all().filter(({ id }) => id.includes(`/${name}`));
  const submit = async (person: string, data: object) => {
    const { replies } = await world.teams.submit(person, latest(world, person).id, data);
    await world.app().idle();
    return replies.map(({ visibleText }) => visibleText).join('\n');
  };
  const adopt = (person: string, name: string, purpose = why) =>
    submit(person, { verb: 'adopt-exemption', id: named(name)[0]!.id, purpose });
  const requests = () => everyRequest(world.app().desk.database.requests);
  const rows = async (event: string) =>
    (await everyLedgerRow(world.app().desk.database.ledger)).filter((each) => each.event === event);

  const idsOf = (name: string) => expect.stringContaining(named(name)[0]!.id) as string;
  const refusals = async () =>
    (await rows('refused')).map(({ actor, reference, facts }) => [
      actor.kind === 'person' && actor.person.name,
      reference,
      facts,
    ]);

  it('lets people ask whoever made it', async () => {
    await said('carol', 'exemption ASC-vm-shop-2-jit-Deploy-MDC-MCSB');
    const card = JSON.stringify(world.teams.cardFor('carol', latest(world, 'carol').id));
    expect(card).toContain('https://teams.microsoft.com/l/chat/0/0?users=pat%40contoso.com&message=You%20created');
  });

  it('is adopted only by somebody who could create it, with a justification', async () => {
    expect(await adopt('dan', 'ASC-vm-shop-2-jit')).toContain('There is no exemption');
    for (const _ of [1, 2]) expect(await adopt('carol', 'ASC-vm-shop-2-jit')).toContain('none of your Azure roles');
    expect(await refusals()).toEqual([
      ['Carol Costa', undefined, { tried: 'adopt', exemptions: idsOf('ASC-vm-shop-2-jit') }],
    ]);
    expect(await adopt('bob', 'ASC-vm-shop-2-jit', 'Because.')).toContain('at least 20 characters');
    expect(await requests()).toEqual([]);
  });

  it.each([
    ['sandbox-anna-all', 'covers a whole initiative'],
    ['legacy-baseline', 'policy assignment is gone'],
    ['ASC-sql-corp-hr-auditing', 'It has expired'],
    ['logs-of-the-vault', 'EPAC manages it'],
  ])('is not adopted where that would do harm or nothing (%s)', async (name, sentence) => {
    const before = JSON.stringify(named(name));
    expect(await adopt('bob', name)).toContain(sentence);
    expect(JSON.stringify(named(name))).toBe(before);
    expect(await requests()).toEqual([]);
  });

  it('gets an owner, a justification and a request, and stays what it is', async () => {
    const before = named('ASC-vm-shop-2-jit');
    await said('bob', 'exemption ASC-vm-shop-2-jit-Deploy-MDC-MCSB');
    await world.teams.press('bob', latest(world, 'bob').id, 'Adopt this exemption', { purpose: why });
    await world.app().idle();

    const [request] = await requests();
    expect(request).toMatchObject({
      status: 'applied',
      requester: { name: 'Bob Berger' },
      approvals: [],
      governance: { approvals: 0, adopted: true },
      terms: { justification: why, category: 'Waiver' },
    });
    const after = named('ASC-vm-shop-2-jit');
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    for (const [index, { properties }] of after.entries()) {
      const { description, metadata, ...rest } = properties;
      const { description: _, metadata: __, ...asBefore } = before[index]!.properties;
      expect({ ...rest, expiresOn: new Date(String(rest.expiresOn)) }).toEqual({
        ...asBefore,
        expiresOn: new Date(String(asBefore.expiresOn)),
      });
      expect(description).toContain(`adopted by Bob Berger, created outside Exemption Desk`);
      expect(JSON.stringify(metadata)).toContain(request!.reference);
    }
    expect(await rows('adopted')).toHaveLength(1);
    const [rebuilt, ...others] = rebuildRequests(await everyLedgerRow(world.app().desk.database.ledger));
    expect([request, others]).toEqual([expect.objectContaining(rebuilt!), []]);
    expect(await said('carol', `request ${request!.reference}`)).toContain('nobody approved it here');
    expect(await said('carol', `why ${request!.reference}`)).toContain('created outside Exemption Desk');
    expect(await adopt('bob', 'ASC-vm-shop-2-jit')).toContain(`already belongs to ${request!.reference}`);
  });

  describe('or asked for here, whose end somebody expects', () => {
    const warnings = (reference: string) =>
      world.teams
        .messages('#security-alerts')
        .filter(({ visibleText }) => visibleText.includes(reference) && visibleText.includes('about to expire'));

    it('is not warned of any more once it may lapse, but its end is told', async () => {
      const reference = await sendRequest(world, 'alice');
      await said('bob', `approve ${reference}`);
      await world.app().idle();
      await world.clock.advance('P17D');
      const [alert] = warnings(reference);
      expect(alert!.visibleText).toContain('about to expire');
      const { exemptionId: id } = (await requests()).find((each) => each.reference === reference)!.targets[0]!;
      const answer = async (person: string) => {
        const { replies } = await world.teams.submit(person, alert!.id, { verb: 'let-lapse', id, reference });
        return replies.map(({ text }) => text).join();
      };
      expect(JSON.stringify(alert!.cards)).toContain('Stop reminders');

      expect(await answer('carol')).toContain('The answer is in your personal chat');
      expect(world.teams.messages('carol').at(-1)?.text).toContain('none of your Azure roles');
      expect(await answer('alice')).toContain('Reminders are stopped');
      await answer('bob');
      expect(await rows('let-lapse')).toHaveLength(1);
      await world.clock.advance('P12D');
      expect(warnings(reference)).toHaveLength(1);
      await world.clock.advance('P3D');
      expect(world.teams.messages('#security-alerts').map(({ visibleText }) => visibleText)).toContainEqual(
        expect.stringMatching(new RegExp(`Exemption expired[^]*${reference}`)),
      );
      // It names the exemption, so the channel does not read it.
      expect(await answer('alice')).toContain('The answer is in your personal chat');
      expect(world.teams.messages('alice').at(-1)?.text).toContain('has already expired');
    });
  });
});
