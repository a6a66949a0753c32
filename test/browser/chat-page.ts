import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import type { World } from '../../simulator/start.ts';

/** Where pictures go: `PICTURES=docs/pictures npm run test:browser` renews those of the documentation. */
const pictures = process.env.PICTURES ?? join(tmpdir(), 'exemption-desk-pictures');

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });

/** The chat page as one person sees it in one chat ("personal" or a channel without its #). */
export const openChat = async (
  browser: Browser,
  world: World,
  person: string,
  chat = 'personal',
  width = 1280,
): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width, height: 900 }, deviceScaleFactor: 2 });
  await page.goto(`${world.teams.url}/?as=${person}&in=${chat}`);
  await page.getByRole('log', { name: 'Messages' }).waitFor();
  return page;
};

/** Types a message and sends it. */
export const say = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox', { name: /^(Type a message|Start a post)/ }).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).last().click();
};

/** The card whose text contains something, once it is there; the newest one. */
export const cardWith = async (page: Page, text: string | RegExp) => {
  const card = page.locator('.ac-adaptiveCard', { hasText: text }).last();
  await card.waitFor();
  return card;
};

/** Unfolds a card until something on it is visible: a client that draws the card again folds it. */
export const unfold = async (card: Locator, wanted: Locator): Promise<void> => {
  for (let attempt = 0; attempt < 5 && !(await wanted.isVisible()); attempt += 1) {
    await card.getByRole('button', { name: 'More', exact: true }).click();
    await wanted.waitFor({ timeout: 2000 }).catch(() => undefined);
  }
};

/** Presses a button of a card that stands in its overflow menu. */
export const pressSecondary = async (page: Page, card: Locator, title: string): Promise<void> => {
  await card.getByRole('button', { name: 'More options' }).last().click();
  await page.getByText(title, { exact: true }).last().click();
};

export const takePicture = async (page: Page, name: string): Promise<void> => {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
};

/**
 * A picture of one card. The page is made tall for it: in a usual window the header would cover the top of a long card.
 * The part of the page is cut out by its place: `locator.screenshot` waits for two frames, which a page that is not at
 * the front may never draw.
 */
export const takeCardPicture = async (page: Page, text: string, name: string): Promise<void> => {
  mkdirSync(pictures, { recursive: true });
  const card = await cardWith(page, text);
  const { width = 1280, height = 900 } = page.viewportSize() ?? {};
  await page.setViewportSize({ width, height: 2600 });
  const clip = await card.boundingBox();
  await page.screenshot({ path: join(pictures, `${name}.png`), ...(clip !== null && { clip }) });
  await page.setViewportSize({ width, height });
};
