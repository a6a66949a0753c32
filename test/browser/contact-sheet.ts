import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openBrowser } from './chat-page.ts';
import { startCardsPage, themes } from './cards-page.ts';

/** A card beside a chat, and on a phone. */
const widths = [1280, 390] as const;

const fileName = (card: string, theme: string, width: number): string =>
  `${card.replace(/\W+/g, '-')}.${theme}.${width}.png`;

const pictureOf = (card: string, theme: string, width: number): string =>
  `<td><img src="${fileName(card, theme, width)}" alt="${card}, ${theme}, ${width} pixels" loading="lazy"></td>`;

const sheetOf = (cards: readonly string[]): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Every card of Exemption Desk</title>
    <style>
      body { font: 14px sans-serif; background: #ddd; }
      td { vertical-align: top; padding: 8px; }
    </style>
  </head>
  <body>
    <h1>Every card, in three themes and two widths</h1>
${cards
  .map((card) => {
    const pictures = themes.flatMap((theme) => widths.map((width) => pictureOf(card, theme, width)));
    return `    <h2>${card}</h2>\n    <table><tr>${pictures.join('')}</tr></table>`;
  })
  .join('\n')}
  </body>
</html>
`;

/** `npm run pictures -- FOLDER`: draws every card in every theme at both widths, and one page that shows them side by side. */
const folder = resolve(process.argv[2] ?? 'pictures');
mkdirSync(folder, { recursive: true });
const cards = await startCardsPage();
const browser = await openBrowser();
for (const theme of themes)
  for (const width of widths) {
    const page = await cards.open(browser, theme, width);
    for (const card of cards.names)
      await page
        .locator(`section[data-card="${card}"]`)
        .screenshot({ path: join(folder, fileName(card, theme, width)) });
    await page.close();
  }
const sheet = join(folder, 'index.html');
writeFileSync(sheet, sheetOf(cards.names));
await browser.close();
await cards.close();
process.stdout.write(`${cards.names.length} cards, in ${themes.length} themes and ${widths.length} widths: ${sheet}\n`);
