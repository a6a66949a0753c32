import { createRequire } from 'node:module';
import type { Column, SyntaxNode } from './syntax-node.ts';

// The language service is compiled C# without usable types: these five functions are the only door to it.
const read = (owner: unknown, name: string): unknown =>
  owner === null || owner === undefined ? undefined : Reflect.get(Object(owner) as object, name);

const demand = (owner: unknown, ...path: string[]): unknown => {
  const found = path.reduce(read, owner);
  if (found === undefined) throw new Error(`The Kusto language service has no ${path.join('.')}`);
  return found;
};

const call = (owner: unknown, name: string, ...parameters: unknown[]): unknown =>
  Reflect.apply(demand(owner, name) as (...all: unknown[]) => unknown, owner, parameters);

const create = (constructor: unknown, ...parameters: unknown[]): unknown =>
  Reflect.construct(constructor as new (...all: unknown[]) => object, parameters);

const text = (owner: unknown, name: string): string => {
  const found = read(owner, name);
  return typeof found === 'string' ? found : '';
};

// Resource Graph accepts `on $right.a == $left.b`, which this parser reports.
const toleratedError = 'KS183';

export type Diagnostic = { readonly code: string; readonly start: number; readonly message: string };
export type Analysis = { readonly statements: readonly SyntaxNode[]; readonly errors: readonly Diagnostic[] };
export type LanguageService = {
  /** Parses and type-checks a query against tables of string, dynamic, long and datetime columns. Table names are case-sensitive here. */
  analyze(query: string, tables: ReadonlyMap<string, readonly Column[]>): Analysis;
};

const scalarNames: Readonly<Record<string, string>> = { dynamic: 'Dynamic', long: 'Long', datetime: 'DateTime' };

const listOf = (collection: unknown): unknown[] =>
  Array.from({ length: Number(read(collection, 'Count') ?? 0) }, (_, index) => call(collection, 'getItem', index));

const kindNames = (kusto: unknown): ((node: unknown) => string) => {
  const kinds = demand(kusto, 'Language', 'Syntax', 'SyntaxKind');
  const names = new Map<unknown, string>();
  return (node) => {
    const kind = read(node, 'Kind');
    const name = names.get(kind) ?? String(call(demand(globalThis, 'System', 'Enum'), 'toString', kinds, kind));
    names.set(kind, name);
    return name;
  };
};

const columnsOf = (symbol: unknown): Column[] =>
  listOf(read(symbol, 'Columns')).map((column) => ({
    name: text(column, 'Name'),
    type: text(read(column, 'Type'), 'Name'),
  }));

const translator = (kusto: unknown): ((root: unknown) => SyntaxNode) => {
  const kindOf = kindNames(kusto);
  const translate = (node: unknown): SyntaxNode => {
    const kind = kindOf(node);
    if (kind === 'SeparatedElement') return translate(call(node, 'GetChild', 0));
    const parts = new Map<string, SyntaxNode>();
    const items: SyntaxNode[] = [];
    const isToken = read(node, 'IsToken') === true;
    const childCount = isToken ? 0 : Number(read(node, 'ChildCount') ?? 0);
    for (let index = 0; index < childCount; index += 1) {
      const child = call(node, 'GetChild', index);
      if (child === null || child === undefined) continue;
      if (kind === 'List') items.push(translate(child));
      else parts.set(String(call(node, 'GetName', index)), translate(child));
    }
    const result = read(node, 'ResultType');
    const columns = columnsOf(result);
    return {
      kind,
      name: text(node, 'SimpleName'),
      value: isToken ? text(node, 'ValueText') : '',
      type: columns.length > 0 ? '' : text(result, 'Name'),
      columns,
      parts,
      items,
    };
  };
  return translate;
};

const load = (): LanguageService => {
  const require = createRequire(import.meta.url);
  require('@kusto/language-service-next/bridge.min.js');
  require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  const kusto = demand(globalThis, 'Kusto');
  const symbols = demand(kusto, 'Language', 'Symbols');
  const translate = translator(kusto);
  const column = ({ name, type }: Column): unknown => {
    const scalar = demand(symbols, 'ScalarTypes', scalarNames[type] ?? 'String');
    return create(demand(symbols, 'ColumnSymbol'), name, scalar, null, null, null, null);
  };
  return {
    analyze(query, tables) {
      const tableSymbols = [...tables].map(([name, columns]) =>
        create(demand(symbols, 'TableSymbol', '$ctor4'), name, columns.map(column)),
      );
      const database = create(demand(symbols, 'DatabaseSymbol', 'ctor'), 'resourcegraph', tableSymbols);
      const globals = call(demand(kusto, 'Language', 'GlobalState', 'Default'), 'WithDatabase', database);
      const code = call(demand(kusto, 'Language', 'KustoCode'), 'ParseAndAnalyze', query, globals);
      const errors = listOf(call(code, 'GetDiagnostics'))
        .filter((diagnostic) => text(diagnostic, 'Severity') === 'Error')
        .map((diagnostic) => ({
          code: text(diagnostic, 'Code'),
          start: Number(read(diagnostic, 'Start')),
          message: text(diagnostic, 'Message'),
        }))
        .filter(({ code: errorCode }) => errorCode !== toleratedError);
      const statements =
        errors.length > 0 ? [] : (translate(demand(code, 'Syntax')).parts.get('Statements')?.items ?? []);
      return { statements, errors };
    },
  };
};

let loaded: LanguageService | undefined;

/** Microsoft's Kusto language service, loaded at the first use because it is heavy. */
export const languageService = (): LanguageService => (loaded ??= load());
