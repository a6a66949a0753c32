import type { TokenCredential } from '@azure/identity';
import type { Config } from '../config.ts';
import type { StoreOptions } from '../store/open-store.ts';

const scope = 'https://ossrdbms-aad.database.windows.net/.default';

/** Where the store is and how to sign in. A token is valid for about an hour; the credential caches and renews it. */
export const databaseAccess = (
  database: Config['database'],
  credential: () => TokenCredential,
): Pick<StoreOptions, 'databaseUrl' | 'databasePassword' | 'dataDir'> => {
  if ('folder' in database) return { dataDir: database.folder };
  if (database.auth !== 'entra') return { databaseUrl: database.url };
  const source = credential();
  return {
    databaseUrl: database.url,
    async databasePassword() {
      const token = await source.getToken(scope);
      if (token === null) throw new Error('Entra did not issue a token for the database.');
      return token.token;
    },
  };
};
