import { parseArgs } from 'node:util';
import { formatInstant } from '../src/core/calendar.ts';
import { GovernanceError } from '../src/core/governance-error.ts';
import { switchReadOnly } from '../src/workflow/operate/switch-read-only.ts';
import { storeSettings, withStore } from './with-store.ts';

const usage = `Usage (database by DATABASE_URL or DATA_DIR):
  npm run read-only -- on --reason "We look into an incident"
  npm run read-only -- off
  npm run read-only -- show
While it is on, nothing can be requested, decided or written to Azure; lists, reminders and reports continue. It holds for all replicas at once.
The embedded database belongs to the running bot: there, restart it with READ_ONLY=true instead.
Exit code: 0 done, 1 nothing was done, 2 not understood.`;

const main = async (): Promise<number> => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { reason: { type: 'string' } } });
  const [wanted = ''] = positionals;
  if (positionals.length !== 1 || !['on', 'off', 'show'].includes(wanted) || (wanted === 'on') !== 'reason' in values) {
    console.error(usage);
    return 2;
  }
  const { database, timeZone } = storeSettings();
  return withStore(database, async ({ store, transaction }) => {
    if (wanted !== 'show') await switchReadOnly({ now: () => new Date(), database: { transaction } }, values.reason);
    const readOnly = await store.switches.readOnly();
    console.log(
      readOnly === undefined
        ? 'Exemption Desk is not read-only.'
        : `Exemption Desk has been read-only since ${readOnly.since === undefined ? 'its start' : formatInstant(readOnly.since, timeZone)}: ${readOnly.reason}`,
    );
    return 0;
  });
};

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof GovernanceError) && !(error instanceof TypeError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof GovernanceError ? 1 : 2;
}
