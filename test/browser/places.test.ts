import type { Browser } from 'playwright-core';
import { startWorld, type World } from '../world.ts';
import { openBrowser, openChat, say, takePicture } from './chat-page.ts';

/** Group chats, meetings, private and shared channels, in a browser as wide as a desk and as a phone. */
describe.each([1280, 390])('the places of several people on a page %i pixels wide', (width) => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', targetedMessages: true });
    await world.app().tick();
    for (const where of ['#exemption-audit', '#with-supplier']) await world.teams.install(where);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  it('are listed for whoever is in them', async () => {
    const page = await openChat(browser, world, 'bob', 'personal', 1280);
    const list = page.getByRole('navigation');
    for (const name of ['Shop migration', 'Exemption review', 'exemption-audit', 'with-supplier'])
      expect(await list.getByRole('link', { name }).count()).toBe(1);
    const dans = await openChat(browser, world, 'dan', 'personal', 1280);
    for (const name of ['Shop migration', 'exemption-audit'])
      expect(await dans.getByRole('link', { name }).count()).toBe(0);
    await takePicture(page, `places-list-${width}`);
  });

  it('show in a group chat to one person what is for one person', async () => {
    const bobs = await openChat(browser, world, 'bob', 'Shop migration', width);
    const carols = await openChat(browser, world, 'carol', 'Shop migration', width);
    await say(bobs, '@Exemption Desk exemptions expiring');
    await bobs.getByText('Only you can see this message').waitFor();
    await carols.getByText('exemptions expiring').waitFor();
    expect(await carols.getByText('Only you can see this message').count()).toBe(0);
    await takePicture(bobs, `places-alone-${width}`);
    await takePicture(carols, `places-others-${width}`);
  });

  it('show in a shared channel nothing but the question', async () => {
    const page = await openChat(browser, world, 'bob', 'with-supplier', width);
    await say(page, '@Exemption Desk subscribe contoso');
    await page.getByText('People of other organisations can read').waitFor();
    await takePicture(page, `places-shared-${width}`);
  });

  it('are a chat in words and in dark colours', async () => {
    const page = await openChat(browser, world, 'bob', 'Exemption review', width);
    await say(page, '@Exemption Desk subscribe contoso');
    await page.getByText('This chat now receives alerts').waitFor();
    await page.goto(`${world.teams.url}/?as=bob&in=Exemption%20review&theme=dark`);
    await page.getByText('This chat now receives alerts').waitFor();
    await takePicture(page, `places-dark-${width}`);
  });
});
