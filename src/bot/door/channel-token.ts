import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { ChannelKeys } from './channel-keys.ts';

export const channelIssuer = 'https://api.botframework.com';

/** The tolerated difference between clocks, as in Microsoft's own validation. */
const clockToleranceSeconds = 300;

type Expected = {
  readonly keys: ChannelKeys;
  /** The bot that the token must be for. */
  readonly appId: string;
  /** From the activity that came with the token. */
  readonly channelId: string;
  readonly serviceUrl: string;
};

/** Checks the claims of a signed token; undefined if all are right. */
const misfit = (claims: JWTPayload, keyId: string | undefined, expected: Expected): string | undefined => {
  if (keyId === undefined || !expected.keys.endorsements(keyId).includes(expected.channelId))
    return 'the key may not sign for this channel';
  if (claims.serviceurl !== expected.serviceUrl) return 'the service URL is not the one in the token';
  // A token that one bot presents to another names the caller.
  if ((claims.appid ?? claims.azp ?? expected.appId) !== expected.appId) return 'the token is for another bot';
  return undefined;
};

/**
 * Why a token does not prove that Teams sent an activity, without quoting the token; undefined if it does. Uses the time of the machine,
 * because tokens do. Throws KeysUnavailable.
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
