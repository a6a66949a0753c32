import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { persistentHttpClient } from '../../../src/azure/client/persistent-http-client.ts';
import { withTimeLimit } from '../../../src/azure/client/time-limit.ts';
import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const longMs = 60 * 60_000;

/** Whether nothing holds a thing any more although its time limit has not come. */
const isFree = async (held: WeakRef<object>): Promise<boolean> => {
  await nextTurn();
  collect();
  return held.deref() === undefined;
};

describe('what a time limit holds once the work is done', () => {
  it('is nothing, so that what listened to it can go', async () => {
    let held: WeakRef<object> | undefined;
    await withTimeLimit(longMs, async (signal) => {
      const page = { rows: ['large'] };
      signal.addEventListener('abort', () => page.rows.pop());
      held = new WeakRef(page);
    });
    expect(await isFree(held!)).toBe(true);
  });

  it('is nothing of a try either', async () => {
    let held: WeakRef<object> | undefined;
    const client = persistentHttpClient(
      {
        sendRequest: async (request) => {
          const page = { rows: ['large'] };
          request.abortSignal?.addEventListener('abort', () => page.rows.pop());
          held = new WeakRef(page);
          return { status: 200, headers: createHttpHeaders(), request };
        },
      },
      { tries: 1, tryInMs: longMs, pause: async () => undefined, random: () => 0 },
    );
    await client.sendRequest(createPipelineRequest({ url: 'https://management.azure.com' }));
    expect(await isFree(held!)).toBe(true);
  });
});
