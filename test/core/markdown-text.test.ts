import { markdownQuote, markdownText } from '../../src/core/markdown-text.ts';

describe('words of a person in Markdown', () => {
  it.each([
    ['**bold** _it_', '\\*\\*bold\\*\\* \\_it\\_'],
    ['[link](https://evil.example)', '\\[link\\](https\\://evil.example)'],
    ['www.evil.example', 'www\\.evil.example'],
    ['<img src=x>', '\\<img src=x\\>'],
    ['a | b', 'a \\| b'],
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['two\nlines', 'two lines'],
    ['Größe 5 - 3 = 2', 'Größe 5 - 3 = 2'],
  ])('shows %j as typed', (typed, markdown) => {
    expect(markdownText(typed)).toBe(markdown);
  });

  it('keeps lines inside the quotation', () => {
    expect(markdownQuote('first\n\n# second\r\n> third')).toBe('> first\n>\n> \\# second\n> \\> third');
  });
});
