import { createRemoteJWKSet, errors, type JWTVerifyGetKey, type RemoteJWKSet } from 'jose';
import { z } from 'zod';

/** The keys of the channel could not be fetched, so an activity can neither be accepted nor refused. The message is a sentence for the operator. */
export class KeysUnavailable extends Error {}

export type ChannelKeys = {
  /** The key that a token names. Throws KeysUnavailable, or an error of jose if there is no such key. */
  readonly key: JWTVerifyGetKey;
  /** The channels that a key may sign for; empty for an unknown key. */
  readonly endorsements: (keyId: string) => readonly string[];
};

const wayOut = 'Can this machine reach login.botframework.com?';
const noKeys = `No activity can be accepted: the keys of Teams could not be fetched. ${wayOut}`;
const unknownKey = `An activity could not be accepted: its key is unknown, and the keys of Teams could not be fetched again. ${wayOut}`;

const longestFetchMs = 5000;
const freshForMs = 10 * 60_000;
/** After a quiet hour the first caller waits for fresh keys, because one may have been withdrawn. */
const usableUnseenMs = 60 * 60_000;
const tryAgainMs = 60_000;
/** As long as the SDK of Microsoft keeps them. */
const goodForMs = 24 * 60 * 60_000;
const metadata = z.object({ jwks_uri: z.url({ protocol: /^https?$/ }) });
const endorsed = z.object({ endorsements: z.array(z.string()) });

const keySetOf = async (metadataUrl: string, cooldownDuration: number): Promise<RemoteJWKSet> => {
  const response = await fetch(metadataUrl, { signal: AbortSignal.timeout(longestFetchMs), redirect: 'error' });
  if (!response.ok) throw new Error(`The request for the OpenID metadata was answered with ${response.status}.`);
  const { jwks_uri } = metadata.parse(await response.json());
  if (new URL(jwks_uri).protocol !== new URL(metadataUrl).protocol)
    throw new Error('The OpenID metadata names keys at an address that is not allowed.');
  return createRemoteJWKSet(new URL(jwks_uri), {
    timeoutDuration: longestFetchMs,
    cacheMaxAge: Infinity,
    cooldownDuration,
  });
};

/**
 * The keys that an OpenID provider publishes. They are fetched when first needed; refreshed after ten minutes in the background, and after
 * an hour before anybody is accepted; and fetched at most every half minute for an unknown key. If they cannot be fetched again, the last
 * ones are valid for a day.
 */
export const createChannelKeys = (metadataUrl: string, now: () => Date, cooldownMs = 30_000): ChannelKeys => {
  const time = (): number => now().getTime();
  let [fetchedAt, triedAt] = [-Infinity, -Infinity];
  let opening: Promise<RemoteJWKSet> | undefined;
  let opened: RemoteJWKSet | undefined;

  const keySet = async (): Promise<RemoteJWKSet> => {
    opening ??= keySetOf(metadataUrl, cooldownMs);
    try {
      return (opened = await opening);
    } catch (error) {
      opening = undefined;
      throw new KeysUnavailable(noKeys, { cause: error });
    }
  };

  const fetchAnew = async (keys: RemoteJWKSet): Promise<void> => {
    triedAt = time();
    await keys.reload();
    fetchedAt = triedAt;
  };

  /** Throws only if no key is valid any more. */
  const renew = async (keys: RemoteJWKSet): Promise<void> => {
    const age = time() - fetchedAt;
    if (age > goodForMs) return fetchAnew(keys);
    if (age <= freshForMs || time() - triedAt < tryAgainMs) return;
    const renewal = fetchAnew(keys).catch(() => undefined);
    if (age > usableUnseenMs) await renewal;
  };

  return {
    key: async (header, token) => {
      const keys = await keySet();
      try {
        await renew(keys);
        return await keys(header, token);
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
        throw new KeysUnavailable(time() - fetchedAt > goodForMs ? noKeys : unknownKey, { cause: error });
      }
    },
    endorsements: (keyId) =>
      endorsed.safeParse(opened?.jwks()?.keys.find(({ kid }) => kid === keyId)).data?.endorsements ?? [],
  };
};
