import { botPrincipal } from '../../../simulator/tenant/person.ts';
import { roles } from '../../../simulator/tenant/role-definitions.ts';
import { startWorld, type World } from '../../world.ts';
import { sendRequest } from '../steps.ts';

/** The subscription shop-prod carries env=prod, and one machine in it env=build. */
describe('a channel that follows a tag', () => {
  let world: World;
  const title = 'Secure transfer to storage accounts should be enabled';

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
  });
  afterAll(() => world.close());

  /** What the channel reads, and what the person reads alone. */
  const ask = async (person: string, channel: string, text: string): Promise<string> => {
    const before = world.teams.messages(person).length;
    const { replies } = await world.teams.say(person, channel, `@Exemption Desk ${text}`);
    const alone = world.teams.messages(person).slice(before);
    return [...replies, ...alone].map(({ visibleText }) => visibleText).join('\n');
  };
  const scopesOf = async (channel: string): Promise<string[]> =>
    (await ask('bob', channel, 'subscriptions')).split('\n').map((line) => line.replace(/, set up by.*$/, ''));
  const cards = (channel: string) => world.teams.messages(channel).filter(({ cards: shown }) => shown.length > 0);

  it('says that tags cannot be read, with the remedy', async () => {
    const answer = await ask('bob', '#General', 'subscribe tag:size=large');
    expect(answer).toContain('carries the tag size=large');
    expect(answer).toContain('Tags not readable');
    expect(answer).toContain('takes the Azure role Reader, both for you and for Exemption Desk');
  });

  it('is subscribed to what carries it now, and hears how much that is', async () => {
    const { groups, roleAssignments, people } = world.tenant;
    const bob = people.find(({ key }) => key === 'bob')!.objectId;
    const theirs = [
      botPrincipal.objectId,
      bob,
      ...groups.flatMap(({ id, members }) => (members.includes(bob) ? id : [])),
    ];
    const own = roleAssignments.filter(({ principalId }) => theirs.includes(principalId));
    roleAssignments.push(...own.map((each) => ({ ...each, name: `${each.name}-reader`, role: roles.reader })));
    await world.clock.advance('PT61M');
    const answer = await ask('bob', '#General', 'subscribe tag:ENV=prod created');
    expect(answer).toContain(
      'now receives alerts about exemptions in shop-prod: because of the tag ENV=prod; created.',
    );
    expect(answer).toContain('means 1 scope now. What gets it later is not among them');
    expect(await scopesOf('#General')).toEqual(['Alerts for shop-prod (because of the tag ENV=prod; created)']);
  });

  it('gets the requests to decide too', async () => {
    expect(await ask('bob', '#approvals', 'approvals here for tag:env=prod')).toContain(
      'now receives requests for shop-prod: because of the tag env=prod.',
    );
    const before = cards('#approvals').length;
    await sendRequest(world, 'alice');
    await world.app().idle();
    expect(cards('#approvals').slice(before)).toHaveLength(1);
  });

  it('hears of what is exempted there, and of nothing elsewhere', async () => {
    await world.clock.advance('PT6M');
    const before = cards('#General').length;
    await world.control['POST /simulator/portal-exemption']?.({ expiresInDays: 60, recommendation: title });
    await world.clock.advance('PT6M');
    expect(cards('#General').slice(before)).toHaveLength(1);
  });

  it('hears nothing of a scope without the tag', async () => {
    await ask('bob', '#security-alerts', 'subscribe tag:env=test');
    await world.clock.advance('PT6M');
    const before = cards('#security-alerts').length;
    await world.control['POST /simulator/portal-exemption']?.({
      expiresInDays: 60,
      recommendation: 'Management ports should be closed on your virtual machines',
    });
    await world.clock.advance('PT6M');
    expect(cards('#security-alerts').slice(before)).toEqual([]);
  });

  it('means to a product team no more than they may read', async () => {
    expect(await ask('alice', '#team-shop', 'subscribe tag:env=prod')).toContain(
      'exemptions in shop-prod / rg-shop-prod: because of the tag env=prod.',
    );
    expect(await ask('dan', '#team-shop', 'subscribe tag:env=prod')).not.toContain('now receives');
  });

  it('is all or none where a right is missing, by the roles of today', async () => {
    const answer = await ask('alice', '#approvals', 'approvals here for tag:env=prod');
    expect(answer).toContain('You may not subscribe to shop-prod / rg-shop-prod here');
    const { roleAssignments } = world.tenant;
    const before = roleAssignments.slice();
    const reader = roleAssignments.findIndex(({ scope }) => scope.toLowerCase().endsWith('/rg-shop-prod'));
    roleAssignments.splice(reader, 1);
    expect(await ask('alice', '#approvals', 'subscribe tag:env=prod')).not.toContain('now receives');
    roleAssignments.splice(0, roleAssignments.length, ...before);
    expect(await ask('bob', '#approvals', 'subscriptions')).not.toContain('set up by Alice');
  });

  it('is narrowed by scopes and a recommendation in the same line', async () => {
    expect(await ask('bob', '#approvals', `subscribe tag:env=* rg-shop-prod recommendation:"${title}"`)).toContain(
      `exemptions in shop-prod / rg-shop-prod: only “${title}”; because of the tag env=*.`,
    );
    expect(await ask('bob', '#approvals', 'subscribe tag:env=prod shop-test')).toContain('Nothing there');
    expect(await ask('bob', '#approvals', 'subscribe tag:=prod')).toContain('Name the tag and its value');
  });

  it('takes what got the tag later by the same line, and loses all of it by its words', async () => {
    const tag = (name: string, tags: Record<string, string>): void => {
      const { subscriptions } = world.tenant;
      const at = subscriptions.findIndex((each) => each.name === name);
      subscriptions.splice(at, 1, { ...subscriptions[at]!, tags });
    };
    tag('shop-test', { env: 'test', team: 'blue' });
    expect(await ask('bob', '#General', 'subscribe tag:team=blue')).toContain('means 1 scope now');
    tag('corp-data', { Team: 'Blue' });
    expect(await ask('bob', '#General', 'subscribe tag:team=blue')).toContain('means 2 scopes now');
    expect((await scopesOf('#General')).filter((line) => line.includes('team=blue'))).toHaveLength(2);
    expect(await ask('bob', '#General', 'unsubscribe tag:team=blue')).toContain('no longer receives these alerts');
    expect(await scopesOf('#General')).toEqual(['Alerts for shop-prod (because of the tag ENV=prod; created)']);
  });
});
