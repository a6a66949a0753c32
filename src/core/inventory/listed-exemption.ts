import type { ExemptionState } from './exemption-state.ts';
import type { ExemptionFacts } from '../exemption/exemption.ts';
import { personOrApplication } from '../exemption/who-changed.ts';
import type { Recommendation } from '../tenant/recommendation.ts';
import type { ExemptionRequest } from '../request/request.ts';

/** What lists show of an exemption itself. */
type ListedFacts = Omit<ExemptionFacts, 'description' | 'changedBy' | 'changedAt'>;

/** An exemption with everything that people want to know about it. Those made together, one for each policy assignment, count as one. */
export type ListedExemption = {
  readonly exemption: ListedFacts;
  /** Azure Policy, or Defender for Cloud itself; Exemption Desk only shows the latter. */
  readonly madeIn: 'policy' | 'defender';
  /** The recommendations that it exempts from. Empty if its assignment is gone, or for an ordinary exemption of Azure Policy. */
  readonly recommendations: readonly Pick<Recommendation, 'key' | 'title' | 'severity'>[];
  readonly wholeInitiative: boolean;
  /** Everything that it exempts would be compliant without it, according to the last evaluation of Azure Policy. */
  readonly needless: boolean;
  /** Names of its policy assignments. Empty if the assignment is gone, or if it was made in Defender and never had one. */
  readonly assignmentNames: readonly string[];
  readonly scopeLabel: string;
  readonly state: ExemptionState;
  /** The request that wrote it; undefined: made outside Exemption Desk. */
  readonly request: ExemptionRequest | undefined;
};

/** An exemption as Azure has just returned it. */
export type ReadExemption = ListedExemption & { readonly exemption: ExemptionFacts };

/** Whether the card of an exemption made outside offers to revoke it: why not, as a sentence, and the tool that manages it, as far as it is known. */
export type RevocableOutside = { readonly whyNot: string | undefined; readonly tool: string | undefined };

/** What Revoke deletes of what was made outside, by name, with the fingerprint of all of it. */
export type OutsideRevoked = {
  readonly names: readonly string[];
  readonly scopeLabel: string;
  readonly recommendations: readonly string[];
  readonly seen: string;
};

export type ShownExemption = ReadExemption & {
  /** Azure did not answer, so this is what lists know, without its description: when that was read; undefined: it is as it is now. */
  readonly asOf: Date | undefined;
  /** The name of another exemption in force that the asker may see and that covers all of this one, at least as long. */
  readonly coveredBy: string | undefined;
  /** Undefined: it was not made outside, exempts nothing, or Azure does not answer. */
  readonly outside: RevocableOutside | undefined;
};

/**
 * Whether it belongs to no recommendation of Defender for Cloud, although its assignment exists. People see such exemptions only when they
 * ask for them.
 */
export const isOrdinary = ({
  recommendations,
  state,
  madeIn,
}: Pick<ListedExemption, 'recommendations' | 'state' | 'madeIn'>): boolean =>
  madeIn === 'policy' && recommendations.length === 0 && state !== 'orphaned';

/**
 * Who created it, in words; undefined if Azure does not say. Of what Exemption Desk wrote, Azure knows only the id of its identity, so the
 * person who requested it is named.
 */
export const creatorOf = ({
  exemption,
  request,
}: Pick<ListedExemption, 'exemption' | 'request'>): string | undefined =>
  request === undefined || request.governance.adopted === true
    ? exemption.createdBy && personOrApplication(exemption.createdBy)
    : `Exemption Desk, requested by ${request.requester.name}`;
