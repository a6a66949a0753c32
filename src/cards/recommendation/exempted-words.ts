import { formatDay } from '../../core/calendar.ts';
import type { ExemptionFacts } from '../../core/exemption/exemption.ts';
import { personOrApplication } from '../../core/exemption/who-changed.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { nameOf, resourceGroupOf } from '../../core/tenant/arm-id.ts';
import { distinctLabels } from '../../core/tenant/distinct-labels.ts';
import type { Assessment } from '../../core/tenant/recommendation.ts';
import { shortened } from '../../core/visible-text.ts';
import type { ActionData } from '../actions.ts';

/** An exempt resource of a recommendation, and what exempts it as far as Azure shows it. */
export type ExemptedResource = {
  readonly assessment: Assessment;
  readonly exemption: ExemptionFacts | undefined;
  readonly madeIn: 'policy' | 'defender';
  /** The request that wrote it; undefined: made outside Exemption Desk. */
  readonly request: Pick<ExemptionRequest, 'reference' | 'requester'> | undefined;
};

type Placed = Pick<Assessment, 'resourceId' | 'resourceName'>;

const placeOf = ({ resourceId, resourceName }: Placed): string => {
  const group = resourceGroupOf(resourceId);
  return group === undefined ? resourceName : `${resourceName} in ${nameOf(group)}`;
};

/** The place of an assessment in words. They differ even if resources and their groups are called the same. */
export const placesOf = (assessments: readonly Placed[]): ((assessment: Placed) => string) => {
  const labels = distinctLabels(assessments.map((each) => ({ id: each.resourceId, label: placeOf(each) })));
  const places = new Map(labels.map(({ id, label }) => [id, label]));
  return (assessment) => places.get(assessment.resourceId) ?? placeOf(assessment);
};

const whoAsked = ({ exemption, request }: ExemptedResource): string[] => {
  if (request !== undefined) return [`requested by ${shortened(request.requester.name, 60)} (${request.reference})`];
  return exemption?.createdBy === undefined ? [] : [`by ${shortened(personOrApplication(exemption.createdBy), 60)}`];
};

/** The word for why a resource is exempt. */
export const reasonOf = ({ exemption }: ExemptedResource): string => exemption?.category ?? 'Exempt';

/** When an exemption ends and who asked for it, part by part. */
export const endAndMaker = (exempted: ExemptedResource, timeZone: string): string[] => {
  const { exemption, madeIn } = exempted;
  if (exemption === undefined) return ['Azure does not say why'];
  return [
    exemption.expiresAt === undefined ? 'never expires' : `until ${formatDay(exemption.expiresAt, timeZone)}`,
    ...(madeIn === 'defender' ? ['created in Defender for Cloud'] : []),
    ...whoAsked(exempted),
  ];
};

/** What opens the exemption of a resource, where it can be renewed, changed, revoked or adopted; undefined if Azure shows none. */
export const itsExemption = ({ exemption }: ExemptedResource): ActionData | undefined =>
  exemption === undefined ? undefined : { verb: 'show-exemption', id: exemption.id };
