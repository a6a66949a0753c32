import { isExpired } from '../../../src/core/exemption/exemption.ts';
import { now } from '../policies.ts';

it.each([
  ['ended a millisecond ago', new Date(now.getTime() - 1), true],
  ['ends now', now, true],
  ['ends in a millisecond', new Date(now.getTime() + 1), false],
  ['never ends', undefined, false],
])('an exemption that %s', (_, expiresAt, expired) => {
  expect(isExpired({ expiresAt }, now)).toBe(expired);
});
