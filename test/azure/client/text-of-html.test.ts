import { textOfHtml } from '../../../src/azure/client/text-of-html.ts';

it.each([
  { what: 'breaks', html: 'One<br>two<br/>three<BR />four', text: 'One\ntwo\nthree\nfour' },
  { what: 'paragraphs', html: '<p>One</p>\n  <p>two</p>', text: 'One\ntwo' },
  { what: 'lists', html: 'Do:<ol><li>this</li><li><b>that</b></li></ol>then', text: 'Do:\n- this\n- that\nthen' },
  { what: 'headings', html: '<h3>Steps</h3>One', text: 'Steps\nOne' },
  { what: 'links', html: 'See <a href="https://x/?a=1&b=2" title="a > b">the page</a>.', text: 'See the page.' },
  { what: 'spaces', html: ' One \n\t two&nbsp;&nbsp;three ', text: 'One two three' },
])('reads $what as a person would', ({ html, text }) => {
  expect(textOfHtml(html)).toBe(text);
});

it.each([
  { what: 'escaped', html: 'Run <code>az vm update --name &lt;vm-name&gt; -g &lt;Group&gt;</code>.' },
  { what: 'bare', html: 'Run <code>az vm update --name <vm-name> -g <Group></code>.' },
])('keeps placeholders, $what', ({ html }) => {
  expect(textOfHtml(html)).toBe('Run az vm update --name <vm-name> -g <Group>.');
});

it.each([
  { html: '<your resource group>', text: '<your resource group>' },
  { html: '<b-name>, <pre-shared-key> &lt;b&gt;', text: '<b-name>, <pre-shared-key> <b>' },
  { html: 'if cores < 4 and size > 2', text: 'if cores < 4 and size > 2' },
  { html: 'ends with <vm', text: 'ends with <vm' },
])('leaves what is no element of HTML: $html', ({ html, text }) => {
  expect(textOfHtml(html)).toBe(text);
});

it.each([
  { html: 'R&amp;D &quot;x&quot; &#39;y&#39;', text: 'R&D "x" \'y\'' },
  { html: '&#60;vm&#x3e; &rarr; &eacute;', text: '<vm> → é' },
  { html: '&amp;lt;vm&amp;gt;', text: '&lt;vm&gt;' },
  { html: 'https://x/?a=1&copy=2 &unheard;', text: 'https://x/?a=1&copy=2 &unheard;' },
])('decodes $html once', ({ html, text }) => {
  expect(textOfHtml(html)).toBe(text);
});
