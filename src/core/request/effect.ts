import { isExpired, type Exemption } from '../exemption/exemption.ts';
import type { Target } from '../plan/exemption-plan.ts';
import { sameId } from '../tenant/arm-id.ts';
import { retirementOf } from '../tenant/retired-recommendation.ts';
import type { Assessment } from '../tenant/recommendation.ts';
import { endInAzure, type EffectProgress, type ExemptionRequest } from './request.ts';

/** Azure says "up to 24 hours"; Exemption Desk waits two more before it alerts anybody. */
export const effectWithinHours = 26;

/** How far an exemption shows in Defender. Counts only resources that are exempt or unhealthy. */
export const progressOf = (assessments: readonly Pick<Assessment, 'status'>[]): EffectProgress => {
  const exempt = assessments.filter(({ status }) => status === 'exempt').length;
  return { exempt, of: exempt + assessments.filter(({ status }) => status === 'unhealthy').length };
};

/**
 * Whether Defender shows the exemption of a recommendation on every resource. Nothing at all proves nothing: the assessments of a recommendation
 * that Microsoft retired are gone whether it was exempted or not.
 */
export const isInEffect = (key: string, assessments: readonly Pick<Assessment, 'status'>[]): boolean => {
  const { exempt, of } = progressOf(assessments);
  return exempt === of && assessments.length > 0 && retirementOf(key) === undefined;
};

/** Whether the exemption should have shown in Defender by now. */
export const isOverdue = ({ status, appliedAt }: Pick<ExemptionRequest, 'status' | 'appliedAt'>, now: Date): boolean =>
  (status === 'applied' || status === 'partly-applied') &&
  appliedAt !== undefined &&
  now.getTime() - appliedAt.getTime() >= effectWithinHours * 3_600_000;

export type TargetStanding = 'as-written' | 'changed' | 'gone';

/** Compares an exemption in Azure with what the request wrote. */
export const standingOf = (
  target: Target,
  request: Pick<ExemptionRequest, 'reference' | 'terms' | 'emergency'>,
  found: Exemption | undefined,
  now: Date,
): TargetStanding => {
  if (found === undefined) return 'gone';
  const references = (found.referenceIds ?? []).map((each) => each.toLowerCase());
  const isWhole = found.referenceIds === undefined;
  const coversAll = isWhole || (target.referenceIds ?? []).every((each) => references.includes(each.toLowerCase()));
  const isSame =
    found.requestReference === request.reference &&
    sameId(found.policyAssignmentId, target.assignmentId) &&
    found.expiresAt?.getTime() === endInAzure(request)?.getTime();
  return isSame && coversAll && !isExpired(found, now) && (found.resourceSelectors ?? []).length === 0
    ? 'as-written'
    : 'changed';
};

/** The findings about a request that has no effect. */
export type EffectFindings = {
  /** Why Defender for Cloud shows nothing of the recommendation there, as a sentence; undefined if it shows something. */
  readonly unseen: string | undefined;
  /** Policy assignments that include the recommendation and have no exemption; undefined if unknown. */
  readonly notCovered: readonly string[] | undefined;
  readonly leftOut: readonly string[];
  readonly standings: readonly { readonly name: string; readonly standing: TargetStanding }[];
};

/** Why Defender for Cloud shows nothing of a recommendation, as a sentence; undefined if it should and does. */
export const whyUnseen = (key: string, assessments: readonly unknown[]): string | undefined =>
  retirementOf(key) ??
  (assessments.length > 0
    ? undefined
    : 'Defender for Cloud shows no assessment of this recommendation there: the resources or the recommendation may be gone.');

/** The likely causes why an exemption is not in effect, most likely first, each as a sentence with what was found. Four, or five if Defender shows nothing. */
export const causesOf = ({ unseen, notCovered, leftOut, standings }: EffectFindings): string[] => {
  const uncovered = [...new Set([...leftOut, ...(notCovered ?? [])])].join(', ');
  const namesOf = (standing: TargetStanding): string =>
    [...new Set(standings.filter((each) => each.standing === standing).map(({ name }) => name))].join(', ');
  const [gone, changed] = [namesOf('gone'), namesOf('changed')];
  return [
    ...(unseen === undefined ? [] : [unseen]),
    uncovered !== ''
      ? `Another initiative includes the recommendation and has no exemption: ${uncovered}. Ask for one there too.`
      : notCovered === undefined
        ? 'Another initiative may have been assigned since: Azure did not say.'
        : 'No other initiative that includes the recommendation has been assigned since.',
    gone !== ''
      ? `The exemption from ${gone} was deleted. Ask for it again.`
      : changed !== ''
        ? `The exemption from ${changed} was changed in Azure. Check it there.`
        : 'The exemptions are still in Azure as they were written.',
    'Defender for Cloud evaluates resources only every 12 to 24 hours, so it may just be late.',
    'Defender for Cloud may not use Azure Policy for this recommendation. Then only Environment settings > Exemptions in the portal helps.',
  ];
};
