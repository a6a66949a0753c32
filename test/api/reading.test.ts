import { startWorld, type World } from '../world.ts';
import { sendRequest, storageRecommendation } from '../scenario/steps.ts';
import { callApi, type Answered } from './call-api.ts';
import { documentedAnswers } from './documented-answers.ts';

type Items = { readonly items: readonly Record<string, unknown>[] };

let world: World;
let reference: string;
let unlike: ReturnType<typeof documentedAnswers>;

beforeAll(async () => {
  world = await startWorld({ logLevel: 'silent' });
  await world.app().tick();
  reference = await sendRequest(world, 'alice');
  unlike = documentedAnswers((await callApi(world, '/openapi.json')).body);
});
afterAll(() => world.close());

const as = async (who: string, path: string): Promise<Answered> =>
  callApi(world, path, { token: await world.entra.token(who) });
const itemsOf = ({ body }: Answered) => (body as Items).items;

it('answers everything in the form that the served document says', async () => {
  const [first] = itemsOf(await as('carol', '/exemptions'));
  const [{ key } = {}] = itemsOf(await as('carol', '/recommendations?text=storage'));
  const paths: readonly [string, string][] = [
    ['/recommendations', '/recommendations'],
    ['/recommendations/{key}', `/recommendations/${String(key)}`],
    ['/exemptions', '/exemptions'],
    ['/exemption', `/exemption?id=${encodeURIComponent(String(first?.id))}`],
    ['/requests', '/requests'],
    ['/requests/{reference}', `/requests/${reference}`],
    ['/requests/{reference}/ledger', `/requests/${reference}/ledger`],
    ['/report', '/report'],
    ['/exemption', '/exemption'],
    ['/requests/{reference}', '/requests/EX-ZZZZZZ'],
  ];
  const statuses: number[] = [];
  for (const [template, path] of paths) {
    const answer = await as('carol', path);
    expect([path, unlike('GET', template, answer)]).toEqual([path, []]);
    statuses.push(answer.status);
  }

  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 400, 404]);
});

it('shows each person what they may read in Azure, and no more', async () => {
  const seen = async (who: string) => itemsOf(await as(who, '/recommendations?text=storage')).map(({ title }) => title);

  expect(await seen('alice')).toContain(storageRecommendation);
  expect(await seen('dan')).toEqual([]);
});

it('shows an application what its service principal may read in Azure', async () => {
  const [own, carols] = [await as('inventory', '/exemptions'), await as('carol', '/exemptions')];
  const scopes = itemsOf(own).map(({ scope }) => String(scope));

  expect(scopes.length).toBeGreaterThan(0);
  expect(scopes.filter((scope) => !scope.toLowerCase().includes('/resourcegroups/rg-shop-prod'))).toEqual([]);
  expect(itemsOf(carols).length).toBeGreaterThan(scopes.length);
});

it('leads through a list by its links, and refuses a cursor of another list', async () => {
  const pages: string[][] = [];
  let path: string | undefined = '/recommendations';
  let cursor = '';
  while (path !== undefined) {
    const answer: Answered = await as('carol', path);
    pages.push(itemsOf(answer).map(({ key }) => String(key)));
    const [, next] = /^<\/api\/v1(.+)>; rel="next"$/.exec(answer.headers.get('link') ?? '') ?? [];
    if (next !== undefined) cursor = next.split('cursor=')[1] ?? '';
    path = next;
  }
  const all = pages.flat();

  expect(pages.length).toBeGreaterThan(1);
  expect(new Set(all).size).toBe(all.length);
  expect(await as('carol', `/exemptions?cursor=${cursor}`)).toMatchObject({ status: 400, body: { code: 'invalid' } });
});

it('refuses in the words of the chat, with the code of the refusal', async () => {
  const answer = await as('dan', `/requests/${reference}`);
  const { replies } = await world.teams.say('dan', 'personal', `request ${reference}`);

  expect(answer).toMatchObject({ status: 404, body: { code: 'not-found', status: 404 } });
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const [sentence = ''] = (answer.body as { detail: string }).detail.split(' To list');
  expect(sentence).toContain(reference);
  expect(replies[0]?.visibleText).toContain(sentence);
});

it('says what is wrong with an address, a method and a filter', async () => {
  const token = await world.entra.token('carol');

  expect(await as('carol', '/nothing')).toMatchObject({ status: 404, body: { code: 'no-such-path' } });
  expect(await callApi(world, '/report', { token, method: 'DELETE' })).toMatchObject({ status: 405 });
  expect(await as('carol', '/requests?which=theirs')).toMatchObject({ status: 400, body: { code: 'invalid' } });
  expect(await as('carol', '/report?form=2026-11-01')).toMatchObject({ status: 400 });
});

it('makes a caller wait who calls too often', async () => {
  const token = await world.entra.token('erin');
  const answers: Answered[] = await Promise.all(
    Array.from({ length: 70 }, () => callApi(world, '/requests/nothing', { token })),
  );
  const waiting = answers.filter(({ status }) => status === 429);

  expect(waiting.length).toBeGreaterThan(0);
  expect(Number(waiting[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await as('carol', '/requests')).status).toBe(200);
});
