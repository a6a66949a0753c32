import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { ChannelKeys } from './channel-keys.ts';

export const channelIssuer = 'https://api.botframework.com';

/** As far as clocks may differ, which is what Microsoft's own validation allows. */
const clockToleranceSeconds = 300;

type Expected = {
  readonly keys: ChannelKeys;
  /** Of the bot: for whom the token has to be. */
  readonly appId: string;
  /** Of the activity that it came with. */
  readonly channelId: string;
  readonly serviceUrl: string;
};

/** What the signature alone does not say: undefined where all of it fits. */
const misfit = (claims: JWTPayload, keyId: string | undefined, expected: Expected): string | undefined => {
  if (keyId === undefined || !expected.keys.endorsements(keyId).includes(expected.channelId))
    return 'the key may not sign for this channel';
  if (claims.serviceurl !== expected.serviceUrl) return 'the service URL is not the one in the token';
  // A token that one bot shows to another names the caller.
  if ((claims.appid ?? claims.azp ?? expected.appId) !== expected.appId) return 'the token is for another bot';
  return undefined;
};

/**
 * Why a token does not prove that Teams sent an activity, in words without anything of the token; undefined where it does. Time is that of the
 * machine, for tokens live by it. Throws KeysUnavailable.
 */
export const refusalOfToken = async (authorization: string, expected: Expected): Promise<string | undefined> => {
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(authorization) ?? [];
  if (token === undefined) return 'no bearer token';
  try {
    const { payload, protectedHeader } = await jwtVerify(token, expected.keys.key, {
      issuer: channelIssuer,
      audience: expected.appId,
      algorithms: ['RS256', 'RS384', 'RS512'],
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp'],
    });
    return misfit(payload, protectedHeader.kid, expected);
  } catch (error) {
    if (error instanceof errors.JOSEError) return error.message;
    throw error;
  }
};
