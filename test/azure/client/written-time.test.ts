import fc from 'fast-check';
import { expiryOf, timeOf } from '../../../src/azure/client/written-time.ts';

describe('a time as Azure writes it', () => {
  it.each([
    ['2026-12-31T23:59:59Z', '2026-12-31T23:59:59.000Z'],
    ['2026-12-31T23:59:59.1234567Z', '2026-12-31T23:59:59.123Z'],
    ['2026-12-31T23:59:59.1234567', '2026-12-31T23:59:59.123Z'],
    ['2026-12-31T23:59', '2026-12-31T23:59:00.000Z'],
    ['2026-12-31 23:59:59', '2026-12-31T23:59:59.000Z'],
    ['2026-12-31', '2026-12-31T00:00:00.000Z'],
    ['2026-12-31T23:59:59+05:30', '2026-12-31T18:29:59.000Z'],
    ['2026-12-31T23:59:59.1234567-0800', '2027-01-01T07:59:59.123Z'],
    ['9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.999Z'],
    ['9999-12-31T23:59:59-08:00', '9999-12-31T23:59:59.999Z'],
    ['0001-01-01T00:00:00', '0001-01-01T00:00:00.000Z'],
    ['0001-01-01T00:00:00+14:00', '0001-01-01T00:00:00.000Z'],
  ])('%s is %s', (written, instant) => {
    expect(timeOf(written)?.toISOString()).toBe(instant);
  });

  it.each(['', 'never', '31.12.2026', '12/31/2026 23:59:59', '2026-13-01T00:00:00Z', '10000-01-01T00:00:00Z'])(
    '%j is none, and an expiry long past',
    (written) => {
      expect(timeOf(written)).toBeUndefined();
      expect(expiryOf(written)).toEqual(written === '' ? undefined : new Date(0));
    },
  );

  it.each([
    '9999-12-31T23:59:59.9999999Z',
    '9999-12-31T00:00:00Z',
    '9999-12-31T23:59:59-08:00',
    '9999-12-30T22:00:00Z',
  ])('%s is no expiry: with it tools say that something never ends', (written) =>
    expect(expiryOf(written)).toBeUndefined(),
  );

  it('ends in every year before', () => {
    expect(expiryOf('9998-12-31T23:59:59Z')?.getUTCFullYear()).toBe(9998);
  });

  it('gives back every instant that .NET can write, whatever the time zone of this machine', () => {
    const held = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(held, fc.stringMatching(/^\d{0,4}$/), fc.constantFrom('', 'Z', '+00:00'), (at, digits, zone) => {
        expect(timeOf(at.toISOString().replace('Z', `${digits}${zone}`))).toEqual(at);
      }),
    );
  });
});
