import { storageRecommendation } from '../scenario/steps.ts';
import { startWorld, type World } from '../world.ts';
import { callApi, type Answered } from './call-api.ts';
import { documentedAnswers } from './documented-answers.ts';

type Draft = { readonly id: string; readonly state: string; readonly preview: { readonly seen: string } | null };
type Request = { readonly reference: string; readonly status: string; readonly version: number };

let world: World;
let unlike: ReturnType<typeof documentedAnswers>;
let storage: string;
let account: string;

beforeAll(async () => {
  world = await startWorld({ logLevel: 'silent', allowGuestsToAsk: true });
  await world.app().tick();
  unlike = documentedAnswers((await callApi(world, '/openapi.json')).body);
  const { body } = await as('alice', '/recommendations?text=storage');
  const { items } = body as { readonly items: readonly { readonly key: string; readonly title: string }[] };
  storage = items.find(({ title }) => title === storageRecommendation)?.key ?? '';
  const shown = (await as('alice', `/recommendations/${storage}`)).body as {
    readonly resources: readonly { readonly id: string }[];
  };
  account = shown.resources.find(({ id }) => id.endsWith('stshopprod'))?.id ?? '';
});
afterAll(() => world.close());

const as = async (who: string, path: string): Promise<Answered> =>
  callApi(world, path, { token: await world.entra.token(who) });

let keys = 0;
const change = async (who: string, path: string, body: unknown = {}, key = `key-${(keys += 1)}`): Promise<Answered> => {
  const answer = await callApi(world, path, { token: await world.entra.token(who), body, key });
  const template = path.replace(
    /(drafts|requests)\/[^/]+/,
    (_, kind: string) => `${kind}/{${kind === 'drafts' ? 'id' : 'reference'}}`,
  );
  expect([path, unlike('POST', template, answer)]).toEqual([path, []]);
  return answer;
};
const terms = () => ({
  ...{ recommendation: storage, scopes: [account], name: 'Legacy uploader', category: 'Waiver' },
  justification: 'The old uploader cannot speak TLS until it is replaced in spring.',
});
const rowsOf = async (reference: string) => {
  const { items } = (await as('carol', `/requests/${reference}/ledger`)).body as {
    readonly items: readonly {
      readonly event: string;
      readonly facts: Record<string, string>;
      readonly actor: object;
    }[];
  };
  return items;
};

