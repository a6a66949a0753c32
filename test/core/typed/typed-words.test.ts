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
