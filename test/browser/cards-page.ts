import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { pageFiles } from '../../simulator/teams/page-files.ts';
import { createRouter } from '../../simulator/teams/router.ts';
import { cardSamples } from '../cards/card-samples.ts';
import type { Flavour } from '../cards/sample-data.ts';

export const themes = ['light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

/** Long enough lists, in words as people write them. */
const realistic: Flavour = { text: (plain) => plain, rows: 12, idPadding: '' };

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Cards</title>
    ${[
      '/adaptivecards/adaptivecards',
      '/page/theme/theme',
      '/page/frame',
      '/page/messages',
      '/page/card/card',
      '/page/card/badge',
      '/page/card/chart',
      '/page/card/progress',
      '/page/card/widths',
      '/page/card/search',
    ]
      .map((name) => `<link rel="stylesheet" href="${name}.css" />`)
      .join('\n    ')}
    <script src="/adaptivecards/adaptivecards.min.js"></script>
    <style>body { display: block; height: auto; padding: 12px; background: var(--canvas); } section { margin-bottom: 24px; }</style>
  </head>
  <body><main></main></body>
</html>`;

/** Draws cards one below the other with the chat page's own code; nothing happens when their buttons are pressed. */
const drawAll = `async (cards) => {
  const { drawCardWith } = await import('/page/card/card.js');
  const hands = { submit: async () => {}, execute: async () => {}, search: async () => ({ found: [] }) };
  for (const { name, content } of cards) {
    const section = document.createElement('section');
    section.dataset.card = name;
    section.setAttribute('aria-label', name);
    section.append(drawCardWith(content, hands));
    document.querySelector('main').append(section);
  }
}`;

/** Serves the parts of the chat page, with a page that shows every sample of a card in a theme. */
export const startCardsPage = async () => {
  const server = createServer(
    createRouter({ ...pageFiles, 'GET /cards': () => ({ headers: { 'content-type': 'text/html' }, content: html }) }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cards = Object.entries(cardSamples(realistic)).map(([name, { content }]) => ({ name, content }));
  return {
    names: cards.map(({ name }) => name),
    /** The page with all cards, as wide as told. */
    open: async (browser: Browser, theme: Theme, width: number): Promise<Page> => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, deviceScaleFactor: 1 });
      await page.goto(`http://127.0.0.1:${port}/cards?theme=${theme}`);
      await page.evaluate(`(${drawAll})(${JSON.stringify(cards)})`);
      return page;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};
