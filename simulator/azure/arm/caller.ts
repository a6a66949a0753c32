import type { Principal, Tenant } from '../../tenant/tenant.ts';
import { ArmError } from './arm-error.ts';
import { isTokenOf } from './token.ts';

/** The bearer token is the key of the caller (`bot`, `alice`, …), or a token of Entra's form with their object id. */
export const callerOf = (tenant: Tenant, authorization: string | undefined): Principal => {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined)
    throw new ArmError(
      401,
      'AuthenticationFailed',
      "Authentication failed. The 'Authorization' header is missing or has no bearer token.",
    );
  const caller = tenant.principals.find((one) => one.key === token || isTokenOf(token, one));
  if (caller === undefined)
    throw new ArmError(401, 'InvalidAuthenticationToken', 'The access token names nobody of this tenant.');
  return caller;
};
