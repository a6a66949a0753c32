import { readFileSync } from 'node:fs';
import * as access from '../src/core/access/access.ts';

describe('the table of who may do what in the README', () => {
  it('names every action that Azure is asked about, and no other', () => {
    const asked = Object.values(access).filter((value) => typeof value === 'string');
    const [, section = ''] = readFileSync('README.md', 'utf8').split('## Who may do what');
    const [table = ''] = section.split('\n## ');
    const named = new Set([...table.matchAll(/`(Microsoft\.[^`]+)`/g)].map(([, action]) => action));

    expect([...named].toSorted()).toEqual(asked.toSorted());
  });
});
