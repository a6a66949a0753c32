import { samePerson, type Person } from '../person.ts';
import type { ExemptionRequest } from '../request/request.ts';

/** The decision about a request; `unneeded`: the rules required no approval. */
export type Verdict = { readonly kind: 'approved' | 'rejected' | 'unneeded'; readonly by: Person; readonly at: Date };

/**
 * How and when a request was decided; undefined while it waits, and if nobody decided (lapsed, withdrawn, an emergency that was never
 * approved). An emergency that somebody else took back counts as rejected.
 */
export const verdictOf = ({
  status,
  requester,
  decision,
  governance,
  revocation,
}: Pick<ExemptionRequest, 'status' | 'requester' | 'decision' | 'revocation'> & {
  readonly governance: Pick<ExemptionRequest['governance'], 'approvals'>;
}): Verdict | undefined => {
  if (decision === undefined) return undefined;
  const { by, at } = decision;
  if (status === 'rejected') return { kind: 'rejected', by, at };
  if (!samePerson(by, requester)) return { kind: 'approved', by, at };
  if (governance.approvals === 0) return { kind: 'unneeded', by, at };
  return revocation?.by === undefined || samePerson(revocation.by, requester)
    ? undefined
    : { kind: 'rejected', by: revocation.by, at: revocation.at };
};
