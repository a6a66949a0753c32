import type { Person } from '../person.ts';
import { samePerson } from '../person.ts';
import type { FormerTerms } from '../request/terms-change.ts';
import type { LedgerEvent } from './ledger.ts';
import { rebuildRequests } from './rebuild-requests.ts';

const isChange = ({ event }: LedgerEvent): boolean => event === 'changed';
const isReduction = ({ event }: LedgerEvent): boolean => event.endsWith('-with-changes');
const isApproval = ({ event }: LedgerEvent): boolean => event.startsWith('approved-in-part');

/**
 * The terms that the latest ones took the place of: as requested before an approver reduced them, otherwise as they were before the requester
 * changed them. Undefined if they are as they were sent. `history`: every row of one request, oldest first.
 */
export const formerTerms = (history: readonly LedgerEvent[]): FormerTerms | undefined => {
  const lastChange = history.findLastIndex(isChange);
  const reduction = history.findIndex((event, index) => index > lastChange && isReduction(event));
  const at = reduction >= 0 ? reduction : lastChange;
  const [before] = at < 0 ? [] : rebuildRequests(history.slice(0, at));
  if (before === undefined) return undefined;
  return { kind: reduction >= 0 ? 'reduced' : 'changed', reference: before.reference, terms: before.terms };
};

/** Approvals that new terms voided. */
export type VoidedApprovals = {
  /** The number of the row that voided them, among those of the request. */
  readonly round: number;
  readonly at: Date;
  readonly by: string;
  readonly approvers: readonly Person[];
};

/** Whose approvals no longer count, each time that the terms of a request were changed or reduced. */
export const voidedApprovals = (history: readonly LedgerEvent[]): readonly VoidedApprovals[] => {
  const voided: VoidedApprovals[] = [];
  let approvers: readonly Person[] = [];
  for (const [round, event] of history.entries()) {
    if (event.actor.kind !== 'person') continue;
    const { person } = event.actor;
    if (isChange(event) || isReduction(event)) {
      const others = approvers.filter((each) => !samePerson(each, person));
      if (others.length > 0) voided.push({ round, at: event.at, by: person.name, approvers: others });
      approvers = [];
    }
    if (isApproval(event)) approvers = [...approvers, person];
  }
  return voided;
};
