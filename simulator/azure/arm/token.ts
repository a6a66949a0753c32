import type { Principal } from '../../tenant/tenant.ts';

type Named = Pick<Principal, 'objectId'>;

/** An access token in the form of Entra. Only the object id in it counts; nothing here is signed. */
export const tokenOf = ({ objectId }: Named): string =>
  ['{}', JSON.stringify({ oid: objectId }), 'simulated']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

/** True if a token is the one of a principal. */
export const isTokenOf = (token: string, principal: Named): boolean => token === tokenOf(principal);
