import { QueryRefused, unsupported } from './query-refused.ts';

const onlyInJavaScript = /\(\?[=!]|\(\?<[=!]|\\[1-9]|\(\?[a-zA-Z]*U/;

const translate = (pattern: string): RegExp => {
  if (onlyInJavaScript.test(pattern)) throw unsupported(`Regular expression ${pattern}`);
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  const source = pattern.slice(flags?.[0].length ?? 0).replaceAll('(?P<', '(?<');
  try {
    return new RegExp(source, flags?.[1] ?? '');
  } catch {
    throw new QueryRefused('InvalidQuery', `Invalid regular expression: ${pattern}`);
  }
};

/** Reads Kusto's RE2 patterns. Each returned function remembers what it has read. */
export const regularExpressions = (): ((pattern: string) => RegExp) => {
  const read = new Map<string, RegExp>();
  return (pattern) => {
    const expression = read.get(pattern) ?? translate(pattern);
    read.set(pattern, expression);
    return expression;
  };
};
