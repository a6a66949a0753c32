/** User text inside Markdown, on one line: shown as typed, never as a heading, a list, a link, HTML or the end of a table cell. */
export const markdownText = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|~&!#:@]/g, '\\$&')
    .replace(/www\./gi, (start) => `${start.slice(0, -1)}\\.`)
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');

/** User text as a quotation that keeps its lines. */
export const markdownQuote = (text: string): string =>
  text
    .split(/\r\n|[\r\n]/)
    .map((line) => `> ${markdownText(line)}`.trim())
    .join('\n');

/** An id or a hash as code. */
export const markdownCode = (text: string): string => `\`${text.replace(/[`|\s]/g, ' ')}\``;
