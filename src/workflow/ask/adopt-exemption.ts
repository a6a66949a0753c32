import { beginningOf, visibleLength } from '../../core/visible-text.ts';
import { sameId } from '../../core/tenant/arm-id.ts';
import type { Target } from '../../core/plan/exemption-plan.ts';
import { isExpired, type Exemption } from '../../core/exemption/exemption.ts';
import { hiddenSentence } from '../../core/exemption/hidden-sentence.ts';
import { goneSentence, withoutGone, type Gone } from '../../core/plan/gone-references.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { ListedExemption } from '../../core/inventory/listed-exemption.ts';
import { narrowTargets } from '../../core/plan/narrow-targets.ts';
import type { Person } from '../../core/person.ts';
import type { RequestGovernance } from '../../core/request/request-governance.ts';
import { claimKey } from '../../core/request/exemption-claims.ts';
import { undecided, type ExemptionRequest } from '../../core/request/request.ts';
import { addRequest, goAhead } from '../record/add-request.ts';
import { afresh } from '../afresh.ts';
import type { Desk } from '../desk.ts';
import { governRequest } from '../plan/govern-request.ts';
import { readExemption } from '../inventory/read-exemption.ts';
import { refuseUnlessApprover } from '../rights/may-decide.ts';
import { planRequest } from '../plan/plan-request.ts';
import { recordingRefusal } from '../record/record-refusal.ts';
import { whoHas } from '../record/settle-claims.ts';

const refused = (sentence: string): GovernanceError => new GovernanceError('conflict', sentence);

const noRecommendation = 'That exemption does not belong to any Defender recommendation.';

/** Why an exemption cannot be adopted; undefined if it can. */
const obstacleOf = (row: ListedExemption): string | undefined => {
  if (row.madeIn === 'defender') return 'It was created in Defender for Cloud, so Exemption Desk cannot change it.';
  if (row.request !== undefined) return `It already belongs to ${row.request.reference}.`;
  if (row.state === 'orphaned')
    return 'Its policy assignment is gone, so it exempts nothing. To delete it, send: cleanup';
  if (row.state === 'expired') return 'It has expired. Request a new exemption.';
  return row.wholeInitiative
    ? 'It covers a whole initiative. Request an exemption from the recommendations that are meant, then have this one deleted.'
    : undefined;
};

/** The exemption as it is in Azure now. */
const currentOf = async (desk: Desk, { exemption: { id } }: ListedExemption): Promise<Exemption> => {
  const found = await desk.exemptions.read(id);
  if (found === undefined || isExpired(found, desk.now())) throw refused('It has just expired or was deleted.');
  if (found.managedBy !== undefined)
    throw refused(
      `${found.managedBy} manages it in files of its own and would undo the change. Have it changed there.`,
    );
  const hidden = hiddenSentence(id, await desk.exemptions.hiddenMembers(id));
  if (hidden !== undefined) throw refused(hidden);
  return found;
};

const targetOf = ({ id, scope, policyAssignmentId, referenceIds }: Exemption, row: ListedExemption): Target => ({
  exemptionId: id,
  scope,
  assignmentId: policyAssignmentId,
  assignmentName: row.assignmentNames[0] ?? policyAssignmentId,
  referenceIds,
});

const termsOf = ({ exemption: { scope, category, expiresAt } }: ListedExemption) => ({
  scopes: [scope],
  category,
  expiresAt,
});

type Adoptable = Pick<ExemptionRequest, 'targets' | 'alsoExempts'> & { readonly gone: readonly Gone[] };

/**
 * What of the exemptions a request would write, and what is gone. It would have to write everything that the assigned versions still include;
 * otherwise adopting would remove a part.
 */
const adoptable = async (desk: Desk, found: readonly Target[], row: ListedExemption): Promise<Adoptable> => {
  const catalogue = await desk.recommendations.catalogue();
  const recommendation = catalogue.find(({ key }) => key === row.recommendations[0]?.key);
  if (recommendation === undefined) throw refused(noRecommendation);
  const ids = found.map(({ exemptionId }) => exemptionId);
  const plan = await planRequest(desk, recommendation, termsOf(row), ids, found);
  const { gone } = plan;
  const targets = withoutGone(found, gone);
  if (targets.length < found.length)
    throw refused(
      `${goneSentence(gone)} So it exempts nothing there: have it deleted. To ask again, open the recommendation.`,
    );
  const kept = narrowTargets(targets, plan.targets).targets;
  const isKept = (target: Target) =>
    kept.some(
      (each) =>
        sameId(each.exemptionId, target.exemptionId) && each.referenceIds?.length === target.referenceIds?.length,
    );
  if (targets.every(isKept)) return { targets, alsoExempts: plan.alsoExempts, gone };
  throw refused(
    `It covers more than “${recommendation.title}”, or something that no longer applies there. Request an exemption from what is meant, then have this one deleted.`,
  );
};

