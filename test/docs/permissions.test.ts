import { readFileSync } from 'node:fs';
import * as access from '../../src/core/access/access.ts';

describe('the table of who may do what in docs/permissions.md', () => {
  it('names every action that Azure is asked about, and no other', () => {
    const asked = Object.values(access).filter((value) => typeof value === 'string');
    const table = readFileSync('docs/permissions.md', 'utf8');
    const named = new Set([...table.matchAll(/`(Microsoft\.[^`]+)`/g)].map(([, action]) => action));

    expect([...named].toSorted()).toEqual(asked.toSorted());
  });
});
