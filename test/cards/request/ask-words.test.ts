import { askOf } from '../../../src/cards/request/ask-words.ts';
import type { RequestView } from '../../../src/core/chat/request-view.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import { sampleData } from '../sample-data.ts';

const { view } = sampleData({ text: (plain) => plain, rows: 2, idPadding: '' });
const title = '“Storage accounts should restrict network access using virtual network rules”';
const shown = (changes: Partial<ExemptionRequest>, scopeLabels = ['shop-prod / rg-shop-prod']): RequestView => {
  const pending = view('pending');
  return { ...pending, scopeLabels, request: { ...pending.request, ...changes } };
};
const { terms } = view('pending').request;

describe('the title of a request', () => {
  it.each<[string, Partial<ExemptionRequest>, string]>([
    [
      'is the ask',
      {},
      `Alice Anders asks to waive ${title} on shop-prod / rg-shop-prod for 30 days, until 21 Dec 2026`,
    ],
    [
      'does not call mitigated a waiver',
      { terms: { ...terms, category: 'Mitigated' } },
      `Alice Anders asks to count ${title} on shop-prod / rg-shop-prod as mitigated for 30 days, until 21 Dec 2026`,
    ],
    [
      'says that there is no end',
      { terms: { ...terms, expiresAt: undefined } },
      `Alice Anders asks to waive ${title} on shop-prod / rg-shop-prod without an end`,
    ],
    [
      'names what it renews',
      { renewal: { of: 'EX-0LD1', number: 2, firstLasted: 30 } },
      `Alice Anders asks to renew EX-0LD1, to waive ${title} on shop-prod / rg-shop-prod for 30 days, until 21 Dec 2026`,
    ],
    [
      'names what it changes',
      { renewal: { of: 'EX-0LD1', number: 0, firstLasted: 30 } },
      `Alice Anders asks to change EX-0LD1, to waive ${title} on shop-prod / rg-shop-prod for 30 days, until 21 Dec 2026`,
    ],
    [
      'stays true once it is decided',
      { status: 'rejected' },
      `Alice Anders asked to waive ${title} on shop-prod / rg-shop-prod until 21 Dec 2026`,
    ],
    [
      'says that nobody was asked first in an emergency',
      { status: 'applied', emergency: { ratifyBy: new Date('2026-11-24T13:05:00Z') } },
      `Alice Anders waived ${title} on shop-prod / rg-shop-prod in an emergency until 21 Dec 2026`,
    ],
    [
      'does not say that somebody asked for what was adopted',
      { status: 'effective', governance: { ...view('pending').request.governance, adopted: true } },
      `Alice Anders adopted the waiver of ${title} on shop-prod / rg-shop-prod until 21 Dec 2026`,
    ],
  ])('%s', (_, changes, words) => {
    expect(askOf(shown(changes))).toBe(words);
  });

  it('counts the other scopes', () => {
    expect(askOf(shown({}, ['a', 'b', 'c']))).toContain(`waive ${title} on a and 2 more for`);
  });
});
