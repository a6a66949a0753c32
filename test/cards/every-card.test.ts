import type * as adaptivecards from 'adaptivecards';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { schemas, writtenFields, type Verb } from '../../src/cards/actions.ts';
import type { Card } from '../../src/cards/render-card.ts';
import { cardSamples } from './card-samples.ts';
import { keptNames } from './kept-names.ts';
import type { Flavour } from './sample-data.ts';

const library = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as typeof adaptivecards;

type Element = Readonly<Record<string, unknown>>;

const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
};

/** Every object of a card that says what it is, but not what buttons carry, nor how it is laid out, nor what Teams reads or a client may do by itself. */
const elementsIn = (value: unknown): Element[] => {
  if (typeof value !== 'object' || value === null) return [];
  const element = value as Element;
  const inner = Object.entries(element).flatMap(([name, each]) =>
    ['data', 'refresh', 'msteams', 'choices.data', 'layouts'].includes(name) ? [] : elementsIn(each),
  );
  return typeof element.type === 'string' ? [element, ...inner] : inner;
};

/** The card as the library knows it: a field with a search has choices only once somebody types, and Teams takes it in cards of every version. */
const withoutSearches = (content: Card['content']): Card['content'] =>
  JSON.parse(
    JSON.stringify(content, (_name, value: unknown) => {
      if (typeof value !== 'object' || value === null || !('choices.data' in value)) return value;
      const { 'choices.data': _, ...field } = value;
      return { ...field, choices: [{ title: 'Found', value: 'found' }] };
    }),
  ) as Card['content'];

const problemsOf = (content: Card['content']): string[] => {
  const context = new library.SerializationContext(library.Versions.v1_5);
  const card = new library.AdaptiveCard();
  card.hostConfig = new library.HostConfig({ actions: { maxActions: 6 } });
  card.parse(withoutSearches(content), context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
  return [...events, ...card.validateProperties().validationEvents]
    .map((event) => event.message)
    .filter((message) => !drawnByTeams.test(message) && message !== forgotten);
};

const namesIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, each]) => [name, ...namesIn(each)])
    : [];

/** What stands under Teams' own name in the data of a button, unless it only opens a dialog. */
const strange = (msteams: unknown): Element =>
  JSON.stringify(msteams ?? { type: 'task/fetch' }) === '{"type":"task/fetch"}' ? {} : { msteams };

/** Whether the bot accepts what a button carries. */
const isCarried = (data: unknown): boolean => schemas[(data as { readonly verb: Verb }).verb].safeParse(data).success;

/** The library's pattern for languages remembers the last card, and refuses every second one. */
const forgotten = 'Invalid value "en" for property "lang".';

/** The library knows no badges, charts and bars of progress, Teams does; whether there is a fallback is checked of every newer element. */
const drawnByTeams = /^Unknown element type "(Badge|Chart\.HorizontalBar|ProgressBar)"\. Fallback will be used/;

/** What every client has drawn for years; the labels of inputs, heading styles and overflow menus are known exceptions. */
const since12 = new Set([
  ...['AdaptiveCard', 'TextBlock', 'RichTextBlock', 'TextRun', 'Container', 'ColumnSet', 'Column', 'ActionSet'],
  ...['Input.Text', 'Input.Date', 'Input.ChoiceSet', 'Action.Submit', 'Action.OpenUrl', 'Action.ShowCard'],
  'Action.ToggleVisibility',
  // Only ever in a table, which has a fallback.
  ...['TableRow', 'TableCell'],
]);

const colours = new Set(['accent', 'good', 'warning', 'attention']);

