import { linkedRuns, linkedTo } from '../../src/cards/linked-text.ts';

const linksIn = (text: string) =>
  linkedRuns(text).flatMap((run) =>
    run.selectAction === undefined ? [] : [{ text: run.text, url: (run.selectAction as { url: string }).url }],
  );
const textOf = (text: string): string =>
  linkedRuns(text)
    .map((run) => String(run.text))
    .join('');

describe('text by people on a card', () => {
  it.each([
    ['https://vendor.example/advisory/7', 'https://vendor.example/advisory/7'],
    ['See (https://vendor.example/a_(b)?c=d#e). Then wait.', 'https://vendor.example/a_(b)?c=d#e'],
    ['HTTPS://Vendor.Example:8443', 'https://vendor.example:8443/'],
    ['„https://vendor.example/x“', 'https://vendor.example/x'],
  ])('links %s', (text, url) => {
    expect(linksIn(text).map((each) => each.url)).toEqual([url]);
  });

  it.each([
    'http://vendor.example',
    'javascript:alert(1)',
    'https://portal.azure.com@evil.example/login',
    'https://:secret@evil.example',
    'https://',
    'https://[',
    'https://vendor.example/cut-off-her…',
    `https://vendor.example/${'x'.repeat(501)}`,
    'data:text/html,https',
  ])('does not link %s', (text) => {
    expect(linksIn(text)).toEqual([]);
    expect(textOf(text)).toBe(text);
  });

  it('shows the whole host as browsers write it, and cuts only what is behind it', () => {
    const host = `portal.azure.com.${'very-'.repeat(10)}long.evil.example`;
    const [link] = linksIn(`https://${host}/${'path/'.repeat(40)}`);
    expect(link?.text).toMatch(new RegExp(`^https://${host}/(path/)+.*…$`));
    const [cyrillic] = linksIn('https://аррle.example/x');
    expect(cyrillic?.text).toMatch(/^https:\/\/xn--le-\w+\.example\/x$/);
    expect(cyrillic?.url).toBe(cyrillic?.text);
    expect(linksIn('https://evil.example/\u202Egpj.exe')[0]?.text).toBe('https://evil.example/gpj.exe');
  });

  it('keeps everything else as it was typed, also Markdown and what looks like a template', () => {
    const text = 'a [portal.azure.com](https://evil.example) ${$root} **b**\nhttps://x.example, and https://y.example';
    expect(linksIn(text).map((each) => each.url)).toEqual([
      'https://evil.example/',
      'https://x.example/',
      'https://y.example/',
    ]);
    expect(textOf(text)).toBe(text);
    expect(linkedRuns('')).toEqual([]);
  });

  it('makes a few of many addresses links, so that the card stays small, and takes 10,000 characters in no time', () => {
    const many = 'https://a.b '.repeat(900);
    expect(linksIn(many)).toHaveLength(8);
    expect(textOf(many)).toBe(many);
    expect(linksIn(`https://${'a'.repeat(10_000)}`)).toEqual([]);
    expect(linksIn(`https://a.b/${'.'.repeat(10_000)}x`)).toEqual([]);
  });

  it('leads to a ticket with its host, and to nothing else than https', () => {
    expect(linkedTo('CHG0042', 'https://itsm.example/CHG0042').map(({ text }) => text)).toEqual([
      'CHG0042',
      ' (itsm.example)',
    ]);
    expect(linkedTo('CHG0042', 'javascript:alert(1)')).toEqual([{ type: 'TextRun', text: 'CHG0042' }]);
  });
});
