import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { callPattern } from '../../scripts/contract/call-pattern.ts';
import { callsFolderVariable, type SeenByTest, type SeenCall } from './calls-folder.ts';

// The name under which the simulated Azure tells of every call.
const channelName = 'azure-simulator.call';
const calls = new Map<string, SeenCall>();

/** Only what the product itself asks: tests also talk to the simulator with clients of their own. */
const record = (message: unknown): void => {
  const { method, path, userAgent } = message as { method: string; path: string; userAgent: string | undefined };
  if (userAgent?.startsWith('exemption-desk ') !== true) return;
  const seen = callPattern(method, path);
  calls.set(`${seen.call} ${seen.apiVersion}`, seen);
};

const leave = (seen: readonly SeenCall[]): void => {
  const line: SeenByTest = { testFile: expect.getState().testPath ?? '', calls: seen };
  appendFileSync(join(process.env[callsFolderVariable] ?? '', `${process.pid}.jsonl`), `${JSON.stringify(line)}\n`);
};

// A file whose tests are all skipped has had its turn too.
leave([]);
subscribe(channelName, record);

afterAll(() => {
  unsubscribe(channelName, record);
  leave([...calls.values()]);
});
