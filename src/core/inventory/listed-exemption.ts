import type { ExemptionState } from './exemption-state.ts';
import type { ExemptionFacts } from '../exemption/exemption.ts';
import type { Recommendation } from '../tenant/recommendation.ts';
import type { ExemptionRequest } from '../request/request.ts';

/** An exemption together with what it means for people; those that were made together, one for each policy assignment, are one. */
export type ListedExemption = {
  readonly exemption: ExemptionFacts;
  /** Azure Policy, or Defender for Cloud itself: the latter Exemption Desk only shows. */
  readonly madeIn: 'policy' | 'defender';
  /** The recommendations it switches off; empty for one whose assignment is gone, and for an ordinary one of Azure Policy. */
  readonly recommendations: readonly Pick<Recommendation, 'key' | 'title' | 'severity'>[];
  readonly wholeInitiative: boolean;
  /** Everything that it exempts is compliant underneath, as far as Azure Policy last said. */
  readonly needless: boolean;
  /** Of the policy assignments it stands on; empty: the assignment is gone, or there never was one, since it was made in Defender. */
  readonly assignmentNames: readonly string[];
  readonly scopeLabel: string;
  readonly state: ExemptionState;
  /** The request of ours that it was written for; undefined: made outside. */
  readonly request: ExemptionRequest | undefined;
};

export type ShownExemption = ListedExemption & {
  /** The name of another one in force that the asker may see and that exempts all of this, at least as long. */
  readonly coveredBy: string | undefined;
};

/** It bears on no recommendation of Defender for Cloud, though its assignment is there: people see it only when they ask for such. */
export const isOrdinary = ({ recommendations, state }: Pick<ListedExemption, 'recommendations' | 'state'>): boolean =>
  recommendations.length === 0 && state !== 'orphaned';
