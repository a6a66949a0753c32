import type { Browser, Page } from 'playwright-core';

/** The page of Microsoft's Playground in its personal chat. Its fonts and links on the internet are out of reach, as on a closed network. */
export const openPlayground = async (browser: Browser, url: string, width = 1280): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width, height: 900 }, deviceScaleFactor: 2 });
  await page.route(
    ({ hostname }) => hostname !== '127.0.0.1',
    (route) => route.abort(),
  );
  const announced = page.waitForResponse((response) => response.url().endsWith('/installation'));
  await page.goto(url);
  await announced;
  return page;
};

/** Types into the box of the personal chat, which stands below all cards. */
export const sayInPlayground = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox').last().click();
  await page.keyboard.type(text);
  await page.getByRole('button', { name: 'Send Message' }).last().click();
};

export const openChannel = (page: Page, name: string): Promise<void> =>
  page.getByRole('treeitem', { name: new RegExp(name) }).click();
