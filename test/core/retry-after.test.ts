import { waitIn } from '../../src/core/retry-after.ts';

const now = Date.parse('2026-03-02T09:00:00Z');

it.each([
  { header: '7', wait: 7000 },
  { header: 'Mon, 02 Mar 2026 09:00:30 GMT', wait: 30_000 },
  { header: 'Mon, 02 Mar 2026 08:00:00 GMT', wait: 0 },
  { header: 'soon', wait: undefined },
  { header: undefined, wait: undefined },
])('reads Retry-After: $header', ({ header, wait }) => {
  expect(waitIn(header, now)).toBe(wait);
});

it('knows no wait until a date where nobody says what time it is', () => {
  expect(waitIn('Mon, 02 Mar 2026 09:00:30 GMT', NaN)).toBeUndefined();
});
