import { optionalPart, part, withoutParentheses } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** The members of a dynamic column that a query takes out of it, and of each the members that it takes out of that; undefined means all of them. */
export type MembersRead = ReadonlyMap<string, ReadonlySet<string> | undefined>;

/** The columns that a query can look at in the rows of its tables; undefined means all of them. */
export type ColumnsRead = {
  readonly columns: ReadonlySet<string> | undefined;
  /** The members of `properties`, where the query takes single ones out of it and never the whole. */
  readonly members: MembersRead | undefined;
};

const everything: ColumnsRead = { columns: undefined, members: undefined };

/** These look at whole rows, without naming their columns. */
const wholeRows = ['StarExpression', 'UnionOperator', 'JoinOperator', 'DistinctOperator', 'MvExpandOperator'];

/** These make all of their columns anew, so that what follows on them never looks at the table. */
const makesAllColumns = ['ProjectOperator', 'SummarizeOperator', 'CountOperator'];

const inside = ({ parts, items }: SyntaxNode): readonly SyntaxNode[] => [...parts.values(), ...items];

/** The names of a path such as `properties.status.code`; undefined for anything else. */
const pathIn = (node: SyntaxNode): readonly string[] | undefined => {
  if (node.kind === 'NameReference') return [node.name];
  const selector = node.kind === 'PathExpression' ? optionalPart(node, 'Selector') : undefined;
  const owner = selector?.kind === 'NameReference' ? pathIn(part(node, 'Expression')) : undefined;
  return selector === undefined || owner === undefined ? undefined : [...owner, selector.name];
};

/** The operators that work on one table, in their order, up to one that makes all columns anew. */
const operatorsOnTable = (
  statement: SyntaxNode,
): { readonly nodes: readonly SyntaxNode[]; readonly isEnd: boolean } => {
  const all: SyntaxNode[] = [];
  let node = withoutParentheses(optionalPart(statement, 'Expression') ?? statement);
  while (node.kind === 'PipeExpression') {
    all.unshift(part(node, 'Operator'));
    node = withoutParentheses(part(node, 'Expression'));
  }
  if (node.kind !== 'NameReference') return { nodes: [statement], isEnd: false };
  const end = all.findIndex(({ kind }) => makesAllColumns.includes(kind));
  return end < 0 ? { nodes: all, isEnd: false } : { nodes: all.slice(0, end + 1), isEnd: true };
};

/** The columns that some nodes read, judged by the names in them: rather too many than too few, and names of functions are among them. */
export const namedIn = (nodes: readonly SyntaxNode[], leftOut: ReadonlySet<SyntaxNode> = new Set()): ColumnsRead => {
  const columns = new Set<string>();
  const members = new Map<string, Set<string> | undefined>();
  let [isWhole, isWholeProperties] = [false, false];
  const readMember = (member: string, ofMember: string | undefined): void => {
    const known = members.has(member) ? members.get(member) : new Set<string>();
    members.set(member, ofMember === undefined ? undefined : known?.add(ofMember));
  };
  const visit = (node: SyntaxNode): void => {
    if (leftOut.has(node)) return;
    if (wholeRows.includes(node.kind)) isWhole = true;
    const [column, member, ofMember] = pathIn(node) ?? [];
    if (column !== undefined) columns.add(column);
    if (column === 'properties' && member === undefined) isWholeProperties = true;
    if (column === 'properties' && member !== undefined) readMember(member, ofMember);
    if (column === undefined) inside(node).forEach(visit);
  };
  nodes.forEach(visit);
  if (isWhole) return everything;
  return { columns, members: isWholeProperties ? undefined : members };
};

/** The same for a query with these results; without what the nodes look at that are left out. */
export const columnsRead = (
  statement: SyntaxNode,
  results: readonly string[],
  leftOut: ReadonlySet<SyntaxNode>,
): ColumnsRead => {
  const { nodes, isEnd } = operatorsOnTable(statement);
  const { columns, members } = namedIn(nodes, leftOut);
  if (columns === undefined || isEnd) return { columns, members };
  return { columns: new Set([...columns, ...results]), members: results.includes('properties') ? undefined : members };
};
