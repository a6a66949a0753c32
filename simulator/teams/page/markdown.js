const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => escapes[character]);

const link = (title, target) => `<a href="${target}" target="_blank" rel="noopener noreferrer">${title}</a>`;

const inline = (escaped) =>
  escaped
    .replace(/\[([^\]]+)\]\(((?:https?:\/\/|mailto:)[^\s)"]+)\)/g, (_all, title, target) => link(title, target))
    .replace(/\*\*(?=\S)(.+?)\*\*/g, '<b>$1</b>')
    .replace(/(?<![\w*])\*(?=\S)([^*]+?)\*(?![\w*])/g, '<i>$1</i>')
    .replace(/(?<![\w_/])_(?=\S)([^_]+?)_(?![\w_])/g, '<i>$1</i>');

const listItem = /^\s*(?:([-*])|\d+[.)])\s+(.*)$/;

/** What Teams understands of Markdown: bold, italic, links and lists. Everything else, HTML above all, stays text. */
export const markdownToHtml = (text) => {
  // Escaped characters are kept out of the way of the patterns as private-use letters.
  const kept = [];
  const guarded = text.replace(/[\uE000-\uF8FF]/g, '').replace(/\\([\\`*_{}[\]()#+\-.!<>|&])/g, (_all, character) => {
    kept.push(escapeHtml(character));
    return String.fromCharCode(0xe000 + kept.length - 1);
  });
  const blocks = [];
  for (const line of guarded.replaceAll('\r\n', '\n').split(/[\r\n]/)) {
    const item = listItem.exec(line);
    const tag = item === null ? undefined : item[1] === undefined ? 'ol' : 'ul';
    const html = inline(escapeHtml(item === null ? line : item[2]));
    const last = blocks.at(-1);
    if (html === '' && last?.tag !== undefined) continue;
    if (last !== undefined && last.tag === tag) last.lines.push(html);
    else blocks.push({ tag, lines: [html] });
  }
  const html = blocks.map(({ tag, lines }) =>
    tag === undefined ? lines.join('<br>') : `<${tag}>${lines.map((line) => `<li>${line}</li>`).join('')}</${tag}>`,
  );
  return html.join('').replace(/[\uE000-\uF8FF]/g, (character) => kept[character.charCodeAt(0) - 0xe000] ?? '');
};

/** Shows `<at>Name</at>` as a mention where an entity stands for it; works on escaped HTML. */
export const withMentions = (html, entities = []) =>
  entities
    .filter(({ type, text }) => type === 'mention' && typeof text === 'string')
    .reduce((result, { text }) => {
      const escaped = escapeHtml(text);
      const name = escapeHtml(text.replace(/<\/?at[^>]*>/g, ''));
      return result.replaceAll(escaped, `<span class="mention">${name}</span>`);
    }, html);
