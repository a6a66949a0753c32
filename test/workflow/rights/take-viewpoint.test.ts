import fc from 'fast-check';
import { readAssessments, type Access } from '../../../src/core/access/access.ts';
import { isAtOrUnder, sameId } from '../../../src/core/tenant/arm-id.ts';
import { everything } from '../../../src/core/tenant/hierarchy.ts';
import { everyAlert, type ChannelSubscription } from '../../../src/core/alert/subscription.ts';
import { canSee, takeViewpoint, type Viewpoint } from '../../../src/workflow/rights/take-viewpoint.ts';
import { allowedByHand, anyAccess } from '../../core/azure-rules.ts';
import { alice, bob, contoso, inside, places, shopGroup, shopProd, vm1 } from '../../core/contoso.ts';

const channelId = '19:channel';
const seenBy = (access: Access, disclosed?: readonly string[]): Promise<Viewpoint> => {
  const all = (disclosed ?? []).map((scope): ChannelSubscription => ({
    channelId,
    kind: 'alerts',
    scope,
    filter: everyAlert,
    subscribedBy: bob,
    subscribedAt: new Date('2026-03-01T12:00:00Z'),
  }));
  return takeViewpoint(
    {
      hierarchy: async () => contoso,
      forReading: async () => access,
      database: {
        subscriptions: { of: async () => all },
      },
    },
    { person: alice, channelId: disclosed === undefined ? undefined : channelId },
  );
};

/** Whether a query within `where` would return a row about a resource. */
const isQueried = ({ subscriptions, narrower, hidden = [] }: Viewpoint['where'], resource: string): boolean =>
  [...subscriptions, ...narrower].some((scope) => isAtOrUnder(resource, scope)) &&
  !hidden.some((scope) => isAtOrUnder(resource, scope));

const resources = places.filter((place) => place.startsWith('/subscriptions/'));
const reader = (scope: string) => ({
  scope,
  roleName: 'Reader',
  actions: ['*/read'],
  notActions: [],
  conditions: [],
});
const denial = (scope: string, appliesToChildScopes = true) => ({
  scope,
  name: 'hidden',
  actions: ['*'],
  notActions: [],
  conditions: [],
  appliesToChildScopes,
});

describe('what a person may see', () => {
  it('lacks what a deny assignment below their role hides', async () => {
    const viewpoint = await seenBy({ grants: [reader(shopProd)], denials: [denial(shopGroup)], eligible: [] });
    expect(viewpoint.where.subscriptions.some((each) => sameId(each, shopProd))).toBe(true);
    expect(canSee(viewpoint, shopProd)).toBe(true);
    expect(canSee(viewpoint, vm1)).toBe(false);
    expect(isQueried(viewpoint.where, vm1)).toBe(false);
  });

  it('is all there where a deny assignment leaves reading alone', async () => {
    const sparing = { ...denial(shopGroup), notActions: ['*/read'] };
    const viewpoint = await seenBy({ grants: [reader(shopProd)], denials: [sparing], eligible: [] });
    expect(viewpoint.where).not.toHaveProperty('hidden');
    expect(canSee(viewpoint, vm1)).toBe(true);
  });

  it('is never more than Azure allows and the channel discloses', async () => {
    const disclosures = fc.option(fc.array(fc.constantFrom(everything, ...places), { maxLength: 3 }), {
      nil: undefined,
    });
    await fc.assert(
      fc.asyncProperty(anyAccess, disclosures, async (access, disclosed) => {
        const viewpoint = await seenBy(access, disclosed);
        const isDisclosed = (place: string) => disclosed?.some((scope) => inside(place, scope)) ?? true;
        const shown = places.filter((place) => canSee(viewpoint, place));
        const queried = resources.filter((resource) => isQueried(viewpoint.where, resource));
        for (const place of [...shown, ...queried])
          expect([place, allowedByHand(access, readAssessments, place) && isDisclosed(place)]).toEqual([place, true]);
      }),
      { numRuns: 500 },
    );
  });

  it('is all that Azure allows where nothing is denied', async () => {
    await fc.assert(
      fc.asyncProperty(anyAccess, async (given) => {
        const access = { ...given, denials: [] };
        const { where } = await seenBy(access);
        for (const resource of resources)
          expect(isQueried(where, resource)).toBe(allowedByHand(access, readAssessments, resource));
      }),
    );
  });
});
