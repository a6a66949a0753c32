import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './chat-page.ts';
import { startCardsPage, themes } from './cards-page.ts';

const axe = fileURLToPath(import.meta.resolve('axe-core'));

type Violation = { id: string; nodes: { html: string; failureSummary: string }[] };

/** It joins the words of blocks without a blank, so that no name of a row could hold them; the test after it looks at names instead. */
const misread = { 'label-content-name-mismatch': { enabled: false } };

const violationsOn = async (page: Page): Promise<string[]> => {
  await page.addScriptTag({ path: axe });
  const violations = await page.evaluate<Violation[]>(
    `axe.run('main', { resultTypes: ['violations'], rules: ${JSON.stringify(misread)} }).then(({ violations }) => violations)`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
  );
};

/** What is seen in a click target, line by line, but not heard. */
const unheard = `[...document.querySelectorAll('div.ac-selectable[role="button"]')].flatMap((target) =>
  target.innerText.split('\\n').filter((line) => !target.getAttribute('aria-label').includes(line.trim())))`;

/** Badges do not wrap; Teams cuts them off. */
const cutOff = `[...document.querySelectorAll('.badge')].filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.innerText)`;

/** Every card under the host configurations for Teams that Microsoft publishes, and under high contrast. */
describe.each(themes)('every card in the theme %s', (theme) => {
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

  it.each([390, 1280])(
    'violates no rule of axe at %s pixels, cuts no badge off, and says the whole of what can be clicked',
    async (width) => {
      const page = await cards.open(browser, theme, width);
      expect(await page.locator('section').count()).toBe(cards.names.length);
      expect(await violationsOn(page)).toEqual([]);
      expect(await page.evaluate(unheard)).toEqual([]);
      expect(await page.evaluate(cutOff)).toEqual([]);
      await page.close();
    },
  );
});
