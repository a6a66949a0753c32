import { reachOf, type Hit } from '../../../src/core/plan/reach.ts';
import { manyResources } from '../../../src/core/plan/width.ts';
import { everything, type Hierarchy } from '../../../src/core/tenant/hierarchy.ts';

const subscription = (index: number): string => `/subscriptions/10000000-0000-4000-8000-00000000000${index}`;
const online = '/providers/Microsoft.Management/managementGroups/online';
const hierarchy: Hierarchy = {
  managementGroups: [{ name: 'online', displayName: 'Online', ancestors: ['root'] }],
  subscriptions: [1, 2, 3].map((index) => ({
    id: subscription(index),
    displayName: `shop-${index}`,
    ancestors: index === 3 ? ['root'] : ['online', 'root'],
  })),
};
const group = `${subscription(3)}/resourceGroups/rg-web`;
const resource = (name: string): string => `${group}/providers/Microsoft.Storage/storageAccounts/${name}`;
const now = (affectedResources: number, unhealthyResources?: number): Hit => ({
  affectedResources,
  unhealthyResources,
  when: 'now',
});

describe('what a request hits', () => {
  it.each<[string, string[], Hit | undefined, boolean, string]>([
    [
      'a management group, with its subscriptions',
      [online],
      now(1208, 317),
      true,
      'Management group Online: 2 subscriptions, 1,208 resources now, 317 of them unhealthy, and every one created there later.',
    ],
    [
      'the whole tenant',
      [everything],
      now(9, 9),
      true,
      'everything: 3 subscriptions, 9 resources now, all of them unhealthy, and every one created there later.',
    ],
    [
      'a subscription',
      [subscription(3)],
      now(1, 0),
      true,
      'Subscription shop-3: 1 resource now, which is not unhealthy, and every one created there later.',
    ],
    [
      'a resource group, which is not wide',
      [group],
      now(12, 0),
      false,
      'Resource group shop-3 / rg-web: 12 resources now, none of them unhealthy, and every one created there later.',
    ],
    ['resources', [resource('a'), resource('b')], now(2, 1), false, '2 resources now, 1 of them unhealthy.'],
    [
      'scopes of several kinds, the wide ones before resource groups',
      [group, resource('a'), online, subscription(3)],
      now(40),
      true,
      '1 single resource, Management group Online, Subscription shop-3 and 1 more: 3 subscriptions, 40 resources now, and every one created there later.',
    ],
    [
      'an unknown number',
      [online],
      undefined,
      true,
      'Management group Online: 2 subscriptions, and every one created there later.',
    ],
    [
      'an unknown number in a subscription',
      [subscription(1)],
      undefined,
      true,
      'Subscription shop-1: every resource there, and every one created there later.',
    ],
    [
      'a number of an earlier day',
      [resource('a')],
      { affectedResources: 1, unhealthyResources: 1, when: 'when it was sent' },
      false,
      '1 resource when it was sent, which is unhealthy.',
    ],
  ])('says it of %s', (_, scopes, hit, isWide, sentence) => {
    expect(reachOf(scopes, hit, hierarchy)).toEqual({ isWide, sentence });
  });

  it.each([
    [{ all: 9, tagged: 4, untold: 0 }, '4 tagged as production'],
    [{ all: 9, tagged: 0, untold: 0 }, 'none tagged as production'],
    [{ all: 9, tagged: 0, untold: 9 }, 'tags not readable'],
    [{ all: 9, tagged: 4, untold: 3 }, '4 tagged as production (tags of 3 not readable)'],
    [{ all: 9, tagged: 4, untold: 3, hoursOld: 5 }, '4 tagged as production (tags of 3 not readable, 5 hours ago)'],
  ])('says what is tagged as production, or that it cannot be read: %j', (production, words) => {
    const { sentence } = reachOf([online], now(9, 2), hierarchy, { hoursOld: undefined, ...production })!;
    expect(sentence).toBe(
      `Management group Online: 2 subscriptions, 9 resources now, 2 of them unhealthy, ${words}, and every one created there later.`,
    );
    const one = reachOf([resource('a')], now(9, 2), hierarchy, { hoursOld: undefined, ...production })!;
    expect(one.sentence).toBe(`9 resources now, 2 of them unhealthy, ${words}.`);
  });

  it('is wide by its resources as well, wherever they are', () => {
    const many = manyResources;
    expect(reachOf([group], now(many - 1), hierarchy)).toMatchObject({ isWide: false });
    expect(reachOf([group], now(many), hierarchy)).toMatchObject({ isWide: true });
    expect(reachOf([resource('a'), resource('b')], now(many), hierarchy)).toMatchObject({ isWide: true });
  });

  it('says nothing of resources whose state is unknown', () => {
    expect(reachOf([resource('a')], undefined, hierarchy)).toBeUndefined();
  });
});
