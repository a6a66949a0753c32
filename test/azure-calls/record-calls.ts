import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { callPattern } from '../../scripts/contract/call-pattern.ts';
import { callsFolderVariable, type SeenByTest, type SeenCall } from './calls-folder.ts';
import { shapeProblems } from './check-shape.ts';

// The name under which the simulated Azure tells of every call.
const channelName = 'azure-simulator.call';
const calls = new Map<string, SeenCall>();
const problems = new Set<string>();

type Told = {
  readonly method: string;
  readonly path: string;
  readonly userAgent: string | undefined;
  readonly body: () => Promise<unknown>;
  readonly invented: readonly string[];
};

/** Only what the product itself asks: tests also talk to the simulator with clients of their own. */
const record = (message: unknown): void => {
  const { method, path, userAgent, body, invented } = message as Told;
  if (userAgent?.startsWith('exemption-desk ') !== true) return;
  const seen = callPattern(method, path);
  calls.set(`${seen.call} ${seen.apiVersion}`, seen);
  void body().then(
    (sent) => shapeProblems({ method, path, body: sent, invented }).forEach((problem) => problems.add(problem)),
    // The connection ended before its body came.
    () => undefined,
  );
};

const leave = (seen: Omit<SeenByTest, 'testFile'>): void => {
  const line: SeenByTest = { testFile: expect.getState().testPath ?? '', ...seen };
  appendFileSync(join(process.env[callsFolderVariable] ?? '', `${process.pid}.jsonl`), `${JSON.stringify(line)}\n`);
};

// A file whose tests are all skipped has had its turn too.
leave({ calls: [], problems: [] });
subscribe(channelName, record);

afterAll(() => {
  unsubscribe(channelName, record);
  leave({ calls: [...calls.values()], problems: [...problems] });
});
