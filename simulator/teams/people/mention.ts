import type { Json } from '../message.ts';

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** `[words](address)`, as somebody makes a link in the compose box, and an address alone. */
const linkPattern = /\[([^[\]]*)\]\((https:\/\/[^\s)]+)\)|(https:\/\/[^\s<>"]+)/g;

/** As Teams writes HTML: each address is an anchor, and its words hide it. */
export const htmlOf = (typed: string): string => {
  let [html, from] = ['', 0];
  for (const { 0: whole, 1: words, 2: behind, 3: bare = '', index } of typed.matchAll(linkPattern)) {
    const address = escapeHtml(behind ?? bare);
    html += `${escapeHtml(typed.slice(from, index))}<a href="${address}" rel="noreferrer noopener" title="${address}" target="_blank">${escapeHtml(words ?? bare)}</a>`;
    from = index + whole.length;
  }
  return html + escapeHtml(typed.slice(from));
};

/** The text beside the HTML has only the words of a link. */
const withoutAddresses = (typed: string): string =>
  typed.replace(linkPattern, (whole, words: string | undefined) => words ?? whole);

export type AddressedText = {
  /** The text that the bot reads; Teams puts a no-break space after a mention. */
  readonly text: string;
  readonly html: string;
  readonly shown: string;
  readonly mentions: Json[];
};

/** What a person typed, with each `@Bot Name` in a channel turned into a mention. */
export const addressedText = (
  typed: string,
  bot: { readonly id: string; readonly name: string },
  kind: 'personal' | 'channel' | 'groupChat',
): AddressedText => {
  const tag = `<at>${bot.name}</at>`;
  const pattern = new RegExp(`@${bot.name.replaceAll(/[^\w ]/g, '\\$&')}`, 'gi');
  const shown = kind !== 'personal' ? typed.replace(pattern, tag) : typed;
  const mentions = shown.split(tag).slice(1);
  const span = (index: number) =>
    `<span itemscope itemtype="http://schema.skype.com/Mention" itemid="${index}">${escapeHtml(bot.name)}</span>`;
  const html = shown
    .split(tag)
    .map((piece, index) => (index === 0 ? '' : span(index - 1)) + htmlOf(piece))
    .join('');
  return {
    text: withoutAddresses(shown).replaceAll(`${tag} `, `${tag}&nbsp;`),
    html: `<p>${html}</p>`,
    shown,
    mentions: kind !== 'personal' ? mentions.map(() => ({ type: 'mention', text: tag, mentioned: bot })) : [],
  };
};
