import { cleanText } from './plain-text.ts';
import { shortened } from '../core/visible-text.ts';

/** A piece of text on a card, shown literally; with an action it is a link. */
export type TextRun = Readonly<Record<string, unknown>>;

/** Above this number of links in a text the others are only text: each makes the card larger. */
const mostLinks = 8;
const longestLink = 500;
/** Of the part behind the host; the host is never cut, because it says where a link leads. */
const longestPath = 60;

const address = /https:\/\/[^\s<>"“”„`|\\^]+/gi;
/** What ends a sentence, not an address. */
const punctuation = /[.,;:!?)\]}'’]+$/;

/** The address as a browser reads it, if a card may link to it: https, without a name before the host that could pass for one, and not cut off. */
const linkTo = (text: string): string | undefined => {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || text.endsWith('…')) return undefined;
  return url.href.length > longestLink ? undefined : url.href;
};

/** “https://host/path…”: the host as browsers write it, in ASCII, so that no letter passes for another. */
const shownAs = (href: string): string => {
  const { host, origin } = new URL(href);
  const path = href.slice(origin.length);
  return `https://${host}${path === '/' ? '' : shortened(path, longestPath)}`;
};

const run = (text: string, look: TextRun): TextRun => ({ type: 'TextRun', text, ...look });

const link = (text: string, url: string, look: TextRun): TextRun => ({
  ...run(text, look),
  color: 'accent',
  selectAction: { type: 'Action.OpenUrl', title: `Open ${new URL(url).host}`, url },
});

/** Text by people as runs, with each https address in it as a link. Nothing else in it means anything: it is no Markdown. */
export const linkedRuns = (given: string, look: TextRun = {}): TextRun[] => {
  // As the card shows it, so that a link leads where its text says.
  const text = cleanText(given);
  const runs: TextRun[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const said = found.endsWith('…') ? found : found.replace(punctuation, '');
    const url = linkTo(said);
    if (url === undefined) continue;
    if (runs.length >= 2 * mostLinks) break;
    runs.push(run(text.slice(from, index), look), link(shownAs(url), url, look));
    from = index + said.length;
  }
  return [...runs, run(text.slice(from), look)].filter((each) => each.text !== '');
};

/** A text that leads somewhere else than it says, with the host behind it. */
export const linkedTo = (text: string, url: string | undefined, look: TextRun = {}): TextRun[] => {
  const href = url === undefined ? undefined : linkTo(url);
  if (href === undefined || text === '') return linkedRuns(text, look);
  return [link(text, href, look), run(` (${new URL(href).host})`, { ...look, isSubtle: true })];
};
