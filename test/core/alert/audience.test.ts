import fc from 'fast-check';
import { happeningsIn, hearingOf } from '../../../src/core/alert/audience.ts';
import { covers, everything } from '../../../src/core/tenant/hierarchy.ts';
import { everyAlert, type AlertFilter, type ChannelSubscription } from '../../../src/core/alert/subscription.ts';
import { bob, contoso, places, shopGroup, shopProd, vm1 } from '../contoso.ts';

const now = new Date('2026-11-21T12:00:00Z');
const to = (scope: string, filter: Partial<AlertFilter> = {}): ChannelSubscription => ({
  channelId: '19:c',
  kind: 'alerts',
  scope,
  filter: { ...everyAlert, ...filter },
  subscribedBy: bob,
  subscribedAt: now,
});
const heard = (
  subscriptions: readonly ChannelSubscription[],
  scopes: readonly string[],
  what: Partial<Parameters<ReturnType<typeof happeningsIn>>[0]> = {},
) =>
  hearingOf(
    subscriptions,
    now,
    'Europe/Berlin',
  )(happeningsIn(contoso)({ kind: 'created', severity: 'medium', scopes, alert: {}, ...what }));

describe('who hears of something', () => {
  it.each([
    ['all of it where nothing else was said', {}, true],
    ['the kinds that were named', { kinds: ['created', 'expired'] }, true],
    ['no other kind', { kinds: ['expired'] }, false],
    ['what is as bad as was said', { severity: 'medium' }, true],
    ['what is worse', { severity: 'low' }, true],
    ['nothing better', { severity: 'high' }, false],
  ] as const)('hears %s', (_, filter, hears) => {
    expect(heard([to(shopProd, filter)], [vm1]) !== undefined).toBe(hears);
  });

  it.each([
    ['19:c', true],
    ['19:d', false],
    [undefined, false],
  ])('hears what was asked for at %s where it follows its own: %s', (origin, hears) => {
    expect(heard([to(shopProd, { ours: true })], [vm1], { alert: { origin } }) !== undefined).toBe(hears);
  });

  it.each([
    ['high', true],
    ['critical', true],
    ['medium', true],
  ] as const)('hears what is critical where %s was said', (severity, hears) => {
    expect(heard([to(shopProd, { severity })], [vm1], { severity: 'critical' }) !== undefined).toBe(hears);
  });

  it('hears only what is critical where that was said', () => {
    expect(heard([to(shopProd, { severity: 'critical' })], [vm1], { severity: 'high' })).toBeUndefined();
  });

  it('hears what has no severity, whatever was said', () => {
    expect(heard([to(shopProd, { severity: 'high' })], [vm1], { severity: undefined })).toBeDefined();
  });

  it.each([
    ['its key', { recommendations: ['aaaa'] }, true],
    ['the key of another', { recommendations: ['bbbb'], facts: [{ label: 'Recommendation', text: 'Disks' }] }, false],
    ['its title, where no key is known', { facts: [{ label: 'Recommendation', text: 'Disks' }] }, true],
    ['another title', { facts: [{ label: 'Recommendation', text: 'Disks and 2 more' }] }, false],
  ] as const)('hears of one recommendation by %s', (_, alert, hears) => {
    const recommendation = { key: 'AAAA', title: 'Disks' };
    expect(heard([to(shopProd, { recommendation })], [vm1], { alert }) !== undefined).toBe(hears);
  });

  it('hears it by the most impatient of its subscriptions, and by which of them', () => {
    const subscriptions = [
      to(everything, { digest: 'daily' }),
      to(shopGroup, { quiet: { from: 0, to: 1080 } }),
      to(shopProd, { kinds: ['expired'] }),
    ];

    expect(heard(subscriptions, [vm1])).toEqual({
      dueAt: new Date('2026-11-21T17:00:00Z'),
      digest: false,
      scopes: [everything, shopGroup],
    });
  });

  it('is whoever watches a scope that covers one of the places, as everywhere else', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(everything, ...places),
        fc.uniqueArray(fc.constantFrom(...places), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        (scope, where, upper) => {
          const given = where.map((place) => (upper ? place.toUpperCase() : place));
          const hears = heard([to(scope)], given) !== undefined;
          expect(hears).toBe(given.some((place) => covers(scope, place, contoso)));
        },
      ),
    );
  });
});
