import type { Browser } from 'playwright-core';
import { startWorld, type World } from '../world.ts';
import { sendRequest } from '../scenario/steps.ts';
import { cardWith, openBrowser, openChat, say, takePicture } from './chat-page.ts';

/** A report with its chart and its file, clicked in the chat page. */
describe('a report in the chat page', () => {
  let world: World;
  let browser: Browser;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
    browser = await openBrowser();
    await sendRequest(world, 'alice');
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  it.each([1280, 390])('is three numbers and a chart at %s px', async (width) => {
    const page = await openChat(browser, world, 'carol', 'personal', width);
    await say(page, 'report');
    const card = await cardWith(page, 'Worth a look');

    expect(await card.locator('.chart-row').count()).toBe(4);
    expect(await page.locator('.card-problems').count()).toBe(0);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await page.setViewportSize({ width, height: 1500 });
    await takePicture(page, `report-${width}`);
    await page.close();
  });

  it('becomes a file that can be downloaded', async () => {
    const page = await openChat(browser, world, 'carol', 'personal', 390);
    await say(page, 'report');
    await (await cardWith(page, 'Worth a look')).getByRole('button', { name: 'Get CSV file' }).click();
    const allow = page.getByRole('button', { name: 'Allow' });
    await allow.waitFor();
    await takePicture(page, 'report-file-offer');
    await allow.click();
    const link = page.getByRole('link', { name: /^exemption-report-.*\.csv$/ });
    await link.waitFor();
    await takePicture(page, 'report-file');

    const csv = await (await fetch((await link.getAttribute('href'))!)).text();
    expect(csv).toMatch(/^kind,title,severity/);
    await page.close();
  });
});
