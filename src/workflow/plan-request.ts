import { sameId } from '../core/arm-id.ts';
import { planExemptions, type ExemptionPlan, type Obstacle, type Target } from '../core/exemption-plan.ts';
import type { Recommendation } from '../core/recommendation.ts';
import type { Desk } from './desk.ts';
import { initiativesOf } from './policy-map.ts';

const waitingFor = async (desk: Desk, targets: readonly Target[]): Promise<Obstacle[]> => {
  const open = await desk.database.requests.list({ statuses: ['pending', 'approved'] });
  return open
    .filter((request) =>
      request.targets.some((theirs) => targets.some((ours) => sameId(theirs.exemptionId, ours.exemptionId))),
    )
    .map((request) => ({
      code: 'already-requested',
      blocking: true,
      sentence: `${request.reference} by ${request.requester.name} already asks for this. Say: request ${request.reference}`,
    }));
};

/** What would be written for a recommendation at each of the scopes, from Azure's current state, and what stands in the way. */
export const planRequest = async (
  desk: Desk,
  recommendation: Pick<Recommendation, 'title' | 'policyDefinitionId'>,
  scopes: readonly string[],
): Promise<ExemptionPlan> => {
  const [hierarchy, existing] = await Promise.all([desk.hierarchy(), desk.exemptions.list()]);
  const plans = await Promise.all(
    scopes.map(async (scope) => {
      const assignments = await desk.policies.assignments(scope);
      const initiatives = await initiativesOf(desk, assignments);
      return planExemptions({
        recommendation,
        scope,
        assignments,
        initiatives,
        existing,
        hierarchy,
        now: desk.now(),
        timeZone: desk.timeZone,
        hash: desk.hash,
      });
    }),
  );
  const targets = [
    ...new Map(plans.flatMap((plan) => plan.targets.map((each) => [each.exemptionId.toLowerCase(), each]))).values(),
  ];
  const found = plans.flatMap((plan) => plan.obstacles).concat(await waitingFor(desk, targets));
  const obstacles = [...new Map(found.map((each) => [each.sentence, each])).values()];
  return { targets, obstacles };
};
