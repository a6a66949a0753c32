import type { Assessment, Assessments } from '../../tenant/assessments.ts';
import { assessmentIdOf } from '../../tenant/standings.ts';
import type { AssessedResource } from '../../tenant/standings.ts';
import type { Subscription, Tenant } from '../../tenant/tenant.ts';
import { standingFor } from '../kql/row-wish.ts';
import { metadataOf, portalLinkOf } from '../security/security-documents.ts';
import { alikeIn, countAlike, seesNoResources } from './alike-assessments.ts';
import type { Alike } from './alike-assessments.ts';
import { onceFor, placerOn, propertiesMaker, tenantIdAt } from './placed-row.ts';
import type { PlacedRow } from './placed-row.ts';
import type { Within } from './segment.ts';

export const assessmentType = 'Microsoft.Security/assessments';
const action = `${assessmentType}/read`;

const detailsOf = ({ id }: AssessedResource) => ({ Source: 'Azure', Id: id });

const properties: Readonly<Record<string, (assessment: Assessment) => unknown>> = {
  resourceDetails: ({ resource }) => detailsOf(resource),
  displayName: ({ recommendation }) => recommendation.displayName,
  status: ({ status }) => status,
  additionalData: () => null,
  metadata: ({ recommendation }) => metadataOf(recommendation),
  links: (assessment) => ({ azurePortal: portalLinkOf(assessment) }),
};

type IsWanted = (assessment: Assessment) => boolean;

function* rowsOfEach(
  tenant: Tenant,
  assessments: Iterable<Assessment>,
  { wish }: Within,
  isWanted: IsWanted,
): Generator<PlacedRow> {
  const place = placerOn(tenant, assessmentType, wish?.columns);
  const propertiesOf = propertiesMaker(properties, wish?.members);
  for (const assessment of assessments)
    if (isWanted(assessment))
      yield place(
        assessment.resource,
        () => assessmentIdOf(assessment),
        assessment.recommendation.assessmentKey,
        () => propertiesOf(assessment),
      );
}

/** Rows for whoever looks at nothing that tells resources apart, each at the subscription of the first assessment that it stands for. */
function* rowsOfAlike(
  tenant: Tenant,
  alike: Iterable<Alike>,
  { wish }: Within,
  isWanted: IsWanted,
): Generator<PlacedRow> {
  const propertiesOf = propertiesMaker(properties, wish?.members);
  for (const { assessment, count } of alike) {
    if (!isWanted(assessment)) continue;
    const { subscriptionId } = assessment.resource;
    const chain = tenant.chainOf(`/subscriptions/${subscriptionId}`);
    const row = {
      name: assessment.recommendation.assessmentKey,
      type: assessmentType.toLowerCase(),
      subscriptionId,
      tenantId: tenantIdAt(tenant, subscriptionId),
      properties: propertiesOf(assessment),
    };
    yield { row: standingFor(row, count), scope: chain[0], chain, action };
  }
}

/** Defender's assessments in the subscriptions, only with the properties that a query looks at. */
export function* assessmentRows(tenant: Tenant, assessments: Assessments, within: Within): Generator<PlacedRow> {
  const { of } = assessments.view();
  const { subscriptions, wish = {}, seesAllAt } = within;
  const { names, columns, canBeWanted = () => true } = wish;
  const type = assessmentType.toLowerCase();
  const isStatusWanted = onceFor((status: Assessment['status']) => canBeWanted({ type, properties: { status } }));
  const isWanted: IsWanted = ({ recommendation, status }) =>
    names?.has(recommendation.assessmentKey) !== false && isStatusWanted(status);
  const mayCount = seesNoResources(wish);
  const isAllSeen = ({ subscriptionId }: Subscription): boolean => {
    const chain = tenant.chainOf(`/subscriptions/${subscriptionId}`);
    return seesAllAt?.({ scope: chain[0], chain, action }) === true;
  };
  const mayMerge = mayCount && columns?.has('subscriptionId') === false && !columns.has('tenantId');
  if (mayMerge && subscriptions.every(isAllSeen)) {
    const asked = subscriptions.filter(({ subscriptionId }) =>
      canBeWanted({ type, subscriptionId, tenantId: tenantIdAt(tenant, subscriptionId) }),
    );
    const alike = countAlike(asked.flatMap(({ subscriptionId }) => alikeIn(of(subscriptionId))));
    yield* rowsOfAlike(tenant, alike, within, isWanted);
    return;
  }
  for (const subscription of subscriptions) {
    const own = of(subscription.subscriptionId);
    if (mayCount && isAllSeen(subscription)) yield* rowsOfAlike(tenant, alikeIn(own), within, isWanted);
    else yield* rowsOfEach(tenant, own, within, isWanted);
  }
}
