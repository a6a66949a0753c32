import { latest, storageRecommendation } from '../scenario/steps.ts';
import { callApi } from './call-api.ts';
import { startWorld, type World } from '../world.ts';

/** What the Logic App of infra/portal-trigger.bicep posts for one resource that somebody chose in the portal. */
const triggered = async (world: World, run: string, resourceId: string) => {
  const key = world.tenant.recommendations.find(
    ({ displayName }) => displayName === storageRecommendation,
  )?.assessmentKey;
  const token = await world.entra.token('inventory');
  return callApi(world, '/drafts', { token, key: run, body: { recommendation: key, scopes: [resourceId] } });
};

describe('an exemption that begins with “Trigger logic app” in the portal', () => {
  let world: World;
  let accounts: string[];

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    for (const person of ['alice', 'dan']) await world.teams.say(person, 'personal', 'help');
    await world.app().tick();
    accounts = ['stshopprod', 'stshoplogs'].map(
      (name) => world.tenant.resources.find(({ id }) => id.endsWith(`/${name}`))?.id ?? '',
    );
  });
  afterAll(() => world.close());

  const drafts = () =>
    world.teams.messages('#approvals').filter(({ visibleText }) => visibleText.includes('An exemption was drafted'));

  it('becomes one draft of all that was chosen, however often the Logic App repeats itself', async () => {
    const [first = '', second = ''] = accounts;
    const answers = [];
    for (const [run, account] of [
      ['08585', first],
      ['08586', second],
      ['08585', first],
    ] as const)
      answers.push(await triggered(world, run, account));

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
    expect(drafts()).toEqual([]);
  });

  it('is believed only as far as Azure says the same', async () => {
    const [account = ''] = accounts;

    expect(await triggered(world, '1', account.replace('stshopprod', 'stnothing'))).toMatchObject({ status: 404 });
    expect(await triggered(world, '2', account.replace('rg-shop-prod', 'rg-corp-data'))).toMatchObject({ status: 404 });
  });

  it('is told to the channel that takes requests there, once, after two minutes', async () => {
    await world.clock.advance('PT3M');
    await world.app().tick();
    const [card] = drafts();

    expect(drafts()).toHaveLength(1);
    expect(card?.visibleText).toContain(storageRecommendation);
    expect(card?.visibleText).toMatch(/stshopprod.*stshoplogs|stshoplogs.*stshopprod/);
  });

  it('is nobody’s until it is claimed, and not to be claimed by whoever could not ask for it', async () => {
    const [card] = drafts();
    await world.teams.press('dan', card!.id, 'Claim');

    const heard = world.teams.messages('dan').map(({ visibleText }) => visibleText);
    expect(heard.join('\n')).toContain('no draft of an application');
  });

  it('opens its form, filled in, for whoever claims it, who becomes the requester and cannot approve it', async () => {
    const [card] = drafts();
    await world.teams.press('bob', card!.id, 'Claim');
    const form = latest(world, 'bob');
    await world.teams.press('bob', form.id, 'Preview', {
      category: 'Waiver',
      expiry: '30',
      justification: 'The old uploader cannot speak TLS until it is replaced in spring.',
    });
    await world.teams.press('bob', form.id, 'Send');
    await world.app().idle();
    const [request] = await world.app().desk.database.requests.list({
      requesterId: world.tenant.people.find(({ key }) => key === 'bob')!.objectId,
      statuses: ['pending'],
    });

    expect(request?.terms.scopes.toSorted()).toEqual(accounts.toSorted());
    const { replies } = await world.teams.say('bob', 'personal', `approve ${request?.reference ?? ''}`);
    expect(replies[0]?.visibleText).toContain('you asked for it yourself');
  });

  it('is claimed once', async () => {
    const [card] = drafts();
    await world.teams.press('alice', card!.id, 'Claim');

    expect(world.teams.messages('alice').at(-1)?.visibleText).toContain('already claimed');
  });
});
