import type { Browser } from 'playwright-core';
import { openBrowser } from './chat-page.ts';
import { startCardsPage } from './cards-page.ts';

/**
 * What of a card can be clicked and is lower or narrower than a finger, and so near to something else that one hits that: a circle of 44 pixels around
 * its middle meets another target or the circle of another small one (the exception of WCAG 2.5.8, at the size of 2.5.5). Teams itself sizes buttons and fields; links within
 * a text are as high as the text.
 */
const tooSmall = `[...document.querySelectorAll('section')].flatMap((section) => {
  const finger = 44;
  const targets = [...section.querySelectorAll('div.ac-selectable')].filter((each) => each.offsetParent !== null);
  const boxes = targets.map((target) => ({ target, box: target.getBoundingClientRect() }));
  const isSmall = ({ box }) => box.height < finger - 0.5 || box.width < finger - 0.5;
  const middle = ({ box }) => [box.x + box.width / 2, box.y + box.height / 2];
  const gap = ([x, y], { box }) =>
    Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  const meets = (one, other) =>
    gap(middle(one), other) < finger / 2 ||
    (isSmall(other) && Math.hypot(...middle(one).map((at, axis) => at - middle(other)[axis])) < finger);
  return boxes
    .filter((one) => isSmall(one) && boxes.some((other) => other !== one && !other.target.contains(one.target) && meets(one, other)))
    .map(({ target, box }) => section.dataset.card + ': ' + target.innerText + ' ' + Math.round(box.width) + '×' + Math.round(box.height));
})`;

/** What can be focused and whose ring, as wide as its outline and offset, something around it cuts off. */
const clipped = `[...document.querySelectorAll('section .ac-selectable, section .ac-pushButton')].filter((each) => each.offsetParent !== null).flatMap((target) => {
  target.focus({ focusVisible: true });
  const { outlineWidth, outlineOffset, outlineStyle } = getComputedStyle(target);
  const ring = outlineStyle === 'none' ? 0 : parseFloat(outlineWidth) + parseFloat(outlineOffset);
  const box = target.getBoundingClientRect();
  for (let around = target.parentElement; around.tagName !== 'SECTION'; around = around.parentElement) {
    if (getComputedStyle(around).overflow === 'visible') continue;
    const edge = around.getBoundingClientRect();
    if (box.left - ring < edge.left || box.right + ring > edge.right || box.top - ring < edge.top || box.bottom + ring > edge.bottom)
      return [target.closest('section').dataset.card + ': ' + target.innerText];
  }
  return outlineStyle === 'none' ? [target.innerText + ' has no ring'] : [];
})`;

describe('what can be clicked on a card', () => {
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

  it('is large enough for a finger on a phone', async () => {
    const page = await cards.open(browser, 'light', 390);
    expect(await page.evaluate(tooSmall)).toEqual([]);
    await page.close();
  });

  it.each([390, 1280])('has a focus ring that is seen whole at %s pixels', async (width) => {
    const page = await cards.open(browser, 'light', width);
    expect(await page.evaluate(clipped)).toEqual([]);
    await page.close();
  });
});
