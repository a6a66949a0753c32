import { readFile } from 'node:fs/promises';
import { ConfigError } from '../config.ts';
import { withoutFile, type GovernanceRules } from '../core/governance/governance-rules.ts';
import { readGovernance } from './governance-file.ts';

const textOf = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason =
      typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
    throw new ConfigError([`GOVERNANCE_FILE names a file that cannot be read: ${path} (${reason})`]);
  }
};

/**
 * The rules of the configured file, or the built-in ones; throws ConfigError with every mistake of the file, because half of its rules must
 * not apply.
 */
export const governanceInForce = async (path: string | undefined, text?: string): Promise<GovernanceRules> => {
  if (path === undefined && text === undefined) return withoutFile;
  const read = readGovernance(text ?? (await textOf(path ?? '')));
  if ('rules' in read) return read.rules;
  const name = path ?? 'the governance file';
  throw new ConfigError(
    read.problems.map(({ line, column, sentence }) => `GOVERNANCE_FILE ${name}:${line}:${column} ${sentence}`),
  );
};
