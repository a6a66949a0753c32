import fc from 'fast-check';
import { fitsInRow, longestPlaces } from '../../../src/core/plan/decided-together.ts';
import { decideSeveral } from '../../../src/cards/request/several-form.ts';
import { sampleData, timeZone } from '../sample-data.ts';

const { view } = sampleData({ text: (plain) => plain, rows: 3, idPadding: '' });
const { request } = view('pending');

const places = fc.array(fc.stringMatching(/^[a-z][a-z0-9-]{0,60}$/), { maxLength: 6 }).map((names) => names.join(', '));

it('offers a tick only where it names every scope whole, and says how many have none', () => {
  fc.assert(
    fc.property(fc.array(places, { maxLength: 10 }), (all) => {
      const requests = all.map((_, index) => ({ ...request, reference: `EX-AAAA${String(index)}` }));
      const labels = new Map(all.map((each, index) => [`EX-AAAA${String(index)}`, each]));
      const named = all.filter((each) => each !== '' && each.length <= longestPlaces);
      const [form] = decideSeveral(requests, labels, timeZone);
      const drawn = JSON.stringify(form ?? '');
      expect(form !== undefined).toBe(named.length > 1);
      if (form === undefined) return;
      for (const each of named) expect(drawn).toContain(` · ${each} · `);
      expect(drawn.match(/EX-AAAA\d-\d/g)).toHaveLength(named.length);
      expect(drawn.includes('no tick')).toBe(named.length < all.length);
    }),
  );
});

it.each([
  ['', false],
  ['shop-prod / rg-shop', true],
  ['x'.repeat(longestPlaces), true],
  ['x'.repeat(longestPlaces + 1), false],
])('takes “%s” for names that fit in a row or not', (names, fits) => expect(fitsInRow(names)).toBe(fits));
