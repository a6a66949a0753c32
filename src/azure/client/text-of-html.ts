import { decodeHTMLStrict } from 'entities/lib/decode.js';

/** The elements that Defender formats its texts with. Anything else in angle brackets is a placeholder, such as <vm-name>. */
const elements =
  'a|abbr|b|blockquote|br|center|code|dd|div|dl|dt|em|font|h[1-6]|hr|i|img|li|ol|p|pre|small|span|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|u|ul';
const tagOf = (names: string): RegExp => new RegExp(`<(?:${names})(?=[\\s/>])(?:"[^"]*"|'[^']*'|[^'">])*>`, 'gi');

const item = tagOf('li');
const lineEnd = tagOf('br|hr|/(?:p|div|ol|ul|dl|tr|h[1-6])');
const otherTag = tagOf(`/?(?:${elements})`);

/** The readable text of HTML from Defender for Cloud: lines for breaks and paragraphs, dashes for list items, no tags, placeholders as they are. */
export const textOfHtml = (html: string): string =>
  decodeHTMLStrict(html.replace(/\s+/g, ' ').replace(item, '\n- ').replace(lineEnd, '\n').replace(otherTag, ''))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
