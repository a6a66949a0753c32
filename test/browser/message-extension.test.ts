import type { Browser } from 'playwright-core';
import { startWorld, type World } from '../world.ts';
import { storageRecommendation } from '../scenario/steps.ts';
import { cardWith, openBrowser, openChat, takePicture } from './chat-page.ts';

const chat = 'Shop migration';

describe.each([1280, 390])('the message extension on a page %i pixels wide', (width) => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
    for (const person of ['alice', 'carol']) await world.teams.say(person, 'personal', 'help');
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  it('finds a recommendation and posts a title, whose details open for each alone', async () => {
    const page = await openChat(browser, world, 'carol', chat, width);
    await page.getByRole('button', { name: 'Search in Exemption Desk' }).click();
    const results = page.getByRole('group', { name: 'Results' });
    await results.getByRole('button').first().waitFor();
    await page.getByRole('searchbox', { name: 'Search in Exemption Desk' }).fill('secure transfer');
    const found = results.getByRole('button', { name: storageRecommendation });
    await found.waitFor();
    await takePicture(page, `extension-results-${width}`);
    await found.click();
    const posted = await cardWith(page, storageRecommendation);
    expect(await posted.getByRole('button').allTextContents()).toEqual(['Details']);
    await takePicture(page, `extension-posted-${width}`);
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);

    const other = await openChat(browser, world, 'alice', chat, width);
    await (await cardWith(other, storageRecommendation)).getByRole('button', { name: 'Details' }).click();
    const dialog = other.getByRole('dialog', { name: 'Recommendation' });
    await dialog.getByText('Remediation').first().waitFor();
    await takePicture(other, `extension-details-${width}`);
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('opens the form for the link in the message of somebody else', async () => {
    const { assessmentKey } = world.tenant.recommendations.find(
      ({ displayName }) => displayName === storageRecommendation,
    )!;
    const link = `https://portal.azure.com/#blade/Microsoft_Azure_Security/RecommendationsBlade/assessmentKey/${assessmentKey}`;
    await world.teams.say('bob', chat, `Who looks after ${link}?`);
    const page = await openChat(browser, world, 'alice', chat, width);
    const message = page.getByRole('article').filter({ hasText: 'Who looks after' });
    await message.hover();
    await message.getByRole('button', { name: 'Request an exemption' }).click();
    const dialog = page.getByRole('dialog', { name: 'Request an exemption' });
    await dialog.getByText('step 1 of 2').waitFor();
    await takePicture(page, `extension-form-${width}`);
    await dialog.getByRole('button', { name: 'Close' }).click();
    expect(await page.getByRole('log').getByText('step 1').count()).toBe(0);
  });
});
