import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DefaultAzureCredential } from '@azure/identity';
import { againstSimulator } from './against-simulator.ts';
import { UnsafeTrial } from './contract/choose-reference.ts';
import { runContract } from './contract/run-contract.ts';
import { tokenHolder } from './contract/token-holder.ts';

const usage = `npm run contract -- [--person OBJECT_ID] [--out FILE] [--write-test SCOPE --assignment ID]
                    [--simulator http://127.0.0.1:3980]

Reads what Exemption Desk reads from the tenant that your Azure credentials reach (az login is enough) and writes down
what matches and what differs, without names or ids. Only --write-test changes anything: one exemption at SCOPE from one
policy of the initiative behind the assignment ID, created, read and deleted at once. --simulator asks the simulated Azure (npm run simulator:azure) instead, as the bot.`;

const exits = { matches: 0, differs: 1, cannot: 2 };

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      person: { type: 'string' },
      out: { type: 'string', default: 'contract-report.md' },
      'write-test': { type: 'string' },
      assignment: { type: 'string' },
      simulator: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { 'write-test': scope, assignment: assignmentId } = values;
  if (values.help || (scope === undefined) !== (assignmentId === undefined)) {
    console.error(usage);
    return values.help ? exits.matches : exits.cannot;
  }
  const standIn = values.simulator === undefined ? undefined : againstSimulator(values.simulator);
  const credential = standIn?.credential ?? new DefaultAzureCredential();
  const token = await credential.getToken('https://management.azure.com/.default');
  const { report, findings, leftBehind } = await runContract({
    credential,
    ...(standIn === undefined ? {} : { httpClient: standIn.httpClient }),
    personId: values.person ?? (standIn === undefined ? tokenHolder(token?.token ?? '') : undefined),
    writeTest: scope === undefined || assignmentId === undefined ? undefined : { scope, assignmentId },
  });
  writeFileSync(values.out, report);
  const differing = findings.filter(({ verdict }) => verdict === 'differs').length;
  console.log(`${values.out}: ${findings.length} checks, ${differing} differ.`);
  if (leftBehind !== undefined)
    console.error(`Not deleted. Please delete it (it expires within the hour): ${leftBehind}`);
  return differing === 0 && leftBehind === undefined ? exits.matches : exits.differs;
};

const isExpected = (error: unknown): error is Error =>
  error instanceof UnsafeTrial ||
  error instanceof TypeError ||
  (error instanceof Error &&
    (/Credential|Authentication/.test(error.name) ||
      ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))));

try {
  process.exitCode = await main();
} catch (error) {
  console.error(isExpected(error) ? error.message : error);
  process.exitCode = exits.cannot;
}
