import type { SyntaxNode } from './syntax-node.ts';

/** The columns that a query can look at in the rows of its tables; undefined means all of them. */
export type ColumnsRead = {
  readonly columns: ReadonlySet<string> | undefined;
  /** The members of `properties`, where the query takes single ones out of it and never the whole. */
  readonly members: ReadonlySet<string> | undefined;
};

const everything: ColumnsRead = { columns: undefined, members: undefined };

/** These look at whole rows, without naming their columns. */
const wholeRows = ['StarExpression', 'UnionOperator', 'JoinOperator', 'DistinctOperator', 'MvExpandOperator'];

const inside = ({ parts, items }: SyntaxNode): readonly SyntaxNode[] => [...parts.values(), ...items];

const isOfProperties = (node: SyntaxNode): boolean => {
  const owner = node.kind === 'PathExpression' ? node.parts.get('Expression') : undefined;
  return owner?.kind === 'NameReference' && owner.name === 'properties';
};

/** By the names in a query, so rather too many than too few. */
export const columnsRead = (statement: SyntaxNode, results: readonly string[]): ColumnsRead => {
  const columns = new Set(results);
  const members = new Set<string>();
  let [isWhole, isWholeProperties] = [false, columns.has('properties')];
  const visit = (node: SyntaxNode): void => {
    if (wholeRows.includes(node.kind)) isWhole = true;
    const selector = isOfProperties(node) ? node.parts.get('Selector') : undefined;
    if (selector?.kind === 'NameReference') {
      columns.add('properties');
      members.add(selector.name);
      return;
    }
    if (node.kind === 'NameReference') {
      columns.add(node.name);
      if (node.name === 'properties') isWholeProperties = true;
    }
    inside(node).forEach(visit);
  };
  visit(statement);
  if (isWhole) return everything;
  return { columns, members: isWholeProperties ? undefined : members };
};
