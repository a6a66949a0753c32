import { createRemoteJWKSet, errors, type JWTVerifyGetKey, type RemoteJWKSet } from 'jose';
import { z } from 'zod';

/** The channel's keys could not be had: nobody can be let in, and nobody was turned away. */
export class KeysUnavailable extends Error {}

export type ChannelKeys = {
  /** The key that a token names. Throws KeysUnavailable, or what jose throws where there is no such key. */
  readonly key: JWTVerifyGetKey;
  /** For which channels a key may sign; nothing for a key that is not known. */
  readonly endorsements: (keyId: string) => readonly string[];
};

const longestFetchMs = 5000;
const freshForMs = 10 * 60_000;
/** As long as the SDK of Microsoft keeps them. */
const goodForMs = 24 * 60 * 60_000;
const metadata = z.object({ jwks_uri: z.url({ protocol: /^https?$/ }) });
const endorsed = z.object({ endorsements: z.array(z.string()) });

const keySetOf = async (metadataUrl: string): Promise<RemoteJWKSet> => {
  const response = await fetch(metadataUrl, { signal: AbortSignal.timeout(longestFetchMs), redirect: 'error' });
  if (!response.ok) throw new Error(`The OpenID metadata was answered with ${response.status}.`);
  const { jwks_uri } = metadata.parse(await response.json());
  if (new URL(jwks_uri).protocol !== new URL(metadataUrl).protocol)
    throw new Error('The OpenID metadata names keys at an address of another kind.');
  return createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: longestFetchMs, cacheMaxAge: Infinity });
};

/**
 * The keys that an OpenID provider publishes: fetched when first needed, then every ten minutes without anybody waiting for it, and half a minute
 * apart for a key nobody knows. Where they cannot be fetched again, the last ones are good for a day. `now` is in milliseconds since 1970.
 */
export const createChannelKeys = (metadataUrl: string, now: () => number = Date.now): ChannelKeys => {
  let fetchedAt = -Infinity;
  let opening: Promise<RemoteJWKSet> | undefined;
  let opened: RemoteJWKSet | undefined;

  const keySet = async (): Promise<RemoteJWKSet> => {
    opening ??= keySetOf(metadataUrl);
    try {
      return (opened = await opening);
    } catch (error) {
      opening = undefined;
      throw new KeysUnavailable('The OpenID metadata of the channel could not be had.', { cause: error });
    }
  };

  const fetchAnew = async (keys: RemoteJWKSet): Promise<void> => {
    await keys.reload();
    fetchedAt = now();
  };

  return {
    key: async (header, token) => {
      const keys = await keySet();
      const age = now() - fetchedAt;
      try {
        if (age > goodForMs) await fetchAnew(keys);
        // Whoever knocks next may try again.
        else if (age > freshForMs) void fetchAnew(keys).catch(() => undefined);
        return await keys(header, token);
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
        throw new KeysUnavailable('The keys of the channel could not be had.', { cause: error });
      }
    },
    endorsements: (keyId) =>
      endorsed.safeParse(opened?.jwks()?.keys.find(({ kid }) => kid === keyId)).data?.endorsements ?? [],
  };
};