/** What may stand between the tags of a mention: our own words, or a name without anything that Markdown or a tag is made of. */
const ourMentions = /<at>(the requester|an approver|[\p{L}\p{M}\p{N}'’,() .…-]+)<\/at>/gu;

const hostile = ' ☠ ${$root} ${secret} [x](http://evil.example) <at>Everyone</at> <img src=x> \u202Egpj.exe\u0007';
const flavours: Readonly<Record<string, Flavour>> = {
  realistic: { text: (plain) => plain, rows: 12, idPadding: '' },
  extreme: { text: (plain) => `${plain} ${'Zusammenhängendes '.repeat(40)}`, rows: 40, idPadding: 'x'.repeat(160) },
  empty: { text: () => '', rows: 0, idPadding: '' },
  hostile: { text: (plain) => `${plain}${hostile}`, rows: 12, idPadding: '' },
};

const table = Object.entries(flavours).flatMap(([flavour, given]) =>
  Object.entries(cardSamples(given)).map(([name, card]) => [flavour, name, card] as const),
);

describe.each(table)('with %s data, the card “%s”', (_flavour, _name, card) => {
  const elements = elementsIn(card.content);
  const submits = elements.filter((element) => element.type === 'Action.Submit');

  it('is valid for Teams and fits into a message', () => {
    expect(problemsOf(card.content)).toEqual([]);
    expect(elements.filter(({ type, inlines }) => type === 'RichTextBlock' && !Array.isArray(inlines))).toEqual([]);
    expect([card.content.version, card.content.lang]).toEqual(['1.5', 'en']);
    // As it is sent; Teams itself counts UTF-16 and refuses beyond about 100 KB.
    expect(Buffer.byteLength(JSON.stringify(card.content))).toBeLessThan(28 * 1024);
    expect(Buffer.byteLength(JSON.stringify(card.content), 'utf16le')).toBeLessThan(80 * 1024);
    expect(elements.filter(({ type, fallback }) => !since12.has(String(type)) && fallback === undefined)).toEqual([]);
  });

  it('sends each text that people write in a field that is kept if the press fails', () => {
    const fields = elements
      .filter(({ type, id }) => type === 'Input.Text' && id !== 'find')
      .map(({ id }) => String(id));
    const verbs = submits.map(({ data }) => (data as { readonly verb: Verb }).verb);
    const kept = (id: string): Verb[] => verbs.filter((verb) => writtenFields(verb).includes(id));
    expect(fields.filter((id) => kept(id).length === 0)).toEqual([]);
    const lost = (id: string): Verb[] => verbs.filter((verb) => id in schemas[verb].shape && !kept(id).includes(verb));
    expect(fields.flatMap(lost)).toEqual([]);
  });

  it('can be read by everybody', () => {
    expect(card.summary.trim()).not.toBe('');
    expect(card.content.fallbackText).toContain('Write to Exemption Desk: ');
    expect(elements.filter((element) => element.type === 'TextBlock' && element.wrap !== true)).toEqual([]);
    expect(elements.some((element) => element.type === 'TextBlock' && element.style === 'heading')).toBe(true);
    const inputs = elements.filter((element) => String(element.type).startsWith('Input.'));
    expect(inputs.filter(({ label }) => typeof label !== 'string' || label === '')).toEqual([]);
    const checked = inputs.filter(({ isRequired, min, max }) => isRequired === true || (min ?? max) !== undefined);
    expect(checked.filter(({ errorMessage }) => errorMessage === undefined)).toEqual([]);
  });

  it('sets texts side by side only where a card is wide enough, and once for all clients', () => {
    const laidOut = elements.filter(({ layouts }) => layouts !== undefined);
    const layouts = laidOut.flatMap((each) => each.layouts as { targetWidth: string; areas: { name: string }[] }[]);
    expect(layouts.filter(({ targetWidth }) => targetWidth !== 'atLeast:standard')).toEqual([]);
    const areas = new Set(layouts.flatMap((layout) => layout.areas.map(({ name }) => name)));
    const items = laidOut.flatMap((each) => each.items as Element[]);
    expect(items.filter((item) => !areas.has(String(item['grid.area'])))).toEqual([]);
    // Columns that share the width of a phone leave a word for each line.
    const columns = elements.filter(({ type, width }) => type === 'Column' && typeof width === 'number');
    expect(columns).toEqual([]);
  });

  it('colours no words, which Teams draws too pale to be read, but badges and containers', () => {
    const words = elements.filter(({ type }) => type === 'TextRun' || type === 'TextBlock');
    expect(words.filter(({ color = 'default' }) => color !== 'default' && color !== 'accent')).toEqual([]);
    const coloured = elements.filter(({ type, style }) => type === 'Container' && colours.has(String(style)));
    expect(coloured.flatMap(elementsIn).filter(({ color }) => color === 'accent')).toEqual([]);
  });

  it('has few buttons, and the router accepts what each of them carries', () => {
    const visible = ((card.content.actions ?? []) as Element[]).filter((button) => button.mode !== 'secondary');
    expect(visible.length).toBeLessThanOrEqual(3);
    expect(submits.filter(({ data }) => !isCarried(data)).map(({ title }) => title)).toEqual([]);
  });

  it('carries nothing under a name that Teams keeps for itself', () => {
    const inputs = elements.filter((element) => String(element.type).startsWith('Input.')).map(({ id }) => String(id));
    // What opens a dialog has it on purpose, and nothing else in it.
    const own = submits
      .map(({ data }) => data as Element)
      .map(({ msteams, ...data }) => ({ ...data, ...strange(msteams) }));
    const carried = own.flatMap(namesIn);
    expect([...carried, ...inputs].filter((name) => keptNames(library).has(name))).toEqual([]);
  });

  it('names nothing in a choice by what could hold a comma', () => {
    const values = elements.flatMap(({ choices = [] }) => (choices as { value: string }[]).map(({ value }) => value));
    expect(values.filter((value) => !/^[\w-]{1,40}$/.test(value))).toEqual([]);
  });

  it('shows what people wrote literally, and no placeholder of ours', () => {
    const texts = stringsIn(card.content).map((text) => text.replaceAll(ourMentions, ''));
    expect(texts.filter((text) => text.includes('${') && !text.includes('☠'))).toEqual([]);
    expect(texts.filter((text) => /[\u202A-\u202E]|\p{Cc}(?<!\n)|<\/?at\b/u.test(text))).toEqual([]);
    const formatted = elements.filter((element) => !['TextRun', 'Input.Text'].includes(String(element.type)));
    expect(
      formatted.filter(({ text, label, placeholder }) => stringsIn([text, label, placeholder]).join().includes('☠')),
    ).toEqual([]);
    const titles = elements
      .flatMap((element) => (element.choices ?? []) as { title: string }[])
      .map(({ title }) => title);
    expect(titles.filter((title) => title.includes('](') || title.includes('<'))).toEqual([]);
    expect(String(card.content.fallbackText)).not.toContain('☠');
  });
});

it('lets no button be drawn with a name that Teams keeps for itself', () => {
  const names = Object.values(schemas).flatMap((schema) => Object.keys(schema.shape));
  expect(names.filter((name) => keptNames(library).has(name))).toEqual([]);
});

it('gives Teams its own property of a card, and of a button, in one place only', () => {
  const cards = new URL('../../src/cards/', import.meta.url);
  const files = readdirSync(cards, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const builders = files.filter(({ parentPath, name }) =>
    /msteams/i.test(readFileSync(join(parentPath, name), 'utf8')),
  );
  expect(builders.map(({ name }) => name).toSorted()).toEqual(['card-action.ts', 'in-dialog.ts', 'with-mentions.ts']);
});
