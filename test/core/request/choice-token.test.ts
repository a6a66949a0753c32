import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { chosenOf, choiceTokens, lostSentence } from '../../../src/core/request/choice-token.ts';
import { vm1, vm10 } from '../contoso.ts';

const tokenOf = choiceTokens((text) => createHash('sha256').update(text).digest('hex'));
const offer = (...ids: readonly string[]) => ids.map((id) => ({ id }));

describe('a token', () => {
  it.each([`${vm1},b0`, `${vm1}, ${vm10}`, '/subscriptions/1/resourceGroups/a (b)', 'ü', ''])(
    'is of characters that no list takes apart: %s',
    (id) => {
      expect(tokenOf(id)).toMatch(/^[0-9a-f]{24}$/);
      expect(tokenOf(id.toUpperCase())).toBe(tokenOf(id));
    },
  );
});

describe('what is chosen', () => {
  it('is of the page what is ticked, and of all else what was chosen before', () => {
    const [a, b, c, d] = ['/a', '/b', '/c', '/d'];
    const shown = [tokenOf(c), tokenOf(d)];
    const ticks = { ticked: [tokenOf(d)], shown };
    expect(chosenOf(['/A', b, c], ticks, offer(a, b, c, d), tokenOf)).toEqual({ ids: ['/A', b, d], lost: 0 });
  });

  it('is only what is offered, and tells how much is not', () => {
    const ticked = [tokenOf(vm1), tokenOf(vm10), vm1, 'b0'];
    expect(chosenOf([], { ticked, shown: [] }, offer(vm1), tokenOf)).toEqual({ ids: [vm1], lost: 3 });
    expect(lostSentence(3)).toMatch(/^3 of the selected resources are not offered any more/);
    expect(lostSentence(0)).toBeUndefined();
  });

  it('is nothing that was chosen before on a card that does not say what it showed', () => {
    expect(chosenOf([vm1], { ticked: [], shown: undefined }, offer(vm1), tokenOf).ids).toEqual([]);
  });

  it('costs no more than the page, in however large a tenant, and is found anywhere where the card does not say its page', () => {
    const all = Array.from({ length: 20_000 }, (_, index) => `/r${index}`);
    const page = all.slice(12_000, 12_010);
    let hashed = 0;
    const counting = (id: string): string => {
      hashed += 1;
      return tokenOf(id);
    };
    const ticks = { ticked: page.slice(2, 5).map(tokenOf), shown: page.map(tokenOf) };
    const expected = { ids: page.slice(2, 5), lost: 0 };
    expect(chosenOf([], { ...ticks, first: 12_000 }, offer(...all), counting)).toEqual(expected);
    expect(hashed).toBeLessThanOrEqual(10);
    expect(chosenOf([], ticks, offer(...all), counting)).toEqual(expected);
    // The list may have changed since, and what a card carries may be forged.
    for (const first of [0, 12_004, 19_999, 1_000_000, -3])
      expect(chosenOf([], { ...ticks, first }, offer(...all), tokenOf).lost).toBe(0);
  });

  it('is the same whatever the way through the pages', () => {
    const all = Array.from({ length: 9 }, (_, index) => `/r${index}`);
    const pages = [all.slice(0, 3), all.slice(3, 6), all.slice(6)];
    const turns = fc.array(fc.tuple(fc.nat(2), fc.subarray(all)), { maxLength: 12 });
    fc.assert(
      fc.property(turns, (steps) => {
        let before: readonly string[] = [];
        const expected = new Map<string, boolean>();
        for (const [number, wanted] of steps) {
          const page = pages[number]!;
          const ticked = page.filter((id) => wanted.includes(id));
          page.forEach((id) => expected.set(id, ticked.includes(id)));
          before = chosenOf(
            before,
            { ticked: ticked.map(tokenOf), shown: page.map(tokenOf) },
            offer(...all),
            tokenOf,
          ).ids;
        }
        expect([...before].sort()).toEqual(all.filter((id) => expected.get(id) === true));
      }),
    );
  });
});