describe('a request that goes its whole way through the API', () => {
  let request: Request;

  it('is drafted with its preview, and sent as it was seen', async () => {
    const draft = (await change('alice', '/drafts', terms())).body as Draft;
    expect(draft).toMatchObject({ state: 'own', problems: [], preview: { canBeSent: true, approvalsNeeded: 1 } });
    expect(await change('alice', `/drafts/${draft.id}/submit`, { seen: 'other' })).toMatchObject({ status: 409 });
    expect(await change('bob', `/drafts/${draft.id}/submit`, { seen: draft.preview?.seen })).toMatchObject({
      status: 404,
    });

    const sent = await change('alice', `/drafts/${draft.id}/submit`, { seen: draft.preview?.seen });
    request = sent.body as Request;
    expect(sent).toMatchObject({ status: 201, body: { status: 'pending', scopes: [account] } });
  });

  it('is not decided by its requester, by somebody without the right, by a guest, or by an application', async () => {
    const { reference, version } = request;
    const approval = { version, scopes: 1 };
    const detail = async (who: string) => (await change(who, `/requests/${reference}/approve`, approval)).body;

    expect(await detail('alice')).toMatchObject({
      status: 403,
      code: 'forbidden',
      detail: expect.stringContaining('you asked for it yourself') as string,
    });
    expect(await detail('carol')).toMatchObject({ status: 403 });
    expect(await detail('dan')).toMatchObject({ status: 404 });
    expect(await detail('gina')).toMatchObject({ status: 403, detail: expect.stringContaining('guest') as string });
    expect(await detail('inventory')).toMatchObject({
      status: 403,
      detail: expect.stringContaining('application') as string,
    });
    expect((await as('carol', `/requests/${reference}`)).body).toMatchObject({ status: 'pending', approvals: [] });
  });

  it('is not decided by an application that borrows the name and the id of an approver', async () => {
    const bob = world.tenant.people.find(({ key }) => key === 'bob');
    const borrowed = { name: bob?.name, preferred_username: bob?.userPrincipalName, oid: bob?.objectId };
    const token = await world.entra.token('inventory', {
      ...borrowed,
      roles: ['Exemptions.Read.All', 'Exemptions.ReadWrite'],
    });
    const { reference, version } = request;
    const body = { version, scopes: 1 };

    expect(await callApi(world, `/requests/${reference}/approve`, { token, body, key: 'borrowed' })).toMatchObject({
      status: 403,
    });
  });

  it('is not decided by a person of whom Entra does not say that they are a member', async () => {
    const { reference, version } = request;
    for (const other of [
      { acct: undefined },
      { acct: 1 },
      { idp: 'https://sts.windows.net/9a1b22cc-0000-4000-8000-0000000000bb/' },
    ]) {
      const token = await world.entra.token('bob', other);
      const body = { version, scopes: 1 };
      expect(
        await callApi(world, `/requests/${reference}/approve`, { token, body, key: crypto.randomUUID() }),
      ).toMatchObject({
        status: 403,
        body: { detail: expect.stringContaining('guest') as string },
      });
    }
  });

  it('is decided with the version and the scopes that were read, on record with the application', async () => {
    const { reference, version } = request;
    expect(await change('bob', `/requests/${reference}/approve`, { version: version + 1, scopes: 1 })).toMatchObject({
      status: 409,
    });
    const approved = await change('bob', `/requests/${reference}/approve`, {
      version,
      scopes: 1,
      comment: 'Until spring',
    });
    await world.app().idle();

    expect(approved).toMatchObject({
      status: 201,
      body: { status: 'approved', approvals: [{ by: { name: 'Bob Berger' } }] },
    });
    expect((await as('alice', `/requests/${reference}`)).body).toMatchObject({ status: 'applied' });
    const decisions = (await rowsOf(reference)).filter(({ event }) => ['requested', 'approved'].includes(event));
    expect(decisions.map(({ facts }) => [facts.channel, facts.application])).toEqual(
      Array.from({ length: 2 }, () => ['api', '04b07795-8ddb-461a-bbee-02f9e1bf7b46']),
    );
  });

  it('leaves one row for each refusal, of the person who was refused', async () => {
    const refused = (await rowsOf(request.reference)).filter(({ event }) => event === 'refused');

    expect(refused.map(({ actor, facts }) => [(actor as { name: string }).name, facts.tried, facts.channel])).toEqual([
      ['Alice Anders', 'approve', 'api'],
      ['Carol Costa', 'approve', 'api'],
      ['Dan Dorn', 'approve', 'api'],
    ]);
  });
});

