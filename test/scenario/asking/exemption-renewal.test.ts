import { startWorld, type World } from '../../world.ts';
import { formInputs, isExpiryOf, latest, openForm, offered, sendRequest } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const day = (instant: Date | undefined) => instant?.toISOString().slice(0, 10);

/** More time, or other words, for what stands in Azure already. */
describe('an exemption that goes on', () => {
  let world: World;
  let first: string;
  let second: string;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    first = await sendRequest(world, 'alice');
    await said('bob', `approve ${first}`);
    await world.app().idle();
  }, 120_000);
  afterAll(() => world.close());

  const request = async (reference: string) => (await world.app().desk.database.requests.find(reference))!;
  const written = (reference: string) =>
    world.tenant.exemptions.all().filter((each) => JSON.stringify(each.properties).includes(reference));
  const said = async (person: string, text: string) =>
    (await world.teams.say(person, 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');
  const newest = async () => (await everyRequest(world.app().desk.database.requests))[0]!.reference;
  /** Fills in what is asked for and sends it. */
  const send = async (person: string, inputs: Record<string, string> = {}) => {
    const form = latest(world, person).id;
    await world.teams.press(person, form, 'Preview', inputs);
    await world.teams.press(person, form, 'Send', {});
    await world.app().idle();
    return newest();
  };
  const approve = async (reference: string) => {
    await said('bob', `approve ${reference}`);
    await world.app().idle();
  };

  it('is renewed from the warning that it ends, by a form filled in as before', async () => {
    await world.clock.advance('P23D');
    const alert = world.teams.messages('#security-alerts').findLast(({ visibleText }) => visibleText.includes(first))!;
    expect(alert.visibleText).toContain('about to expire');
    await world.teams.press('alice', alert.id, 'Renew as a message', {});

    const form = JSON.stringify(world.teams.cardFor('alice', latest(world, 'alice').id));
    expect(form).toContain(`Renew exemption ${first}`);
    expect(form).toContain(formInputs.justification);
    second = await send('alice');
    expect(await request(second)).toMatchObject({
      status: 'pending',
      renewal: { of: first, number: 1, firstLasted: 30 },
      targets: (await request(first)).targets,
    });
    expect(latest(world, '#approvals').visibleText).toContain(
      `Number 1, renews ${first}; the first exemption lasted 30 days`,
    );
    expect(written(first).length).toBeGreaterThan(0);
  });

  it('is asked to be renewed once at a time', async () => {
    await said('bob', `renew ${first}`);
    await world.teams.press('bob', latest(world, 'bob').id, 'Preview', {});
    expect(latest(world, 'bob').visibleText).toContain(`${second} by Alice Anders already asks for this`);
  });

  it('is one and the same object in Azure, and keeps what others wrote there', async () => {
    const before = written(first);
    const marked = {
      ...before[0]!,
      properties: {
        ...before[0]!.properties,
        metadata: { ...(before[0]!.properties.metadata as object), costCentre: '42' },
      },
    };
    world.tenant.exemptions.write(marked);
    const all = world.tenant.exemptions.all().length;
    await approve(second);

    expect(await request(second)).toMatchObject({ status: 'applied' });
    expect(await request(first)).toMatchObject({ status: 'replaced' });
    expect(world.tenant.exemptions.all()).toHaveLength(all);
    const after = written(second);
    expect(after.map(({ id }) => id).toSorted()).toEqual(before.map(({ id }) => id).toSorted());
    expect(after.find(({ id }) => id === marked.id)!.properties.metadata).toMatchObject({ costCentre: '42' });
    for (const { properties } of after)
      expect(String(properties.expiresOn).slice(0, 10)).toBe(day((await request(second)).terms.expiresAt));
    expect(await said('alice', `revoke ${first} because`)).toContain('now replaced by a later request');
    expect(await said('alice', `request ${first}`)).toContain(`${second} replaced it`);
  });

  it('does not end at its old end, and is followed under its new name', async () => {
    await world.clock.advance('P8D');
    expect(await request(first)).toMatchObject({ status: 'replaced' });
    expect((await request(second)).status).not.toBe('expired');
    expect(isExpiryOf(first, world.teams.messages('alice'))).toBe(false);
  });

  it('is never renewed for longer than the first one lasted', async () => {
    await said('alice', `renew ${second}`);
    await world.teams.press('alice', latest(world, 'alice').id, 'Preview', { expiry: '60' });
    expect(latest(world, 'alice').visibleText).toContain('may last at most 30 days here');
    await world.teams.press('alice', latest(world, 'alice').id, 'Discard', {});
  });

  it('gets other words and another category without more time', async () => {
    await said('alice', `request ${second}`);
    await world.teams.press('alice', latest(world, 'alice').id, 'Change as a message', {});
    const third = await send('alice', { name: 'Uploader behind a proxy', category: 'Mitigated' });
    expect(await request(third)).toMatchObject({ renewal: { of: second, number: 1, firstLasted: 30 } });
    await approve(third);

    expect(await request(third)).toMatchObject({ status: 'applied' });
    for (const { properties } of written(third)) {
      expect(properties).toMatchObject({ displayName: 'Uploader behind a proxy', exemptionCategory: 'Mitigated' });
      expect(new Date(String(properties.expiresOn))).toEqual((await request(second)).terms.expiresAt);
    }
  });

  it('does not come back through an old wish once it was taken out of Azure', async () => {
    const third = await newest();
    await said('alice', `renew ${third}`);
    const fourth = await send('alice');
    await said('alice', `revoke ${third} It is mended.`);
    await world.app().idle();
    await approve(fourth);

    expect(await request(fourth)).toMatchObject({ status: 'failed' });
    expect((await request(fourth)).failure).toContain('has been removed from Azure');
    expect(written(third)).toEqual([]);
  });

  it('is not renewed by somebody who cannot see it, nor before it is in force', async () => {
    expect(await said('dan', `renew ${second}`)).toContain('There is no request');
    await world.clock.advance('PT16M');
    const form = await openForm(world, 'alice');
    await world.teams.press('alice', form, 'Preview', {
      ...formInputs,
      resources: offered(world, 'alice', form, 'stshoplogs'),
    });
    await world.teams.press('alice', form, 'Send', {});
    await world.app().idle();
    expect(await said('alice', `renew ${await newest()}`)).toContain('it is waiting for approval');
  });
});
