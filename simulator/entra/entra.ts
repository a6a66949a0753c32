import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Controls } from '../control.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { applications, type Application } from './applications.ts';

/** The application id under which the API of Exemption Desk is registered. */
export const apiAudience = '33333333-3333-4333-8333-333333333333';

/** The client with which people sign in, such as the Azure CLI. */
const cli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** Claims in place of the usual ones; undefined leaves one out. */
export type OtherClaims = Readonly<Record<string, unknown>>;

/** The Entra of the tenant, as far as it signs tokens for the API. */
export type Entra = {
  readonly audience: string;
  /** The keys that Entra publishes. */
  readonly keys: JWTVerifyGetKey;
  /** A token of version 2.0 for a person (with a scope) or an application (with its app roles), by their key. */
  readonly token: (as: string, other?: OtherClaims, signed?: { readonly byStranger?: true }) => Promise<string>;
  /** `POST /simulator/token` with `{"as":"alice"}` answers like the token endpoint. */
  readonly controls: Controls;
};

const hour = 3600;

const ofPerson = (tenant: Tenant, key: string): JWTPayload | undefined => {
  const person = tenant.people.find((each) => each.key === key);
  if (person === undefined) return undefined;
  const isGuest = person.belonging === 'guest';
  return {
    ...{ oid: person.objectId, azp: cli, azpacr: '0', name: person.name, scp: 'Exemptions.Read Exemptions.ReadWrite' },
    ...{ preferred_username: person.userPrincipalName, acct: isGuest ? 1 : 0 },
    ...(isGuest ? { idp: `https://sts.windows.net/${tenant.otherTenantId}/` } : {}),
  };
};

const ofApplication = ({ objectId, appId, roles }: Application): JWTPayload => ({
  ...{ oid: objectId, azp: appId, azpacr: '2', idtyp: 'app' },
  // Entra gives every application a token; the claim is missing where it was given no role.
  ...(roles.length === 0 ? {} : { roles: [...roles] }),
});

/** Plays the Entra that signs tokens for the API. Tokens use the real clock, because their verification does. */
export const createEntra = async (tenant: Tenant): Promise<Entra> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'entra-api', alg: 'RS256' }] });

  const token: Entra['token'] = async (as, other = {}, signed = {}) => {
    const application = applications.find(({ key }) => key === as);
    const own = application === undefined ? ofPerson(tenant, as) : ofApplication(application);
    if (own === undefined) throw new Error(`There is nobody called ${as}.`);
    const now = Math.floor(Date.now() / 1000);
    const usual = {
      ...{ aud: apiAudience, iss: `https://login.microsoftonline.com/${tenant.tenantId}/v2.0`, ver: '2.0' },
      ...{ tid: tenant.tenantId, iat: now, nbf: now - 300, exp: now + hour, sub: crypto.randomUUID() },
    };
    const claims = Object.entries<unknown>({ ...usual, ...own, ...other }).filter(([, value]) => value !== undefined);
    const key = signed.byStranger === true ? (await generateKeyPair('RS256')).privateKey : privateKey;
    return new SignJWT(Object.fromEntries(claims))
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'entra-api' })
      .sign(key);
  };

  return {
    audience: apiAudience,
    keys,
    token,
    controls: {
      'POST /simulator/token': async (body) => {
        const { as, scope } = (body ?? {}) as { readonly as?: unknown; readonly scope?: unknown };
        if (typeof as !== 'string') throw new TypeError("'as' must name a person or an application.");
        const isPerson = tenant.people.some(({ key }) => key === as);
        const wanted = isPerson && typeof scope === 'string' ? { scp: scope } : {};
        return { token_type: 'Bearer', expires_in: hour, access_token: await token(as, wanted) };
      },
    },
  };
};