const governanceOf = async (
  desk: Desk,
  { exemption, recommendations }: ListedExemption,
): Promise<RequestGovernance> => {
  const [recommendation] = recommendations;
  if (recommendation === undefined) throw refused(noRecommendation);
  const { category, scope } = exemption;
  const asked = { recommendation, category, scopes: [scope], firstLasted: undefined };
  const { outcome, trace } = await governRequest(desk, asked);
  if (outcome.kind === 'denied') throw refused(`The governance rules do not allow it: ${outcome.reasons.join(' ')}`);
  const why = 'it was created outside Exemption Desk and nobody approved it here';
  return {
    approvals: 0,
    approvers: outcome.approvers,
    limits: outcome.limits,
    trace: [...trace, { rule: 'adopted', line: undefined, result: 'matched', why }],
    adopted: true,
  };
};

const checkedJustification = (text: string, { limits }: RequestGovernance): string => {
  const justification = text.trim();
  const { justificationMinLength: shortest } = limits;
  if (visibleLength(justification) < shortest)
    throw new GovernanceError('invalid', `A justification of at least ${shortest} characters is required.`);
  return justification;
};

/**
 * Adopts an exemption that was made outside Exemption Desk, with those made together with it: creates a request by the person for the
 * exemptions as they are, and writes its justification to Azure. Only for somebody who could create them, read live from Azure. It claims
 * no approval. Returns the reference of the request, and which reference ids it leaves out because the assigned version no longer has them. Throws GovernanceError conflict with the reason if it cannot be adopted.
 */
export const adoptExemption = async (
  given: Desk,
  person: Person,
  id: string,
  words: string,
): Promise<{ readonly reference: string; readonly gone: readonly Gone[] }> => {
  const desk = afresh(given);
  const rows = await readExemption(desk, { person, channelId: undefined }, id);
  const [first] = rows;
  const obstacle = rows.map(obstacleOf).find((each) => each !== undefined);
  if (obstacle !== undefined) throw refused(obstacle);
  const governance = await governanceOf(desk, first);
  const justification = checkedJustification(words, governance);
  const current = await Promise.all(rows.map((row) => currentOf(desk, row)));
  const targets = rows.flatMap((row, index) => {
    const exemption = current[index];
    return exemption === undefined ? [] : [targetOf(exemption, row)];
  });
  const facts = { exemptions: targets.map(({ exemptionId }) => exemptionId).join(' ') };
  await recordingRefusal(desk, person, 'adopt', { facts }, () =>
    refuseUnlessApprover(desk, person, { reference: 'about this exemption', targets, governance }),
  );
  const { gone, ...adoption } = await adoptable(desk, targets, first);
  const { reference } = await adopted(desk, person, { first, ...adoption, governance, justification }, gone);
  return { reference, gone };
};

type Adoption = Pick<ExemptionRequest, 'targets' | 'alsoExempts' | 'governance'> & {
  readonly first: ListedExemption;
  readonly justification: string;
};

const requestOf = (
  desk: Desk,
  person: Person,
  { first, justification, targets, alsoExempts, governance }: Adoption,
): ExemptionRequest => {
  const { exemption, recommendations } = first;
  const [recommendation] = recommendations;
  if (recommendation === undefined) throw refused(noRecommendation);
  const { key, title, severity } = recommendation;
  const at = desk.now();
  return {
    reference: desk.newReference(),
    version: 1,
    status: 'pending',
    requester: person,
    createdAt: at,
    terms: {
      recommendation: { key, title, severity },
      scopes: [exemption.scope],
      name: beginningOf(exemption.displayName || exemption.name, 128),
      category: exemption.category,
      expiresAt: exemption.expiresAt,
      justification,
      ticket: '',
    },
    targets,
    alsoExempts,
    leftOut: [],
    governance,
    renewal: undefined,
    waitingSince: at,
    ...undecided,
  };
};

const adopted = (desk: Desk, person: Person, adoption: Adoption, gone: readonly Gone[]): Promise<ExemptionRequest> => {
  const request = requestOf(desk, person, adoption);
  return desk.database.transaction(async (store) => {
    const keys = request.targets.map(({ exemptionId }) => claimKey(exemptionId));
    const [first] = await store.claims.of(keys, request.createdAt);
    if (first !== undefined) throw refused(await whoHas(store, first));
    await addRequest(store, request.createdAt, request, undefined, 'adopting');
    const ids = gone.flatMap(({ referenceIds }) => referenceIds);
    return goAhead(desk, store, request, 'adopted', '', ids.length === 0 ? {} : { gone: ids.join(' ') });
  });
};
