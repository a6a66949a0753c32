import type { Asked, Condition, ConditionPart } from './condition.ts';

/** Azure takes conditions of a few KB; more is not looked at. */
export const longestCondition = 16_384;
/** The parts that may stand inside each other. The portal writes four. */
export const deepestCondition = 64;

const comparisons = new Set(
  [
    'StringEquals StringNotEquals StringStartsWith StringNotStartsWith StringLike StringNotLike'
      .split(' ')
      .flatMap((each) => [each, `${each}IgnoreCase`]),
    ...['Numeric', 'DateTime'].map((kind) =>
      ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
        (each) => kind + each,
      ),
    ),
    'BoolEquals BoolNotEquals GuidEquals GuidNotEquals'.split(' '),
  ]
    .flat()
    .map((each) => each.toLowerCase()),
);
const crossProduct = /^For(Any|All)Of(Any|All)Values:/i;
const isComparison = (word: string): boolean => comparisons.has(word.replace(crossProduct, '').toLowerCase());

type Token = { readonly kind: 'sign' | 'word' | 'text' | 'attribute' | 'end'; readonly value: string };

// One piece of a condition. A text must not end in a backslash: it is documented nowhere whether that quotes the quotation mark.
const piece =
  /\s*(?:(?<sign>&&|\|\||[(){},!])|'(?<text>(?:[^'\\]|\\[^'])*)'|@(?<attribute>Request|Resource|Principal|Environment)\[[^[\]'(){}]*\]|(?<word>[\w.:-]+))\s*/iy;

const kinds = ['sign', 'text', 'attribute', 'word'] as const;

class Unreadable extends Error {}

const notKnown = 'it is not written as Microsoft documents conditions';
const mixed = 'it mixes AND and OR without parentheses';

const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  piece.lastIndex = 0;
  while (piece.lastIndex < text.length) {
    const found = piece.exec(text)?.groups;
    const kind = kinds.find((each) => found?.[each] !== undefined);
    const value = kind === undefined ? undefined : found?.[kind];
    if (kind === undefined || value === undefined) throw new Unreadable(notKnown);
    tokens.push({ kind, value });
  }
  return tokens;
};

const binary: Readonly<Record<string, 'and' | 'or'>> = { and: 'and', '&&': 'and', or: 'or', '||': 'or' };

/** Reads the pieces from left to right. NOT binds what directly follows it, closer than AND and OR. */
class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', value: '' };
  }

  #is(...values: readonly string[]): boolean {
    const { kind, value } = this.#next;
    return (kind === 'sign' || kind === 'word') && values.includes(value.toLowerCase());
  }

  #take(...values: readonly string[]): boolean {
    if (!this.#is(...values)) return false;
    this.#at += 1;
    return true;
  }

  #need(value: string): void {
    if (!this.#take(value)) throw new Unreadable(notKnown);
  }

  #deeper<Result>(read: () => Result): Result {
    this.#depth += 1;
    if (this.#depth > deepestCondition) throw new Unreadable('it is nested too deeply');
    const result = read();
    this.#depth -= 1;
    return result;
  }

  readonly whole = (): ConditionPart => {
    const part = this.#expression();
    if (this.#next.kind !== 'end') throw new Unreadable(notKnown);
    return part;
  };

  #expression(): ConditionPart {
    const first = this.#operand();
    const parts = [first];
    const signs = new Set<'and' | 'or'>();
    while (this.#is(...Object.keys(binary))) {
      signs.add(binary[this.#next.value.toLowerCase()] ?? 'and');
      this.#at += 1;
      parts.push(this.#operand());
    }
    if (signs.size > 1) throw new Unreadable(mixed);
    const [kind] = signs;
    return kind === undefined ? first : { kind, parts };
  }

  #operand(): ConditionPart {
    if (this.#take('not', '!')) return { kind: 'not', part: this.#deeper(() => this.#operand()) };
    if (this.#take('(')) {
      const part = this.#deeper(() => this.#expression());
      this.#need(')');
      return part;
    }
    if (this.#take('actionmatches')) return { kind: 'action', pattern: this.#pattern() };
    if (this.#take('suboperationmatches')) {
      this.#pattern();
      return { kind: 'asks', what: 'suboperation' };
    }
    if (this.#take('exists')) return { kind: 'asks', what: this.#attribute() };
    return this.#comparison();
  }

  /** `{'…'}` with one text. */
  #pattern(): string {
    this.#need('{');
    const { kind, value } = this.#next;
    if (kind !== 'text' || value === '') throw new Unreadable(notKnown);
    this.#at += 1;
    this.#need('}');
    return value;
  }

  #attribute(): Asked {
    const { kind, value } = this.#next;
    if (kind !== 'attribute') throw new Unreadable(notKnown);
    this.#at += 1;
    const known = (['Request', 'Resource', 'Principal', 'Environment'] as const).find(
      (each) => each.toLowerCase() === value.toLowerCase(),
    );
    return known ?? 'values';
  }

  #comparison(): ConditionPart {
    const left = this.#value();
    if (this.#next.kind !== 'word' || !isComparison(this.#next.value)) throw new Unreadable(notKnown);
    this.#at += 1;
    const right = this.#value();
    return { kind: 'asks', what: left === 'values' ? right : left };
  }

  /** An attribute, a text, a bare GUID, number or boolean, or a set of these. */
  #value(): Asked {
    if (this.#next.kind === 'attribute') return this.#attribute();
    if (!this.#take('{')) return this.#single();
    do this.#single();
    while (this.#take(','));
    this.#need('}');
    return 'values';
  }

  #single(): 'values' {
    const { kind, value } = this.#next;
    const bare = /^(true|false|-?\d+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i;
    if (kind !== 'text' && !(kind === 'word' && bare.test(value))) throw new Unreadable(notKnown);
    this.#at += 1;
    return 'values';
  }
}

/**
 * Reads a condition (Azure ABAC, version 2.0, which is also the default). Never throws: what is too long, of another version or not in the documented
 * grammar is unread, with the reason. Takes time in proportion to the text.
 */
export const readCondition = (text: string, version?: string | null): Condition => {
  if (version !== undefined && version !== null && version !== '' && version !== '2.0')
    return { kind: 'unread', why: 'its version is not 2.0' };
  if (text.length > longestCondition) return { kind: 'unread', why: 'it is too long' };
  try {
    return { kind: 'read', whole: new Reader(tokensOf(text)).whole() };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { kind: 'unread', why: error.message };
  }
};