describe('a draft that an application leaves', () => {
  let draft: Draft;

  it('is seen by whoever may read what it is about, and was asked for by nobody', async () => {
    const scopes = [account.replace('stshopprod', 'stshoplogs')];
    draft = (await change('inventory', '/drafts', { ...terms(), scopes, onBehalfOf: 'Bob Berger' })).body as Draft;

    expect(await as('alice', `/drafts/${draft.id}`)).toMatchObject({
      status: 200,
      body: { state: 'unclaimed', onBehalfOf: 'Bob Berger', preview: null },
    });
    expect(await as('dan', `/drafts/${draft.id}`)).toMatchObject({ status: 404 });
    expect((await as('carol', '/requests')).body).toMatchObject({ items: [expect.anything()] });
  });

  it('is neither claimed nor sent by the application', async () => {
    expect(await change('inventory', `/drafts/${draft.id}/claim`)).toMatchObject({ status: 403 });
    expect(await change('inventory', `/drafts/${draft.id}/submit`, { seen: 'x' })).toMatchObject({ status: 403 });
    expect(await change('alice', `/drafts/${draft.id}/submit`, { seen: 'x' })).toMatchObject({ status: 404 });
    expect(await change('dan', `/drafts/${draft.id}/claim`)).toMatchObject({ status: 404 });
  });

  it('is the request of the one person who claims it, who cannot approve it', async () => {
    const claims = await Promise.all(['bob', 'carol'].map((who) => change(who, `/drafts/${draft.id}/claim`)));
    expect(claims.map(({ status }) => status).sort()).toEqual([201, 409]);
    const claimer = claims[0]?.status === 201 ? 'bob' : 'carol';
    const own = claims.find(({ status }) => status === 201)?.body as Draft;
    expect(own).toMatchObject({ state: 'own', preview: { canBeSent: true } });

    const sent = (await change(claimer, `/drafts/${own.id}/submit`, { seen: own.preview?.seen })).body as Request;
    const { reference, version } = sent;
    expect(sent).toMatchObject({ status: 'pending' });
    expect(await change(claimer, `/requests/${reference}/approve`, { version, scopes: 1 })).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('you asked for it yourself') as string },
    });
    expect(await as('inventory', `/drafts/${draft.id}`)).toMatchObject({ status: 200, body: { state: 'claimed' } });
    const rows = [];
    for await (const portion of world.app().desk.database.ledger.read({})) rows.push(...portion);
    expect(rows.filter(({ event }) => event === 'draft-claimed').map(({ facts }) => facts['drafted-by'])).toEqual([
      '44444444-4444-4444-8444-444444444401',
    ]);
  });

  it('is refused outside of what its service principal can read, and for a person', async () => {
    const vault = account.replace(/resourceGroups\/[^/]+/i, 'resourceGroups/rg-corp-data');
    expect(await change('inventory', '/drafts', { ...terms(), scopes: [vault] })).toMatchObject({ status: 404 });
    expect(await change('alice', '/drafts', { ...terms(), onBehalfOf: 'Bob Berger' })).toMatchObject({ status: 400 });
  });
});

describe('a change under a key', () => {
  it('is made once, however often it is sent', async () => {
    const [first, again] = [
      await change('carol', '/drafts', { ...terms() }, 'once'),
      await change('carol', '/drafts', { ...terms() }, 'once'),
    ];

    expect(again.body).toEqual(first.body);
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect(await change('carol', '/drafts', { ...terms(), name: 'Other' }, 'once')).toMatchObject({ status: 422 });
    const erins = await change('erin', '/drafts', { ...terms() }, 'once');
    expect(erins.headers.get('idempotency-replayed')).toBeNull();
    expect(await change('carol', '/drafts', { ...terms() }, '"once"')).toMatchObject({ body: first.body });
  });

  it('is made once when it is sent twice at the same moment', async () => {
    const [one, two] = await Promise.all([
      change('carol', '/drafts', terms(), 'twice'),
      change('carol', '/drafts', terms(), 'twice'),
    ]);
    const statuses = [one.status, two.status].sort();

    expect([
      [201, 201],
      [201, 409],
    ]).toContainEqual(statuses);
    if (statuses[1] === 201) expect(one.body).toEqual(two.body);
  });

  it('needs the key, and a body that is JSON and small', async () => {
    const token = await world.entra.token('carol');
    const body = terms();

    expect(await callApi(world, '/drafts', { token, body })).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect(await callApi(world, '/drafts', { token, body, key: 'x'.repeat(201) })).toMatchObject({ status: 400 });
    expect(
      await callApi(world, '/drafts', { token, body, key: 'k1', headers: { 'content-type': 'text/plain' } }),
    ).toMatchObject({ status: 415 });
    expect(
      await callApi(world, '/drafts', { token, body: { ...body, ticket: 'x'.repeat(70_000) }, key: 'k2' }),
    ).toMatchObject({ status: 413 });
    expect(await callApi(world, '/drafts', { token, body: { ...body, requester: 'bob' }, key: 'k3' })).toMatchObject({
      status: 400,
    });
  });
});
