import type { Alert } from '../../core/alert/alert.ts';
import { alertWords } from '../../core/alert/alert-words.ts';
import { outcomeWords } from '../../core/alert/outcome-words.ts';
import type { AlertDelivery } from '../../core/alert/alert-delivery.ts';
import { happeningsIn, hearingOf } from '../../core/alert/audience.ts';
import { formatInstant } from '../../core/calendar.ts';
import { causesOf, effectWithinHours, standingOf, type EffectFindings } from '../../core/request/effect.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { personPlace } from '../../core/chat/person-place.ts';
import { scopeLabel, everything } from '../../core/tenant/hierarchy.ts';
import type { Actor } from '../../core/person.ts';
import { approverNames, type EffectProgress, type ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';
import { deliveryOf, queueDeliveries, raiseAlerts } from '../alert/raise-alerts.ts';
import { planAgain } from '../plan/recheck-targets.ts';

const actor: Actor = { kind: 'job', name: 'follow-requests' };
const kind = 'not-effective';

/** Under this key each place that is told is remembered, so that it is told the end as well. */
const toldKey = ({ reference }: ExemptionRequest): string => `${reference}|${kind}`;

const notCoveredBy = async (desk: Desk, request: ExemptionRequest): Promise<readonly string[] | undefined> => {
  return unlessUntold(async () => {
    // Whatever is exempt now is no cause, however soon that expires.
    return (await planAgain(desk, request, desk.now())).notCovered;
  }, undefined);
};

const findings = async (desk: Desk, request: ExemptionRequest): Promise<Omit<EffectFindings, 'unseen'>> => {
  const [notCovered, standings] = await Promise.all([
    notCoveredBy(desk, request),
    Promise.all(
      request.targets.map(async (target) => {
        const found = await desk.exemptions.read(target.exemptionId);
        return { name: target.assignmentName, standing: standingOf(target, request, found, desk.now()) };
      }),
    ),
  ]);
  return { notCovered, leftOut: request.leftOut, standings };
};

const alertFor = async (
  desk: Desk,
  request: ExemptionRequest,
  progress: EffectProgress,
  unseen: string | undefined,
): Promise<Alert> => {
  const [hierarchy, found] = await Promise.all([desk.hierarchy(), findings(desk, request)]);
  const { terms, reference, requester, appliedAt } = request;
  return {
    step: alertWords.notEffective.step,
    title: `${alertWords.notEffective.title} after ${effectWithinHours} hours`,
    severity: terms.recommendation.severity,
    facts: [
      { label: 'Recommendation', text: terms.recommendation.title },
      { label: 'Scope', text: terms.scopes.map((scope) => scopeLabel(scope, hierarchy)).join(', ') },
      { label: 'Resources in effect', text: `${progress.exempt} of ${progress.of} so far` },
      ...(appliedAt === undefined
        ? []
        : [{ label: 'Written to Azure', text: formatInstant(appliedAt, desk.timeZone) }]),
      { label: 'Requested by', text: `${requester.name}, approved by ${approverNames(request)}` },
      { label: 'Request', text: reference },
    ],
    words: '',
    rows: [
      'Likely causes, most likely first:',
      ...causesOf({ ...found, unseen }).map((cause, index) => `${index + 1}. ${cause}`),
    ],
    reference,
    origin: request.origin,
    recommendations: [terms.recommendation.key.toLowerCase()],
    exemptionId: undefined,
  };
};

/** Deliveries to the personal chats of requester and approver, and to the channels that watch the scope and want to hear of it. */
const deliveriesOf = async (desk: Desk, request: ExemptionRequest, alert: Alert): Promise<AlertDelivery[]> => {
  const people = [request.requester, ...request.approvals.map(({ by }) => by)];
  const [hierarchy, ...chats] = await Promise.all([
    desk.hierarchy(),
    ...people.map(
      async ({ objectId }) => (await desk.database.conversations.personal(objectId))?.id ?? personPlace(objectId),
    ),
  ]);
  const { scopes } = request.terms;
  const unitKey = toldKey(request);
  const happening = happeningsIn(hierarchy)({ kind, severity: alert.severity, scopes, alert });
  const watching = await desk.database.subscriptions.at(
    'alerts',
    [everything, ...happening.around],
    [request.terms.recommendation.key],
  );
  const channels = Map.groupBy(watching, ({ channelId }) => channelId);
  const heard = [...channels].flatMap(([channelId, subscriptions]) => {
    const hearing = hearingOf(subscriptions, desk.now(), desk.timeZone)(happening);
    return hearing === undefined ? [] : [deliveryOf(desk, channelId, alert, { kind, unitKey, ...hearing })];
  });
  const personal = new Set(chats);
  return [...[...personal].map((id) => deliveryOf(desk, id, alert, { kind, unitKey, scopes })), ...heard];
};

/** Reports once to requester, approver and channels that a written exemption is not in effect, with the likely causes; its status stays. `unseen` says why Defender shows nothing of it. */
export const reportNotEffective = async (
  desk: Desk,
  request: ExemptionRequest,
  progress: EffectProgress,
  unseen: string | undefined,
): Promise<void> => {
  const step = [`not-effective ${request.appliedAt?.toISOString() ?? ''}`];
  if (await desk.database.alerts.isClaimed(actor.name, request.reference, step)) return;
  const deliveries = await deliveriesOf(desk, request, await alertFor(desk, request, progress, unseen));
  await desk.database.transaction(async (store) => {
    if (!(await store.alerts.claim(actor.name, request.reference, step, desk.now()))) return;
    await store.ledger.append({
      at: desk.now(),
      actor,
      reference: request.reference,
      event: 'not-effective',
      from: request.status,
      to: request.status,
      text: '',
      facts: { exempt: String(progress.exempt), of: String(progress.of) },
    });
    for (const { channelId } of deliveries) await store.alerts.claim(channelId, toldKey(request), step, desk.now());
    await queueDeliveries(desk, store, deliveries);
  });
};

/** Tells whoever was told that an exemption is not in effect that it is now; its requester hears that from the request. */
export const reportInEffect = async (desk: Desk, request: ExemptionRequest): Promise<void> => {
  const { terms, reference, requester, appliedAt } = request;
  const hierarchy = await desk.hierarchy();
  await raiseAlerts(desk, [
    {
      kind,
      unitKey: toldKey(request),
      steps: [`in effect ${appliedAt?.toISOString() ?? ''}`],
      scopes: terms.scopes,
      severity: terms.recommendation.severity,
      alert: {
        ...alertWords.inEffect,
        severity: terms.recommendation.severity,
        facts: [
          { label: 'Recommendation', text: terms.recommendation.title },
          { label: 'Scope', text: terms.scopes.map((scope) => scopeLabel(scope, hierarchy)).join(', ') },
          { label: 'Requested by', text: `${requester.name}, approved by ${approverNames(request)}` },
          { label: 'Request', text: reference },
        ],
        words: '',
        rows: ['Defender for Cloud no longer counts the recommendation there.'],
        reference,
        origin: request.origin,
        recommendations: [terms.recommendation.key.toLowerCase()],
        exemptionId: undefined,
      },
      ending: { of: [toldKey(request)], onlyToHearers: true, requesterKnows: true },
      outcome: {
        keys: [toldKey(request)],
        outcome: {
          ...outcomeWords.inEffect({ at: desk.now(), timeZone: desk.timeZone }),
          step: alertWords.inEffect.step,
          event: `in effect ${reference} ${appliedAt?.toISOString() ?? ''}`,
        },
      },
    },
  ]);
};
