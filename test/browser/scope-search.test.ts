import type { Browser } from 'playwright-core';
import { startWorld, type World } from '../world.ts';
import { storageRecommendation } from '../scenario/steps.ts';
import { cardWith, openBrowser, openChat, pressSecondary, say, takeCardPicture } from './chat-page.ts';

/** The search of the request form, in a browser as wide as a desk and as a phone. */
describe.each([1280, 390])('searching scopes on a page %i pixels wide', (width) => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  it('adds what was found to the request', async () => {
    const page = await openChat(browser, world, 'bob', 'personal', width);
    // The other width left a card of the same recommendation; the answer is waited for.
    const cards = page.locator('.ac-adaptiveCard', { hasText: 'Request exemption' });
    const before = await cards.count();
    await say(page, `recommendation ${storageRecommendation}`);
    const recommendation = cards.nth(before);
    await recommendation.waitFor();
    await pressSecondary(page, recommendation, 'Open as a message');
    const form = await cardWith(page, 'step 1 of 2');
    await form.getByRole('combobox', { name: /search scopes/ }).fill('rg-corp');
    await form.getByRole('listbox').getByRole('option', { name: 'Resource group corp-prod / rg-corp-web' }).click();
    await form.getByRole('combobox', { name: /search scopes/ }).fill('shop-test');
    await form.getByRole('listbox').getByRole('option', { name: 'Subscription shop-test' }).click();
    await takeCardPicture(page, 'step 1 of 2', `scope-search-${width}`);
    expect(await form.getByText('Teams would not show').count()).toBe(0);
    await form.getByRole('radio', { name: /Waiver/ }).check();
    await form.getByRole('textbox', { name: /Justification/ }).fill('The old uploader cannot speak TLS until spring.');
    await form.getByRole('button', { name: 'Preview' }).click();
    const preview = await cardWith(page, 'step 2 of 2');
    await expect(preview.innerText()).resolves.toMatch(/corp-prod \/ rg-corp-web, shop-test|shop-test, corp-prod/);
  });
});
