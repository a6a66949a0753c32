import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { GuestRights } from '../core/access/guest-rights.ts';
import { beginningOf, visibleText } from '../core/visible-text.ts';
import { appRoles, scopes, type Caller, type Need } from './caller.ts';

export type ExpectedToken = {
  /** The application id of the registration of this API. */
  readonly audience: string;
  readonly tenantId: string;
  readonly keys: JWTVerifyGetKey;
  /** The client ids of the applications that may call; undefined: every one that Entra gives a token. */
  readonly clients: readonly string[] | undefined;
  readonly guests: GuestRights;
};

/** A token that proves nobody. The message is for the log alone, and quotes nothing of the token. */
export class NotProved extends Error {}

/** The keys of Entra could not be fetched, so a token can neither be accepted nor refused. */
export class NoKeys extends Error {}

const longestName = 128;

const claims = z.object({
  ver: z.literal('2.0', 'the token is not of version 2.0: set requestedAccessTokenVersion to 2'),
  tid: z.guid('the token names no tenant'),
  oid: z.guid('the token names no object id'),
  azp: z.guid('the token names no client'),
  idtyp: z.string().optional(),
  scp: z.string().optional(),
  roles: z.array(z.string()).optional(),
  acct: z.union([z.number(), z.string()]).optional(),
  idp: z.string().optional(),
  name: z.string().optional(),
});

type Claims = z.infer<typeof claims>;

const issuerOf = (tenantId: string): string => `https://login.microsoftonline.com/${tenantId}/v2.0`;

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** A member of our tenant who signed in there. Whoever is not proved to be one counts as a guest, who never decides. */
const isMember = ({ acct, idp }: Claims, tenantId: string): boolean =>
  String(acct) === '0' &&
  (idp === undefined || [issuerOf(tenantId), `https://sts.windows.net/${tenantId}/`].some((each) => same(each, idp)));

const personOf = (token: Claims, scp: string, { tenantId, guests }: ExpectedToken): Caller => {
  const granted = scp.split(' ');
  const acts = granted.includes(scopes.act);
  const may: Need[] = [...(acts || granted.includes(scopes.read) ? (['read'] as const) : [])];
  const member = isMember(token, tenantId);
  const name = beginningOf(visibleText(token.name ?? '').trim(), longestName);
  return {
    kind: 'person',
    person: {
      objectId: token.oid,
      tenantId: token.tid,
      name: name === '' ? `Person ${token.oid}` : name,
      ...(member ? {} : { isGuest: true as const }),
    },
    appId: token.azp.toLowerCase(),
    may: acts ? [...may, 'draft', 'act'] : may,
    guest: member ? undefined : guests,
  };
};

const applicationOf = (token: Claims): Caller => {
  const roles = token.roles ?? [];
  return {
    kind: 'application',
    person: { objectId: token.oid, tenantId: token.tid, name: `Application ${token.azp}` },
    appId: token.azp.toLowerCase(),
    may: (['read', 'draft'] as const).filter((each) => roles.includes(appRoles[each])),
    guest: undefined,
  };
};

/** A token with a scope is a person's, whatever roles it has; one without is an application's. Entra gives every application a token without any role. */
const callerIn = (token: Claims, expected: ExpectedToken): Caller => {
  if (!same(token.tid, expected.tenantId)) throw new NotProved('the token is of another tenant');
  if (expected.clients?.some((each) => same(each, token.azp)) === false)
    throw new NotProved('the client is not among API_CLIENTS');
  const isApplication = token.scp === undefined;
  if (token.idtyp !== undefined && (token.idtyp === 'app') !== isApplication)
    throw new NotProved('the token says both person and application');
  const caller = token.scp === undefined ? applicationOf(token) : personOf(token, token.scp, expected);
  if (caller.may.length === 0)
    throw new NotProved(isApplication ? 'the application has no role' : 'the token has no scope of this API');
  return caller;
};

/**
 * The caller that a bearer token of Entra proves. Uses the time of the machine, because tokens do. Throws NotProved with the reason for the log, or NoKeys.
 */
export const verifyToken = async (authorization: string, expected: ExpectedToken): Promise<Caller> => {
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(authorization) ?? [];
  if (token === undefined) throw new NotProved('no bearer token');
  const verified = await jwtVerify(token, expected.keys, {
    issuer: issuerOf(expected.tenantId),
    audience: expected.audience,
    algorithms: ['RS256'],
    requiredClaims: ['exp', 'oid', 'tid', 'azp'],
  }).catch((error: unknown) => {
    const isAboutToken =
      error instanceof errors.JOSEError &&
      !(error instanceof errors.JWKSTimeout) &&
      error.constructor !== errors.JOSEError;
    if (isAboutToken) throw new NotProved(error.message);
    throw new NoKeys('No call of the API can be accepted: the keys of Entra could not be fetched.', { cause: error });
  });
  const read = claims.safeParse(verified.payload);
  if (!read.success) throw new NotProved(read.error.issues[0]?.message ?? 'the claims are not those of Entra');
  return callerIn(read.data, expected);
};
