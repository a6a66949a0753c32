import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { formInputs, latest, offered, openForm } from '../steps.ts';
import { makeApprovers } from './make-approvers.ts';

const governance = `
rules:
  - name: The shop needs two
    when: { scope: [sub:shop-prod] }
    then: { approvals: 2 }
`;
const closed = 'Closed: nothing left to exempt';

/** Somebody deletes in Azure what a request is for, at each of its stages. */
describe('a request for a resource that is deleted', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ logLevel: 'silent', governance });
    makeApprovers(world, ['erin']);
    for (const person of ['alice', 'bob', 'erin']) await world.teams.say(person, 'personal', 'help');
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
  });
  afterEach(() => world.close());

  const { ask, press, request, lastCard, events } = aroundRequests(() => world);
  const remove = async (resource: string, stillAssessed = false) =>
    world.control['POST /simulator/delete-resource']!({ resource, stillAssessed });
  const told = (person: string) => world.teams.messages(person).map(({ text }) => text);

  it('is closed within the hour while it waits, on every card, and whoever approved is told', async () => {
    const reference = await ask('alice', {}, 'stshopprod');
    await press('bob', '#approvals', reference, `Approve ${reference}`);
    expect(await request(reference)).toMatchObject({ status: 'pending', approvals: [{}] });
    await remove('stshopprod');
    await world.clock.advance('PT1H');

    expect(await request(reference)).toMatchObject({ status: 'lapsed' });
    expect(await events(reference)).toContain('gone');
    for (const chat of ['alice', '#approvals']) expect(lastCard(chat, reference).visibleText).toContain(closed);
    const sentence = /was closed\. .*stshopprod no longer exists in Azure, so there is nothing left to exempt\./;
    for (const person of ['alice', 'bob']) expect(told(person)).toContainEqual(expect.stringMatching(sentence));
    expect(told('erin')).not.toContainEqual(expect.stringMatching(sentence));
    expect(lastCard('#approvals', reference).visibleText).not.toContain('Approve EX');
  });

  it('is closed where it was approved and could not be written before', async () => {
    const reference = await ask('alice', {}, 'stshopprod');
    await press('bob', '#approvals', reference, `Approve ${reference}`);
    await world.control['POST /simulator/faults']?.({
      kind: '503',
      milliseconds: 0,
      method: 'PUT',
      match: 'policyExemptions',
    });
    await world.teams.press('erin', lastCard('#approvals', reference).id, `Approve ${reference}`, {});
    expect(await request(reference)).toMatchObject({ status: 'approved' });
    await remove('stshopprod');
    await world.control['POST /simulator/faults/clear']?.({});
    await world.app().idle();

    expect(await request(reference)).toMatchObject({ status: 'lapsed' });
    expect(lastCard('alice', reference).visibleText).toContain(closed);
    for (const person of ['bob', 'erin'])
      expect(told(person)).toContainEqual(expect.stringContaining(`${reference}, which you approved, was closed.`));
  });

  it('is refused by the preview, which names what Defender still lists', async () => {
    await remove('stshoplogs', true);
    const form = await openForm(world, 'alice');
    const resources = offered(world, 'alice', form, 'stshop');
    await world.teams.press('alice', form, 'Preview', { ...formInputs, resources });
    const preview = latest(world, 'alice').visibleText;

    expect(preview).toMatch(
      /stshoplogs no longer exists in Azure, so the request cannot be written as it is\. Leave it out\./,
    );
    expect(preview).not.toContain('stshopprod no longer');
    await world.teams.press('alice', form, 'Change', {});
    const left = offered(world, 'alice', form, 'stshopprod');
    await world.teams.press('alice', form, 'Preview', { ...formInputs, resources: left });
    expect(latest(world, 'alice').visibleText).not.toContain('no longer exists');
  });
});
