import { interned } from '../../../src/azure/defender/interned.ts';

describe('equal texts that are kept once', () => {
  it('are equal to what was given, whatever was known before', () => {
    const once = interned(2);
    for (const text of ['a', 'b', 'a', 'c', 'b', 'a']) expect(once(text)).toBe(text);
  });
});
