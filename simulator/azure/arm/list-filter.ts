import { normalised } from '../../tenant/arm-id.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { ArmError } from './arm-error.ts';

/** The clauses of an ARM `$filter`: functions such as atScope() and comparisons such as policyAssignmentId eq '…'. */
export type ListFilter = ReadonlyMap<string, string>;

const clausePattern = /^(?:(?<call>\w+)\((?:'(?<argument>[^']*)')?\)|(?<property>\w+) eq '(?<value>[^']*)')$/;

/** Throws 400 for a clause that the list does not know. */
export const parseFilter = (text: string | null, known: readonly string[]): ListFilter => {
  const clauses = (text ?? '').split(/\s+and\s+/i).filter((clause) => clause.trim() !== '');
  return new Map(
    clauses.map((clause) => {
      const groups = clausePattern.exec(clause.trim())?.groups;
      const name = groups?.call ?? groups?.property;
      if (name === undefined || !known.includes(name))
        throw new ArmError(400, 'InvalidFilterInQueryString', `The filter '${clause.trim()}' is not supported here.`);
      return [name, groups?.argument ?? groups?.value ?? ''];
    }),
  );
};

/** The range of a list: things above, at and below the scope, narrowed by atScope() (above and at) and atExactScope(). */
export const createReach = (tenant: Tenant, scope: string, filter: ListFilter): ((itsScope: string) => boolean) => {
  const own = normalised(scope);
  const chain = tenant.chainOf(scope);
  if (filter.has('atExactScope')) return (itsScope) => normalised(itsScope) === own;
  const above = (itsScope: string): boolean => chain.includes(normalised(itsScope));
  if (filter.has('atScope')) return above;
  return (itsScope) => above(itsScope) || tenant.chainOf(itsScope).includes(own);
};
