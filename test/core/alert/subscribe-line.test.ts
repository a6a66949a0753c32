import fc from 'fast-check';
import { kindWords } from '../../../src/core/alert/alert-kinds.ts';
import { subscribeLines } from '../../../src/core/alert/subscribe-line.ts';
import { placesTyped, subscriptionWish } from '../../../src/core/alert/subscription-words.ts';
import { everyAlert, type AlertFilter } from '../../../src/core/alert/subscription.ts';
import { severities } from '../../../src/core/tenant/severity.ts';
import { places, root, shopGroup, shopProd } from '../contoso.ts';

const key = '8a6e9d3b-0000-4000-8000-000000000001';
const minute = fc.integer({ min: 0, max: 1439 });
const anyFilter: fc.Arbitrary<AlertFilter> = fc.record({
  kinds: fc.option(
    fc.subarray([...kindWords.values()], { minLength: 1 }).map((words) => words.flat()),
    { nil: undefined },
  ),
  severity: fc.constantFrom(undefined, ...severities),
  digest: fc.constantFrom(undefined, 'daily' as const, 'weekly' as const),
  quiet: fc.option(
    fc.record({ from: minute, to: minute }).filter(({ from, to }) => from !== to),
    { nil: undefined },
  ),
  timeZone: fc.constantFrom(undefined, 'Europe/Berlin'),
});

describe('the line that subscribes again', () => {
  it('means what was subscribed, whatever that was', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...places), { minLength: 1 }),
        anyFilter,
        fc.boolean(),
        fc.constantFrom(undefined, true as const),
        (scopes, filter, isNarrowed, ours) => {
          const recommendation = isNarrowed ? { key, title: 'Disks' } : undefined;
          const ended = scopes.map((scope) => ({
            kind: 'alerts' as const,
            scope,
            filter: { ...filter, ...(recommendation && { recommendation }), ...(ours && { ours }) },
          }));
          const wishes = subscribeLines(ended).map((line) => subscriptionWish(line.replace(/^subscribe /, '')));
          expect(wishes.flatMap((wish) => wish.scopes.flat())).toEqual(scopes);
          for (const wish of wishes) {
            expect(wish).toMatchObject({ filter, alerts: true, requests: false });
            expect(wish.recommendation).toBe(recommendation?.key);
            expect(wish.filter.ours).toBe(ours);
          }
        },
      ),
    );
  });

  it('names the scopes that a tag meant, because it may mean others by now', () => {
    expect(subscribeLines([{ kind: 'alerts', scope: shopProd, filter: { ...everyAlert, tag: 'env=prod' } }])).toEqual([
      `subscribe "${shopProd}"`,
    ]);
  });

  it('is one for what is alike, and another for requests', () => {
    const lines = subscribeLines([
      { kind: 'alerts', scope: shopProd, filter: everyAlert },
      { kind: 'alerts', scope: root, filter: { ...everyAlert, digest: 'daily' } },
      { kind: 'alerts', scope: shopGroup, filter: everyAlert },
      { kind: 'approvals', scope: shopGroup, filter: { ...everyAlert, recommendation: { key, title: 'Disks' } } },
    ]);
    expect(lines).toEqual([
      `subscribe "${shopProd}", "${shopGroup}"`,
      `subscribe "${root}" digest daily`,
      `approvals here for recommendation:"${key}" "${shopGroup}"`,
    ]);
    expect(placesTyped(lines.at(-1)!.replace('approvals here for ', ''))).toEqual({
      scopes: [[shopGroup]],
      recommendation: key,
    });
  });
});
