import { filesUnder, pages, textOf } from './pages.ts';

const source = textOf(filesUnder('src', '.ts'));
/** Without comments, in which a word may stand that is no identifier. */
const code = source.replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, '');
const documents = textOf(pages.filter((page) => page !== 'docs/glossary.md'));

/** Term, meaning and former identifiers of each row. */
const entries = textOf(['docs/glossary.md'])
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (--|term )/.test(line))
  .map((line) => {
    const [term = '', meaning = '', formerly = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    return { term, meaning, formerly: [...formerly.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word) };
  });

const isUsed = (term: string): boolean =>
  new RegExp(`\\b${term.replace(/y$/, '(y|ie)')}(s|es)?\\b`, 'i').test(`${documents}\n${source}`);

/** Where the code declares a name: a type, a constant, a parameter, a member. */
const isDeclared = (word: string): boolean =>
  new RegExp(`\\b(type|const|class) ${word}\\b|\\b${word}\\??: |[({,] ?${word}[,)} ]`).test(code);

describe('the glossary', () => {
  it('has 30 to 40 terms, each once and with one meaning', () => {
    expect(entries.length).toBeGreaterThanOrEqual(30);
    expect(entries.length).toBeLessThanOrEqual(40);
    expect(new Set(entries.map(({ term }) => term)).size).toBe(entries.length);
    expect(entries.filter(({ meaning }) => meaning === '')).toEqual([]);
  });

  it('explains terms that the code or another page uses', () => {
    expect(entries.map(({ term }) => term).filter((term) => !isUsed(term))).toEqual([]);
  });

  it('names as former words only identifiers that the code still has: whoever renames one takes it out of the table', () => {
    expect(entries.flatMap(({ formerly }) => formerly).filter((word) => !isDeclared(word))).toEqual([]);
  });

  it('gives no identifier to two terms', () => {
    const words = entries.flatMap(({ formerly }) => formerly);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });
});
