import type { PastRequest } from '../../../src/core/ledger/past-request.ts';
import type { RequestGovernance } from '../../../src/core/request/request-governance.ts';
import { contoso, vm1 } from '../contoso.ts';
import { asked, builtIn } from '../governance-facts.ts';

/** What was kept of a request for one machine: all of Contoso's hierarchy that is around it, and more. */
export const keptFacts: NonNullable<RequestGovernance['facts']> = {
  resourceTypes: ['Microsoft.Compute/virtualMachines'],
  affectedResources: 1,
  hierarchy: contoso,
  unknownScopes: [],
  lengths: { justification: 36, ticket: 7 },
};

/** A waiver for a machine over 60 days that one approver had to agree to, by the defaults of then. */
export const past = (changes: Partial<PastRequest> = {}): PastRequest => ({
  reference: 'EX-12AB',
  sentAt: new Date('2026-11-21T23:30:00Z'),
  recommendation: asked().recommendation,
  category: 'Waiver',
  scopes: [vm1],
  lasts: 60,
  words: { justification: 'The machine is replaced in December.', ticket: 'CHG0042' },
  governance: { ...builtIn, facts: keptFacts },
  ...changes,
});
