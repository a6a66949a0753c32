import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import type { Routes } from './router.ts';

/** Fields that are left out are as Teams would send them. */
type TokenOverrides = {
  readonly issuer?: string;
  readonly audience?: string;
  readonly serviceUrl?: string;
  /** Seconds from now on the real clock; negative for an expired token. */
  readonly expiresIn?: number;
  /** Seconds from now before which the token is not valid. */
  readonly notBefore?: number;
  readonly keyId?: string;
  /** Signs with a key that is not published. */
  readonly wrongKey?: boolean;
};
/** A key pair of the simulated channel; worthless outside of it. */
type ChannelKey = { readonly keyId: string; readonly publicKey: JWK; readonly privateKey: JWK };
export type Identity = {
  readonly key: ChannelKey;
  /** A bearer token like those of the Bot Framework channel. */
  readonly token: (overrides?: TokenOverrides) => Promise<string>;
  readonly routes: Routes;
};

const issuer = 'https://api.botframework.com';

const newKey = async (): Promise<ChannelKey> => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  return {
    keyId: crypto.randomUUID(),
    publicKey: await exportJWK(publicKey),
    privateKey: await exportJWK(privateKey),
  };
};

/** Plays the token issuer of the Bot Framework. Tokens use the real clock, because their verification does. */
export const createIdentity = async (
  botId: string,
  base: () => { url: string; serviceUrl: string },
  kept?: ChannelKey,
): Promise<Identity> => {
  const own = kept ?? (await newKey());
  const signingKey = await importJWK(own.privateKey, 'RS256');
  const publicKey = { ...own.publicKey, use: 'sig', kid: own.keyId, endorsements: ['msteams'] };
  return {
    key: own,
    async token(overrides = {}) {
      const key = overrides.wrongKey === true ? (await generateKeyPair('RS256')).privateKey : signingKey;
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({ serviceurl: overrides.serviceUrl ?? base().serviceUrl })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: overrides.keyId ?? own.keyId })
        .setIssuer(overrides.issuer ?? issuer)
        .setAudience(overrides.audience ?? botId)
        .setNotBefore(now + (overrides.notBefore ?? -300))
        .setExpirationTime(now + (overrides.expiresIn ?? 3600))
        .sign(key);
    },
    routes: {
      'GET /.well-known/openidconfiguration': () => ({
        json: { issuer, jwks_uri: `${base().url}/.well-known/keys`, id_token_signing_alg_values_supported: ['RS256'] },
      }),
      'GET /.well-known/keys': () => ({ json: { keys: [publicKey] } }),
    },
  };
};
