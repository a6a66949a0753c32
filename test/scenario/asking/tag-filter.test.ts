import { normalised } from '../../../simulator/tenant/arm-id.ts';
import type { Assessment } from '../../../simulator/tenant/assessments.ts';
import { botPrincipal } from '../../../simulator/tenant/person.ts';
import { roles } from '../../../simulator/tenant/role-definitions.ts';
import type { Tags } from '../../../simulator/tenant/tenant.ts';
import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { formInputs, latest, offered, openForm } from '../steps.ts';

/** Recommendations of resources with a tag: those that somebody may read, never “nothing” where tags cannot be read. */
describe.each(companies)('recommendations at $tenant by tags', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  let open: readonly Assessment[];
  /** Looked up often: a search through all of them each time takes minutes on a busy machine. */
  let places: ReadonlyMap<string, { readonly tags?: Tags | undefined }>;
  const { said } = aroundRequests(() => world);

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    people = inCompany(world.tenant);
    await world.app().tick();
    const { resources, resourceGroups } = world.tenant;
    places = new Map([...resources, ...resourceGroups].map((each) => [normalised(each.id), each]));
    // Of what is gone nobody can tell whether its group had tags.
    const gone = new Set(world.tenant.goneResources.map(({ id }) => id));
    open = people.openFor(people.auditor).filter(({ resource }) => !gone.has(resource.id));
  }, patience);
  afterAll(() => world.close());

  const say = (text: string) => said(people.auditor.key, text);
  const countOf = (text: string): number =>
    Number(/ of ([\d,]+)$/m.exec(text)?.[1]?.replaceAll(',', '') ?? text.match(/unhealthy resource/g)?.length ?? 0);
  /** The value that counts for a resource: its own, else that of its group, else that of its subscription. */
  const tagOf = ({ resource }: { readonly resource: { readonly id: string } }, name: string): string | undefined => {
    const id = normalised(resource.id);
    const own = places.get(id);
    const group = places.get(id.split('/').slice(0, 5).join('/'));
    const subscription = world.tenant.subscriptions.find(({ subscriptionId }) => id.includes(subscriptionId));
    const valueIn = (tags = {}) =>
      Object.entries<string>(tags)
        .find(([each]) => each.toLowerCase() === name)?.[1]
        ?.toLowerCase();
    return valueIn(own?.tags) ?? valueIn(group?.tags) ?? valueIn(subscription?.tags);
  };
  const keysWith = (isMeant: (value: string | undefined) => boolean, name = 'env'): number =>
    new Set(open.filter((one) => isMeant(tagOf(one, name))).map(({ recommendation }) => recommendation.assessmentKey))
      .size;
  const giveReader = (principalId: string): void => {
    const own = world.tenant.roleAssignments.filter((each) => each.principalId === principalId);
    world.tenant.roleAssignments.push(
      ...own.map((each) => ({ ...each, name: `${each.name}-reader`, role: roles.reader })),
    );
  };

  /** What the preview of a request for one resource says that it hits. */
  const hits = async (): Promise<string | undefined> => {
    const form = await openForm(world, 'alice');
    const inputs = { resources: offered(world, 'alice', form, 'stshopprod'), ...formInputs };
    await world.teams.press('alice', form, 'Preview', inputs);
    return /1 resource now, which is (?:not )?unhealthy, (.+)\./.exec(latest(world, 'alice').visibleText)?.[1];
  };

  it(
    'are not readable without Reader for the bot, then not without Reader for the person: never “nothing”',
    async () => {
      const unreadable = /Tags not readable: [\d,]+ resources are left out\. .* Azure role Reader/;
      expect(await say('recommendations tag:env=prod')).toMatch(unreadable);
      expect(await hits()).toBe('tags not readable');
      giveReader(botPrincipal.objectId);
      await world.clock.advance('PT70M');
      const text = await say('recommendations tag:env=prod');
      expect(text).toMatch(unreadable);
      expect(text).not.toMatch(/No recommendation is open|hides all/);
      const store = world.tenant.resources.find(({ name }) => name === 'stshopprod')!;
      const tags = ['env', 'environment'].map((name) => tagOf({ resource: store }, name));
      const isProduction = tags.some((value) => value === 'prod' || value === 'production');
      expect(await hits()).toBe(`${isProduction ? 1 : 'none'} tagged as production`);
      giveReader(people.auditor.objectId);
      await world.clock.advance('PT10M');
    },
    patience,
  );

  it('are those of the resource, else of its group, else of its subscription', async () => {
    const text = await say('recommendations tag:env=prod');
    expect(keysWith((value) => value === 'prod')).toBeGreaterThan(0);
    expect(countOf(text)).toBe(keysWith((value) => value === 'prod'));
    expect(text).toContain('Only tag: env=prod');
    expect(countOf(await say('recommendations tag:Env'))).toBe(keysWith((value) => value !== undefined));
    expect(countOf(await say('recommendations tag:environment="production"'))).toBe(
      keysWith((value) => value === 'production', 'environment'),
    );
    await say('recommendations tag:env=prod');
    await world.teams.press(people.auditor.key, latest(world, people.auditor.key).id, '✕ Take off', {});
    expect(countOf(latest(world, people.auditor.key).visibleText)).toBeGreaterThanOrEqual(keysWith(() => true));
  });

  it('narrow further with other filters, and say how much they hide', async () => {
    const high = open.filter(
      (one) =>
        tagOf(one, 'env') === 'prod' &&
        one.recommendation.severity === 'High' &&
        /virtualmachines\//i.test(one.resource.id),
    );
    expect(countOf(await say('recommendations high type:vm tag:env=prod'))).toBe(
      new Set(high.map(({ recommendation }) => recommendation.assessmentKey)).size,
    );
    expect(await say('recommendations tag:env=nowhere rg:none')).toContain('What you asked for hides all');
    expect(await say('recommendations tag:=prod')).toContain('Name the tag and its value');
  });
});
