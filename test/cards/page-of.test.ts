import { pageOf, pageRead } from '../../src/cards/page-of.ts';

const goTo = (page: number) => ({ verb: 'list-requests', which: 'all', status: 'any', page }) as const;
const titles = (buttons: readonly object[]) => buttons.map((each) => (each as { title: string }).title);
const rows = Array.from({ length: 42 }, (_, index) => index);

describe('the pages of a card', () => {
  it.each([
    { wanted: 1, label: '1–10 of 42', buttons: ['Next'] },
    { wanted: 3, label: '21–30 of 42', buttons: ['Previous', 'Next'] },
    { wanted: 99, label: '41–42 of 42', buttons: ['Previous'] },
  ])('of a list that is all there, page $wanted', ({ wanted, label, buttons }) => {
    const page = pageOf(rows, wanted, goTo);
    expect([page.label, titles(page.buttons)]).toEqual([label, buttons]);
  });

  it('say where a list goes on further than it was read', () => {
    const page = pageRead({ rows: rows.slice(0, 10), number: 1, size: 10, found: 1001, isOpen: true }, goTo);
    expect([page.label, titles(page.buttons)]).toEqual(['1–10 of more than 1,000', ['Next']]);
  });

  it('have neither label nor buttons where there is one', () => {
    const page = pageOf(rows.slice(0, 10), 1, goTo);
    expect([page.label, page.buttons]).toEqual(['', []]);
  });
});
