import { globSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { callsFolderVariable, type SeenByTest } from './calls-folder.ts';
import { atDocumentedVersion, documentedCalls, missingFrom } from './documented-calls.ts';

type JestRun = { readonly rootDir: string; readonly testNamePattern?: string };

const readSeen = (folder: string): SeenByTest[] =>
  readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as SeenByTest),
  );

/** Whether every test file had its turn: only then does a documented call that nobody saw mean anything. */
const isWholeSuite = (run: JestRun, seen: readonly SeenByTest[]): boolean => {
  const ran = new Set(seen.map(({ testFile }) => testFile));
  const files = globSync('test/**/*.test.ts', { cwd: run.rootDir, exclude: ['test/browser/**'] });
  return !run.testNamePattern && files.every((file) => ran.has(join(run.rootDir, file)));
};

/**
 * Fails the run when the product called what docs/azure.md does not name or what is not as Microsoft publishes it, or when the whole suite never
 * calls what the page names.
 */
export const compareCalls = (run: JestRun): void => {
  const folder = process.env[callsFolderVariable] ?? '';
  const seen = readSeen(folder);
  rmSync(folder, { recursive: true });
  const documented = documentedCalls();
  const calls = seen.flatMap((each) => each.calls).map((call) => atDocumentedVersion(call, documented));
  const problems = [
    ...new Set(
      seen.flatMap((each) => each.problems.map((problem) => `A call is not as Microsoft publishes it: ${problem}`)),
    ),
    ...missingFrom(documented, calls).map((call) => `docs/azure.md does not name a call that was made: ${call}`),
    ...(isWholeSuite(run, seen) ? missingFrom(calls, documented) : []).map(
      (call) => `docs/azure.md names a call that no test saw: ${call}`,
    ),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
};
