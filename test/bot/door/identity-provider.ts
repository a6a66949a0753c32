import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';

/** Which key signs: one that may sign for Teams, ones that are published without that right, or one that nobody published. */
type SigningKey = 'endorsed' | 'of another channel' | 'without endorsements' | 'unpublished';

export type TokenPlan = {
  readonly key?: SigningKey;
  readonly keyId?: string | undefined;
  readonly claims?: JWTPayload;
  /** Claims that the token must not have. */
  readonly without?: readonly string[];
};

export type IdentityProvider = Awaited<ReturnType<typeof startIdentityProvider>>;

const issuer = 'https://api.botframework.com';
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Plays the token issuer of Teams over HTTP with real keys; `usual` is what a token of Teams says, times aside. */
export const startIdentityProvider = async (usual: { readonly aud: string; readonly serviceurl: string }) => {
  const pairs = {
    endorsed: await generateKeyPair('RS256', { extractable: true }),
    'of another channel': await generateKeyPair('RS256', { extractable: true }),
    'without endorsements': await generateKeyPair('RS256', { extractable: true }),
    unpublished: await generateKeyPair('RS256'),
  };
  const published = async (name: Exclude<SigningKey, 'unpublished'>, endorsements?: readonly string[]) => ({
    ...(await exportJWK(pairs[name].publicKey)),
    use: 'sig',
    kid: name,
    ...(endorsements === undefined ? {} : { endorsements }),
  });
  const keys = [
    await published('endorsed', ['webchat', 'msteams']),
    await published('of another channel', ['slack']),
    await published('without endorsements'),
  ];
  let isDown = false;
  let fetches = 0;
  let gate: { readonly open: Promise<void>; readonly asked: () => void } | undefined;
  const server = createServer((request, response) => void answerTo(request, response));
  const answerTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === '/keys') {
      fetches += 1;
      gate?.asked();
      await gate?.open;
    }
    const { port } = server.address() as AddressInfo;
    const answer = request.url === '/keys' ? { keys } : { issuer, jwks_uri: `http://127.0.0.1:${port}/keys` };
    response.statusCode = isDown ? 503 : 200;
    response.end(isDown ? '' : JSON.stringify(answer));
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const claimsOf = ({ claims = {}, without = [] }: TokenPlan): JWTPayload => {
    const now = Math.floor(Date.now() / 1000);
    const all = { iss: issuer, ...usual, nbf: now - 300, exp: now + 3600, ...claims };
    return Object.fromEntries(Object.entries(all).filter(([name]) => !without.includes(name)));
  };
  const signed = (plan: TokenPlan, alg: string, key: CryptoKey | Uint8Array): Promise<string> => {
    const { key: name = 'endorsed' } = plan;
    const kid = 'keyId' in plan ? plan.keyId : name === 'unpublished' ? 'endorsed' : name;
    return new SignJWT(claimsOf(plan))
      .setProtectedHeader({ alg, typ: 'JWT', ...(kid === undefined ? {} : { kid }) })
      .sign(key);
  };
  return {
    metadataUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/openidconfiguration`,
    token: (plan: TokenPlan = {}) => signed(plan, 'RS256', pairs[plan.key ?? 'endorsed'].privateKey),
    unsignedToken: () => `${part({ alg: 'none', typ: 'JWT', kid: 'endorsed' })}.${part(claimsOf({}))}.`,
    /** The old trick: the public key, which everybody knows, taken for a shared secret. */
    tokenSignedWithPublicKey: async () =>
      signed({}, 'HS256', new TextEncoder().encode(await exportSPKI(pairs.endorsed.publicKey))),
    /** Whether it answers 503 from now on. */
    setDown: (down: boolean) => void (isDown = down),
    /** How often the keys were asked for. */
    fetches: () => fetches,
    /** Whoever asks for the keys waits, until `release`; `asked` resolves when somebody has asked. */
    hold: () => {
      const [asked, open] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
      gate = { open: open.promise, asked: () => asked.resolve(undefined) };
      return { asked: asked.promise, release: () => open.resolve(undefined) };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
