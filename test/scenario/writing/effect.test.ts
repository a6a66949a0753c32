import { botPrincipal } from '../../../simulator/tenant/person.ts';
import { roles } from '../../../simulator/tenant/role-definitions.ts';
import { startWorld, type World } from '../../world.ts';
import { formInputs, latest, offered, openForm } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

/** What people are told while an exemption takes effect, and when it does not. */
describe('the effect of an exemption, where Exemption Desk writes what its rights allow', () => {
  let world: World;
  const fullRights: World['tenant']['roleAssignments'] = [];

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', partialRights: 'best-effort' });
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.app().tick();
    fullRights.push(...world.tenant.roleAssignments);
  });
  afterAll(() => world.close());

  const giveRightsInShopOnly = () => {
    const own = fullRights.find(({ principalId }) => principalId === botPrincipal.objectId)!;
    const shop = world.tenant.policyAssignments.find(({ name }) => name === 'SecurityCenterBuiltIn')!.scope;
    const narrow = [
      { ...own, role: roles.reader },
      { ...own, name: 'below', scope: shop },
    ];
    const others = fullRights.filter((each) => each !== own);
    world.tenant.roleAssignments.splice(0, fullRights.length, ...others, ...narrow);
  };
  const giveAllRights = () =>
    world.tenant.roleAssignments.splice(0, world.tenant.roleAssignments.length, ...fullRights);

  const requests = () => everyRequest(world.app().desk.database.requests);
  const preview = async (label: string): Promise<{ form: string; text: string }> => {
    const form = await openForm(world, 'alice');
    const resources = offered(world, 'alice', form, label);
    await world.teams.press('alice', form, 'Preview', { ...formInputs, resources });
    return { form, text: world.teams.messages('alice').find(({ id }) => id === form)?.visibleText ?? '' };
  };
  const sendAndApprove = async (form: string): Promise<string> => {
    await world.teams.press('alice', form, 'Send', {});
    await world.app().idle();
    const [request] = await requests();
    await world.teams.say('bob', 'personal', `approve ${request!.reference}`);
    await world.app().idle();
    return request!.reference;
  };
  const requestText = async (reference: string): Promise<string> => {
    await world.teams.say('alice', 'personal', `request ${reference}`);
    return latest(world, 'alice').visibleText;
  };
  const warnings = (chat: string, reference: string) =>
    world.teams
      .messages(chat)
      .map(({ visibleText }) => visibleText)
      .filter((text) => text.includes('not in effect after 26 hours') && text.includes(`\nRequest\n${reference}`));

  let limited: string;

  it('says on both cards which initiatives the exemption will reach', async () => {
    giveRightsInShopOnly();
    const { form, text } = await preview('stshopprod');
    const sentence =
      /Exemption Desk has limited permissions.*created only on the initiatives with sufficient permissions: ASC Default .*Left out: .*NIST SP 800-53/;
    expect(text).toMatch(sentence);
    expect(text).toContain('Warning: Exemption Desk may not exempt from');
    await world.teams.press('alice', form, 'Send', {});
    await world.app().idle();
    limited = (await requests())[0]!.reference;
    const asked = await world.teams.waitForMessage('#approvals', ({ visibleText }) => visibleText.includes(limited));
    expect(asked.visibleText).toMatch(sentence);
  });

  it('writes only there', async () => {
    await world.teams.say('bob', 'personal', `approve ${limited}`);
    await world.app().idle();
    const ours = world.tenant.exemptions
      .all()
      .filter(({ properties }) => JSON.stringify(properties.metadata ?? {}).includes(limited));
    expect(ours.map(({ properties }) => properties.policyAssignmentId)).toEqual([
      expect.stringMatching(/SecurityCenterBuiltIn$/),
    ]);
  });

  it('is still patient after 25 hours', async () => {
    await world.clock.advance('PT25H');
    expect(warnings('#security-alerts', limited)).toEqual([]);
  });

  it('tells requester, approver and channel once when it does not show after 26 hours, with the likely causes in order', async () => {
    await world.clock.advance('PT1H30M');
    for (const chat of ['alice', 'bob', '#security-alerts']) {
      const told = warnings(chat, limited);
      expect(told).toHaveLength(1);
      expect(told[0]).toContain('0 of 1 so far');
      expect(told[0]).toMatch(
        /1\. Another initiative .* has no exemption: .*NIST.*2\. The exemptions are still in Azure.*3\. .*12 to 24 hours.*4\. /s,
      );
    }
    await world.clock.advance('PT10M');
    await world.app().tick();
    expect(warnings('alice', limited)).toHaveLength(1);
    expect((await world.app().desk.database.requests.find(limited))?.status).toBe('applied');
    expect(await requestText(limited)).toContain('found no effect in time');
  });

  it('counts on the card how far it is, and finds the exemption that somebody deleted', async () => {
    giveAllRights();
    await world.clock.advance('PT2M');
    const { form } = await preview('stshop');
    const reference = await sendAndApprove(form);
    const gone = world.tenant.exemptions
      .all()
      .find(({ scope, properties }) => scope.includes('stshoplogs') && /nist/i.test(properties.policyAssignmentId))!;
    world.tenant.exemptions.remove(gone.id);
    await world.clock.advance('PT5M');

    expect(await requestText(reference)).toContain('In effect on 1 of 2 so far.');
    const card = world.teams
      .messages('#approvals')
      .find(({ visibleText, cards }) => cards.length > 0 && visibleText.includes(`Exemption request ${reference}`));
    expect(card?.visibleText).toContain('In effect on 1 of 2 so far.');
    // The new request has written its exemption again, for longer.
    expect(await requestText(limited)).toContain(`${reference} replaced it.`);

    await world.clock.advance('PT27H');
    expect(warnings('bob', reference)[0]).toContain('2. The exemption from NIST SP 800-53 Rev. 5 was deleted.');
  });
});
