import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { conditionWords, consequenceWords, defaultWords } from '../src/core/governance-words.ts';
import { shadowedBy } from '../src/core/governance-shadow.ts';
import { readGovernance } from '../src/governance-file.ts';
import { governanceJsonSchema } from '../src/governance-schema.ts';

const usage = `Usage:
  npm run governance -- check FILE    says what each rule does, or what is wrong with the file (exit code 1)
  npm run governance -- schema FILE   writes the JSON Schema for editors`;

const check = async (path: string): Promise<boolean> => {
  const read = readGovernance(await readFile(path, 'utf8'));
  if ('problems' in read) {
    for (const { line, column, sentence } of read.problems)
      console.error(`${basename(path)}:${line}:${column} ${sentence}`);
    return false;
  }
  const { rules } = read;
  console.log('Tried from the top; the first rule that matches decides.\n');
  for (const [at, rule] of rules.rules.entries()) {
    console.log(`${at + 1}. ${rule.name} (line ${rule.line})`);
    console.log(`   when: ${conditionWords(rule.when)}`);
    console.log(`   then: ${consequenceWords(rule.then)}`);
    const above = shadowedBy(rule, rules.rules);
    if (above !== undefined)
      console.log(`   NEVER REACHED: “${above.name}” (line ${above.line}) matches all of this first`);
  }
  console.log(`${rules.rules.length === 0 ? 'No rules. ' : ''}Defaults\n   ${defaultWords(rules)}`);
  return true;
};

const [command, path] = process.argv.slice(2);
try {
  if (command === 'check' && path !== undefined) {
    if (!(await check(path))) process.exitCode = 1;
  } else if (command === 'schema' && path !== undefined) {
    await writeFile(path, `${JSON.stringify(governanceJsonSchema(), undefined, 2)}\n`);
  } else {
    console.error(usage);
    process.exitCode = 2;
  }
} catch (error) {
  if (!(error instanceof Error && 'code' in error)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
