import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './chat-page.ts';
import { startCardsPage } from './cards-page.ts';

/** A fact of each card that has some. */
const facts = [
  ['pending request for a reader', 'Requested by'],
  ['preview', 'Secure score'],
  ['status', 'Alerts waiting'],
  ['report', 'Median time to decide'],
] as const;

/** Where the value of a fact stands: the text that follows its label. */
const placeOf = async (page: Page, card: string, label: string): Promise<string> => {
  const texts = page.locator(`section[data-card="${card}"] .ac-richTextBlock:visible`);
  const at = (await texts.allInnerTexts()).findIndex((text) => text.trim() === label);
  const [name, value] = [await texts.nth(at).boundingBox(), await texts.nth(at + 1).boundingBox()];
  if (at < 0 || name === null || value === null) return 'missing';
  if (value.y >= name.y + name.height - 1 && value.x < name.x + name.width)
    return value.x === name.x ? 'below' : 'below, moved';
  return value.x >= name.x + name.width - 1 ? 'beside' : 'over it';
};

/** A phone is too narrow for two columns: each word of the value would stand on a line of its own. */
describe('facts of cards', () => {
  let cards: Awaited<ReturnType<typeof startCardsPage>>;
  let browser: Browser;

  beforeAll(async () => {
    cards = await startCardsPage();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await cards.close();
  });

  it.each([
    ['stand below their labels on a phone', 390, 'below'],
    ['stand beside their labels in a chat', 1280, 'beside'],
  ])('%s', async (_name, width, wanted) => {
    const page = await cards.open(browser, 'light', width);
    for (const [card, label] of facts) expect([card, await placeOf(page, card, label)]).toEqual([card, wanted]);
    await page.close();
  });

  it('move when the window is made narrower', async () => {
    const page = await cards.open(browser, 'light', 1280);
    await page.setViewportSize({ width: 390, height: 900 });
    expect(await placeOf(page, 'status', 'Alerts waiting')).toBe('below');
    await page.close();
  });
});
