import type { OtherClaims } from '../../simulator/entra/entra.ts';
import { startWorld, type World } from '../world.ts';
import { callApi } from './call-api.ts';

const logged: string[] = [];
let world: World;

beforeAll(async () => {
  world = await startWorld({ logLevel: 'debug', logTo: { write: (line) => void logged.push(line) } });
});
afterAll(() => world.close());

const statusOf = async (as: string, other: OtherClaims, signed = {}): Promise<number> =>
  (await callApi(world, '/requests', { token: await world.entra.token(as, other, signed) })).status;

it.each<{ readonly what: string; readonly other: OtherClaims; readonly as?: string }>([
  { what: 'for Azure Resource Manager', other: { aud: 'https://management.azure.com' } },
  { what: 'for the id of the bot', other: { aud: '22222222-2222-4222-8222-222222222222' } },
  { what: 'of version 1.0', other: { ver: '1.0' } },
  {
    what: 'of the issuer of version 1.0',
    other: { iss: 'https://sts.windows.net/72f988aa-0000-4000-8000-0000000000aa/' },
  },
  { what: 'of another tenant', other: { tid: '9a1b22cc-0000-4000-8000-0000000000bb' } },
  {
    what: 'of the issuer of another tenant',
    other: { iss: 'https://login.microsoftonline.com/9a1b22cc-0000-4000-8000-0000000000bb/v2.0' },
  },
  { what: 'without an object id', other: { oid: undefined } },
  { what: 'without a client', other: { azp: undefined } },
  { what: 'without an end', other: { exp: undefined } },
  { what: 'that has ended', other: { exp: 1 } },
  { what: 'without a scope of this API', other: { scp: 'User.Read' } },
  { what: 'of a person that says it is an application', other: { idtyp: 'app' } },
  { what: 'of an application without a role', other: {}, as: 'stranger' },
  { what: 'of an application that says it is a person', other: { idtyp: 'user' }, as: 'inventory' },
  { what: 'of an application with a role of another API', other: { roles: ['User.Read.All'] }, as: 'inventory' },
])('refuses a token $what', async ({ other, as = 'carol' }) => {
  expect(await statusOf(as, {})).toBe(as === 'stranger' ? 401 : 200);
  expect(await statusOf(as, other)).toBe(401);
});

it('refuses a token that Entra did not sign, and no token at all', async () => {
  expect(await statusOf('carol', {}, { byStranger: true })).toBe(401);
  expect((await callApi(world, '/requests')).status).toBe(401);
  const [header, claims] = (await world.entra.token('carol')).split('.');
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  expect((await callApi(world, '/requests', { token: `${none}.${claims ?? ''}.` })).status).toBe(401);
  expect((await callApi(world, '/requests', { token: `${header ?? ''}.${claims ?? ''}.` })).status).toBe(401);
});

it('infers no application from app roles that a person has', async () => {
  const token = await world.entra.token('dan', {
    roles: ['Exemptions.Read.All', 'Drafts.Create'],
    scp: 'Exemptions.Read',
  });

  expect(await callApi(world, '/requests', { token })).toMatchObject({ status: 200, body: { items: [] } });
  expect(await statusOf('dan', { roles: ['Exemptions.Read.All'], scp: 'User.Read' })).toBe(401);
});

it('never writes a token to the log, and says why it refused one', async () => {
  const token = await world.entra.token('carol', { aud: 'https://management.azure.com' });
  await callApi(world, '/requests', { token });
  const all = logged.join('\n');

  expect(all).toContain('Refused calls of the API');
  expect(all).not.toContain(token.split('.')[1]);
  expect(all).not.toContain(token.split('.')[2]);
});
