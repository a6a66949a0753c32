import { logSeldom } from '../../src/jobs/log-seldom.ts';

describe('errors that come by the dozen', () => {
  it('are one line in ten seconds, which says how many were left out', () => {
    const lines: object[] = [];
    let time = 0;
    const log = logSeldom({ error: (fields) => void lines.push(fields) }, 'The job queue met an error', () => time);

    for (time of [0, 1000, 9999, 10_000, 10_001]) log(new Error('connect ECONNREFUSED'));

    expect(lines).toHaveLength(2);
    expect(lines[0]).not.toHaveProperty('leftOut');
    expect(lines[1]).toHaveProperty('leftOut', 2);
  });
});
