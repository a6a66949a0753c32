import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { DefaultAzureCredential } from '@azure/identity';
import { ConfigError, readStoreConfig, type Config } from '../src/config.ts';
import { GovernanceError } from '../src/core/governance-error.ts';
import { databaseAccess } from '../src/start/database-access.ts';
import { openStore, type OpenStore } from '../src/store/open-store.ts';

/** The settings of an operator's script; prints what is wrong with them and ends the process with exit code 2. */
export const storeSettings = (): ReturnType<typeof readStoreConfig> => {
  try {
    return readStoreConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
};

/** The user signed in by `az login`; in the app's own console its managed identity. */
export const operatorCredential = (): DefaultAzureCredential => {
  const { MICROSOFT_APP_ID: managedIdentityClientId } = process.env;
  return new DefaultAzureCredential(managedIdentityClientId === undefined ? {} : { managedIdentityClientId });
};

/** Runs work on the existing store, and closes it. Throws GovernanceError if there is none, or its folder is in use. */
export const withStore = async <Result>(
  database: Config['database'],
  work: (store: OpenStore) => Promise<Result>,
): Promise<Result> => {
  if ('folder' in database && !existsSync(database.folder))
    throw new GovernanceError('not-found', `There is no database in ${database.folder}. Set DATABASE_URL or DATA_DIR.`);
  const store = await openStore({
    ...databaseAccess(database, operatorCredential),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    newId: randomUUID,
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};
