/** The object id of the user behind an access token; undefined for an application, which has no groups to read. */
export const tokenHolder = (token: string): string | undefined => {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    const { oid, idtyp } = JSON.parse(payload) as { oid?: unknown; idtyp?: unknown };
    return typeof oid === 'string' && idtyp !== 'app' ? oid : undefined;
  } catch {
    return undefined;
  }
};
