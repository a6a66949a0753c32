import { everyLedgerRow } from '../../../scripts/soak/kept/every-ledger-row.ts';
import { startWorld, type World } from '../../world.ts';
import { botPrincipal } from '../../../simulator/tenant/person.ts';
import { aroundRequests } from '../around-requests.ts';
import { makeApprovers } from './make-approvers.ts';
import { formInputs, offered, openForm } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

/** An exemption that is written before anybody else agreed. */
describe('in an emergency', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    makeApprovers(world, ['erin']);
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
  });
  afterAll(() => world.close());

  const { request, written, said, lastCard, press, events, away } = aroundRequests(() => world);

  /** Bob asks, who could decide it himself were it not his own. */
  const emergency = async (inputs: Record<string, string> = {}) => {
    const form = await openForm(world, 'bob');
    const resources = offered(world, 'bob', form, 'stshopprod');
    await world.teams.press('bob', form, 'Preview', { ...formInputs, resources, ...inputs });
    await world.teams.press('bob', form, 'Write to Azure now, for 72 hours', { reason: 'The shop is down.' });
    await world.app().idle();
    const [newest] = await everyRequest(world.app().desk.database.requests);
    return newest!.reference;
  };

  it('is offered only to somebody who could decide it', async () => {
    const form = await openForm(world, 'alice');
    await world.teams.press('alice', form, 'Preview', {
      ...formInputs,
      resources: offered(world, 'alice', form, 'stshopprod'),
    });
    const card = JSON.stringify(world.teams.cardFor('alice', form));
    expect(card).not.toContain('send-in-emergency');
    const draftId = /"draftId":"([^"]+)"/.exec(card)?.[1];
    const seen = /"seen":"([^"]+)"/.exec(card)?.[1];
    const data = { verb: 'send-in-emergency', draftId, seen, reason: 'Now!' };
    const { replies } = await world.teams.submit('alice', form, data);
    expect(replies.map(({ visibleText }) => visibleText).join()).toContain('none of your Azure roles');
    expect((await everyLedgerRow(world.app().desk.database.ledger)).at(-1)).toMatchObject({
      event: 'refused',
      actor: { person: { name: 'Alice Anders' } },
      facts: { tried: 'emergency', scopes: expect.stringContaining('stshopprod') as string },
    });
    expect(await everyRequest(world.app().desk.database.requests)).toEqual([]);
    await world.teams.press('alice', form, 'Discard', {});
  });

  it('is written at once, in Azure for 72 hours only, and approvers are asked', async () => {
    const reference = await emergency();
    const ratifyBy = new Date(world.clock.now().getTime() + 72 * 3_600_000);

    expect(await request(reference)).toMatchObject({ status: 'applied', approvals: [] });
    for (const each of written(reference)) {
      const end = new Date(String(each.properties.expiresOn)).getTime();
      expect(Math.abs(end - ratifyBy.getTime())).toBeLessThan(60_000);
    }
    expect(lastCard('#approvals', reference).visibleText).toContain('The shop is down.');
    expect(await said('bob', `approve ${reference}`)).toContain('because you asked for it yourself');
    await press('erin', '#approvals', reference, `Approve ${reference}`);

    const ratified = await request(reference);
    expect(ratified).toMatchObject({
      status: 'applied',
      emergency: undefined,
      approvals: [{ by: { name: 'Erin Eder' } }],
    });
    expect(written(reference)).toHaveLength(ratified.targets.length);
    for (const each of written(reference))
      expect(new Date(String(each.properties.expiresOn))).toEqual(ratified.terms.expiresAt);
    await away(reference);
  });

  it('can still be revoked where Azure refuses what was approved afterwards', async () => {
    const reference = await emergency();
    world.tenant.denyAssignments.push({
      name: '0de11000-0000-4000-8000-0000000000fe',
      displayName: 'Not by bots',
      scope: '/providers/Microsoft.Management/managementGroups/contoso',
      actions: ['Microsoft.Authorization/policyExemptions/write'],
      notActions: [],
      principals: [botPrincipal.objectId],
      excludePrincipals: [],
    });
    await press('erin', '#approvals', reference, `Approve ${reference}`);
    world.tenant.denyAssignments.pop();

    expect(await request(reference)).toMatchObject({ status: 'partly-applied', emergency: undefined });
    expect(written(reference).length).toBeGreaterThan(0);
    await said('bob', `revoke ${reference} Not needed any more.`);
    await world.app().idle();
    expect((await request(reference)).status).toBe('revoked');
    expect(written(reference)).toEqual([]);
  });

  it('is taken out of Azure when an approver rejects it', async () => {
    const reference = await emergency();
    expect(written(reference).length).toBeGreaterThan(0);
    await press('erin', '#approvals', reference, `Reject ${reference} and remove it from Azure`, {
      reason: 'Fix it.',
    });

    expect(await request(reference)).toMatchObject({ status: 'revoked', revocation: { reason: 'Fix it.' } });
    expect(written(reference)).toEqual([]);
    expect(lastCard('bob', reference).visibleText).toContain('Fix it.');
    expect(await events(reference)).toEqual(
      expect.arrayContaining(['emergency', 'revoking', 'exemption-removed', 'revoked']),
    );
  });

  it('is taken out of Azure when nobody approves it in time, and everybody is told', async () => {
    const reference = await emergency();
    await world.clock.advance('P2D');
    expect(written(reference).length).toBeGreaterThan(0);
    await world.clock.advance('P2D');

    expect(await request(reference)).toMatchObject({ status: 'revoked', revocation: { by: undefined } });
    expect(written(reference)).toEqual([]);
    expect(lastCard('#approvals', reference).visibleText).toContain('Nobody approved it within 72 hours.');
    expect(world.teams.messages('bob').some(({ text }) => text.startsWith(`${reference} was removed from Azure`))).toBe(
      true,
    );
  });

  it('leaves what somebody put in its place', async () => {
    const reference = await emergency();
    const [first] = written(reference);
    const replaced = { ...first!, properties: { ...first!.properties, metadata: {}, description: 'Mine now.' } };
    world.tenant.exemptions.write(replaced);
    expect(await said('bob', `withdraw ${reference}`)).toContain('is being removed from Azure');
    await world.app().idle();

    expect((await request(reference)).status).toBe('revoked');
    expect(world.tenant.exemptions.all().filter(({ id }) => id === first!.id)).toHaveLength(1);
    world.tenant.exemptions.remove(first!.id);
  });
});
