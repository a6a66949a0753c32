import { printHeads } from '../../src/observe/print-heads.ts';

describe('printed heads of the ledger', () => {
  it('are one line of JSON each, whatever the log level, and the last one is known', async () => {
    const lines: string[] = [];
    const heads = printHeads({ write: (line) => lines.push(line) });
    const head = { sequence: 7, hash: 'ab', at: new Date('2026-11-21T10:00:00Z') };
    await heads.publish(head);

    expect(lines).toEqual([
      '{"time":"2026-11-21T10:00:00.000Z","msg":"The head of the ledger","sequence":7,"head":"ab"}\n',
    ]);
    expect(await heads.last()).toEqual(head);
  });
});
