import { normalised } from '../../../simulator/tenant/arm-id.ts';
import type { Assessment } from '../../../simulator/tenant/assessments.ts';
import { botPrincipal, type Person } from '../../../simulator/tenant/person.ts';
import { roles } from '../../../simulator/tenant/role-definitions.ts';
import type { Principal, Tags } from '../../../simulator/tenant/tenant.ts';
import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { latest } from '../steps.ts';

/** Recommendations of what is somebody's: by a tag, by a governance rule of Defender, or by a role of their own. */
describe.each(companies)('recommendations at $tenant by their owners', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  let open: readonly Assessment[];
  let alice: Person;
  let places: ReadonlyMap<string, { readonly tags?: Tags | undefined }>;
  const { said } = aroundRequests(() => world);

  const giveReader = (principalId: string): void => {
    const own = world.tenant.roleAssignments.filter((each) => each.principalId === principalId);
    world.tenant.roleAssignments.push(
      ...own.map((each) => ({ ...each, name: `${each.name}-reader`, role: roles.reader })),
    );
  };
  /** What of a tag counts: that of the resource, else of its group, else of its subscription. */
  const tagOf = (id: string, name: string): string => {
    const key = normalised(id);
    const around = [
      places.get(key),
      places.get(key.split('/').slice(0, 5).join('/')),
      world.tenant.subscriptions.find(({ subscriptionId }) => id.includes(subscriptionId)),
    ];
    const values = around.flatMap((place) =>
      Object.entries<string>(place?.tags ?? {}).filter(([each]) => each.toLowerCase() === name),
    );
    return values[0]?.[1].toLowerCase() ?? '';
  };
  const ways = {
    tag: (person: Person, id: string, names = ['owner', 'contact']): boolean =>
      names.some((name) =>
        tagOf(id, name)
          .split(/\s*[;,]\s*/)
          .some((each) => [person.userPrincipalName, person.name].some((own) => own.toLowerCase() === each)),
      ),
    governance: (person: Person, id: string): boolean =>
      world.tenant.governanceOwnerOf?.(id)?.toLowerCase() === person.userPrincipalName.toLowerCase(),
    role: (person: Person, id: string): boolean =>
      world.tenant.roleAssignments.some(
        ({ principalId, scope, role }) =>
          principalId === person.objectId &&
          [roles.owner, roles.contributor].some((each) => each === role) &&
          /^\/subscriptions\//i.test(scope) &&
          `${normalised(id)}/`.startsWith(`${normalised(scope)}/`),
      ),
  };
  const ownedBy = (person: Person, more: (each: Assessment) => boolean = () => true): Assessment[] =>
    open.filter(
      (each) =>
        more(each) && [ways.tag, ways.governance, ways.role].some((isOwned) => isOwned(person, each.resource.id)),
    );
  /** The words for every way in which some of it is somebody's. */
  const waysOf = (person: Person): string[] => {
    const isSome = (isOwned: (id: string) => boolean): boolean => open.some(({ resource }) => isOwned(resource.id));
    return [
      ...['owner', 'contact']
        .filter((name) => isSome((id) => ways.tag(person, id, [name])))
        .map((name) => `tag ${name}`),
      ...(isSome((id) => ways.governance(person, id)) ? ['governance owner in Defender'] : []),
      ...(isSome((id) => ways.role(person, id)) ? ['role Owner or Contributor of their own'] : []),
    ];
  };
  const keysOf = (those: readonly Assessment[]): number =>
    new Set(those.map(({ recommendation }) => recommendation.assessmentKey)).size;
  const countOf = (text: string): number =>
    Number(/ of ([\d,]+)$/m.exec(text)?.[1]?.replaceAll(',', '') ?? text.match(/unhealthy resource/g)?.length ?? 0);

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    people = inCompany(world.tenant);
    alice = world.tenant.people.find(({ key }) => key === 'alice')!;
    for (const each of [botPrincipal, alice, people.auditor]) giveReader(each.objectId);
    const [somewhere] = people.openFor(alice);
    world.tenant.roleAssignments.push({
      ...world.tenant.roleAssignments[0]!,
      name: 'alice-owns-a-group',
      principalId: alice.objectId,
      scope: somewhere!.resource.id.split('/').slice(0, 5).join('/'),
      role: roles.contributor,
    });
    await world.app().tick();
    const { resources, resourceGroups } = world.tenant;
    places = new Map([...resources, ...resourceGroups].map((each) => [normalised(each.id), each]));
    const gone = new Set(world.tenant.goneResources.map(({ id }) => id));
    const isThere = ({ resource }: Assessment): boolean => !gone.has(resource.id);
    open = people.openFor(alice).filter(isThere);
  }, patience);
  afterAll(() => world.close());

  it('are “mine” by my identity, and say what made them so', async () => {
    const text = await said('alice', 'recommendations mine');
    expect(keysOf(ownedBy(alice))).toBeGreaterThan(1);
    expect(countOf(text)).toBe(keysOf(ownedBy(alice)));
    expect(text).toContain(`Only owner: ${alice.name}`);
    expect(
      /Matched by (.*)\. A rec/
        .exec(text)?.[1]
        ?.replaceAll(/ \([\d,]+ resources?\)/g, '')
        .split(', '),
    ).toEqual(waysOf(alice));
    expect(await said('alice', 'recommendations owner:me')).toBe(text);
  });

  it('narrow further with other filters, and can be taken off', async () => {
    const those = ownedBy(alice, ({ recommendation }) => recommendation.severity === 'High');
    expect(countOf(await said('alice', 'recommendations high mine'))).toBe(keysOf(those));
    await said('alice', 'recommendations mine');
    await world.teams.press('alice', latest(world, 'alice').id, '✕ Take off', {});
    expect(countOf(latest(world, 'alice').visibleText)).toBe(keysOf(open));
    await world.teams.press('alice', latest(world, 'alice').id, 'Mine', {});
    expect(countOf(latest(world, 'alice').visibleText)).toBe(keysOf(ownedBy(alice)));
  });

  it('are those of somebody who is named, as far as the asker may see', async () => {
    const auditor = people.auditor;
    const seen = new Set(people.openFor(auditor));
    open = people
      .openFor(auditor)
      .filter(({ resource }) => !world.tenant.goneResources.some(({ id }) => id === resource.id));
    expect(seen.size).toBeGreaterThan(0);
    const expected = keysOf(ownedBy(alice));
    for (const name of [alice.userPrincipalName, `"${alice.name}"`])
      expect(countOf(await said(auditor.key, `recommendations owner:${name}`))).toBe(expected);
  });

  it('ask back who is meant where several people are called so', async () => {
    const namesake = { ...world.tenant.principals.find(({ objectId }) => objectId === alice.objectId)! };
    (world.tenant.principals as Principal[]).push({
      ...namesake,
      key: 'alice2',
      objectId: '00000000-0000-4000-8000-0000000009a1',
      signature: `alice.other@${alice.userPrincipalName.split('@')[1]}`,
    });
    const text = await said(people.auditor.key, 'recommendations owner:alice');
    expect(text).toContain('Which one do you mean');
    expect(text).toContain(alice.userPrincipalName);
    await world.teams.press(people.auditor.key, latest(world, people.auditor.key).id, alice.userPrincipalName, {});
    expect(latest(world, people.auditor.key).visibleText).toContain(`Only owner: ${alice.name}`);
    (world.tenant.principals as Principal[]).pop();
  });

  it('compare the text alone where nobody is called so, or Microsoft Graph does not tell', async () => {
    const text = await said(people.auditor.key, 'recommendations owner:team-erp@fabrikam.com');
    expect(text).toContain('Nobody in the directory is called that, so “team-erp@fabrikam.com” is compared');
    world.tenant.settings.usersReadable = false;
    await world.clock.advance('PT10M');
    expect(await said(people.auditor.key, `recommendations owner:${alice.userPrincipalName}`)).toContain(
      'Microsoft Graph does not let Exemption Desk look people up',
    );
  });
});
