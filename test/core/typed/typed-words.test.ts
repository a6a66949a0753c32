import { typedWords } from '../../../src/core/typed/typed-words.ts';

it('takes a line apart where no quotes keep words together', () => {
  const words = typedWords('exemptions “shop prod” sub:"rg one" severity:high 20:00');

  expect(words.map(({ key, text, quoted }) => ({ key, text, quoted }))).toEqual([
    { key: undefined, text: 'exemptions', quoted: false },
    { key: undefined, text: 'shop prod', quoted: true },
    { key: 'sub', text: 'rg one', quoted: true },
    { key: 'severity', text: 'high', quoted: false },
    { key: undefined, text: '20:00', quoted: false },
  ]);
  expect(words.map(({ whole }) => whole).join(' ')).toBe('exemptions “shop prod” sub:"rg one" severity:high 20:00');
});

it.each([
  ['recommendations sub:"100% R&D, "Nord" #2"', ['recommendations', '100% R&D, "Nord" #2']],
  ['exemptions "the "old" one" "another"', ['exemptions', 'the "old" one', 'another']],
  ['sub:"a" "b c" d', ['a', 'b c', 'd']],
  ['x tag:env="pre prod" tag:“cost center=42 a”', ['x', 'env=pre prod', 'cost center=42 a']],
  ['"an open quote', ['"an', 'open', 'quote']],
])('keeps the quotes of a name in quotes: %s', (line, words) => {
  expect(typedWords(line).map(({ text }) => text)).toEqual(words);
});
