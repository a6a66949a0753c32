/** A query that Resource Graph would refuse, or that this simulator cannot answer faithfully. `code` is the inner error code of the answer. */
export class QueryRefused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'QueryRefused';
    this.code = code;
  }
}

/** Names the missing feature, so that nobody takes a wrong answer for that of Kusto. */
export const unsupported = (what: string): QueryRefused =>
  new QueryRefused('DisallowedLogicalOperator', `${what} is not supported by this simulator`);
