import { sameId } from '../../core/tenant/arm-id.ts';
import type { Target } from '../../core/plan/exemption-plan.ts';
import { isRefusal, type GovernanceError } from '../../core/governance-error.ts';
import { goneSentence } from '../../core/request/gone.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { WriteStep } from '../../core/request/write-step.ts';
import type { Desk } from '../desk.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import { buildExemption } from '../plan/build-exemption.ts';
import { isScopeGone } from '../plan/find-gone.ts';
import { recordStep } from '../record/record-step.ts';

/** The answer of Azure for one target; `refusal` undefined: written. */
export type Written = { readonly target: Target; readonly refusal: string | undefined };

const begin = async (desk: Desk, reference: string, exemptionId: string, known: WriteStep | undefined) => {
  if (known !== undefined) return known;
  const before = await desk.exemptions.snapshot(exemptionId);
  await desk.database.writeSteps.begin({ reference, exemptionId, before });
  return { reference, exemptionId, before };
};

/** Azure says of several things that it does not know them; that the scope is gone is said plainly. */
const reasonFor = async (desk: Desk, target: Target, refusal: GovernanceError): Promise<string> => {
  if (!isRefusal(refusal, 'not-found') || (await isScopeGone(desk, target)) !== true) return refusal.message;
  return goneSentence(scopeLabel(target.scope, await desk.hierarchy()));
};

const writeOne = async (
  desk: Desk,
  request: ExemptionRequest,
  target: Target,
  known: WriteStep | undefined,
): Promise<Written> => {
  if (known?.state === 'written') return { target, refusal: undefined };
  const step = await begin(desk, request.reference, target.exemptionId, known);
  try {
    await desk.exemptions.write(buildExemption(request, target));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const refusal = await reasonFor(desk, target, error);
    await recordStep(desk, { ...step, state: 'refused', refusal });
    return { target, refusal };
  }
  await recordStep(desk, { ...step, state: 'written', refusal: undefined });
  return { target, refusal: undefined };
};

/**
 * Writes targets one after another, each as a recorded step: what was there is stored before anything is written, so that a run that ends
 * anywhere can be resumed or undone. Stops at the first refusal unless the rest is to be written anyway. Throws GovernanceError unavailable
 * if Azure does not answer.
 */
export const writeExemptions = async (
  desk: Desk,
  request: ExemptionRequest,
  targets: readonly Target[],
): Promise<Written[]> => {
  const steps = await desk.database.writeSteps.of(request.reference);
  const results: Written[] = [];
  for (const target of targets) {
    const known = steps.find((step) => sameId(step.exemptionId, target.exemptionId));
    const written = await writeOne(desk, request, target, known);
    results.push(written);
    if (written.refusal !== undefined && desk.partialRights === 'all-or-nothing') break;
  }
  return results;
};
