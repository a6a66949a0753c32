import { parseArgs } from 'node:util';
import { GovernanceError } from '../src/core/governance-error.ts';
import { grantToApp } from '../src/store/ledger/guard-ledger.ts';
import { storeSettings, withStore } from './with-store.ts';

const usage = `Usage (database by DATABASE_URL, as the role that owns the tables or will own them):
  npm run migrate [-- --grant ROLE]
  brings the tables up to date; with --grant it gives ROLE what the app needs, which for the ledger is reading and adding only.
Exit code: 0 done, 1 not done, 2 not understood.`;

const roleGiven = (): string | undefined => {
  try {
    return parseArgs({ options: { grant: { type: 'string' } } }).values.grant;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(2);
  }
};

const role = roleGiven();
const { database } = storeSettings();
if (!('url' in database)) {
  console.error('The embedded database has no roles: set DATABASE_URL.');
  process.exit(2);
}
try {
  await withStore(database, async ({ sqlForJobs }) => {
    console.log('The tables are up to date.');
    if (role === undefined) return;
    await grantToApp((text, values) => sqlForJobs.executeSql(text, values), role);
    console.log(`${role} may do what the app does, and only read and add rows of the ledger.`);
  });
} catch (error) {
  if (!(error instanceof GovernanceError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
