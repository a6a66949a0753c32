import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callsFolderVariable } from './calls-folder.ts';

/** Gives this Jest run a folder of its own. */
export const startRecording = (): void => {
  process.env[callsFolderVariable] = mkdtempSync(join(tmpdir(), 'exemption-desk-calls-'));
};
