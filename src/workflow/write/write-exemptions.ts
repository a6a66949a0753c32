import { inParallel } from '../../core/in-parallel.ts';
import { chunksOf } from '../../core/lists.ts';
import { sameId } from '../../core/tenant/arm-id.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import type { Target } from '../../core/plan/exemption-plan.ts';
import { isRefusal, type GovernanceError } from '../../core/governance-error.ts';
import { goneSentence } from '../../core/request/gone.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { WriteStep } from '../../core/request/write-step.ts';
import type { Desk } from '../desk.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import { buildExemption } from '../plan/build-exemption.ts';
import { isScopeGone } from '../plan/find-gone.ts';
import { listingFinder } from '../plan/list-facts.ts';
import { recordStep } from '../record/record-step.ts';
import { everySomeSeconds } from '../record/tell-progress.ts';

/** The answer of Azure for one target; `refusal` undefined: written. */
export type Written = { readonly target: Target; readonly refusal: string | undefined };

/** So many targets are written side by side. Azure takes about ten writes a second from one caller. */
const sideBySide = 8;

type ListingOf = Awaited<ReturnType<typeof listingFinder>>;

type Begun = {
  readonly target: Target;
  readonly step: Omit<WriteStep, 'state' | 'refusal'>;
  readonly isWritten: boolean;
};

/** Reads together what stands at the targets, and stores it before anything is written, in their order. `steps` of an earlier run stay as they were. */
const beginAll = async (
  desk: Desk,
  reference: string,
  targets: readonly Target[],
  steps: readonly WriteStep[],
): Promise<Begun[]> => {
  const read = await inParallel(targets, sideBySide, async (target) => {
    const { exemptionId } = target;
    const known = steps.find((step) => sameId(step.exemptionId, exemptionId));
    const before = known === undefined ? await desk.exemptions.snapshot(exemptionId) : known.before;
    return { target, step: { reference, exemptionId, before }, known };
  });
  for (const { step, known } of read) if (known === undefined) await desk.database.writeSteps.begin(step);
  return read.map(({ target, step, known }) => ({ target, step, isWritten: known?.state === 'written' }));
};

/** Azure says of several things that it does not know them; that the scope is gone is said plainly. */
const reasonFor = async (desk: Desk, target: Target, refusal: GovernanceError): Promise<string> => {
  if (!isRefusal(refusal, 'not-found') || (await isScopeGone(desk, target)) !== true) return refusal.message;
  return goneSentence(scopeLabel(target.scope, await desk.hierarchy()));
};

const writeOne = async (
  desk: Desk,
  request: ExemptionRequest,
  listingOf: ListingOf,
  { target, step }: Begun,
): Promise<Written> => {
  let exemption: Exemption;
  try {
    exemption = await desk.exemptions.write(buildExemption(request, target));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const refusal = await reasonFor(desk, target, error);
    await recordStep(desk, { ...step, state: 'refused', refusal }, undefined);
    return { target, refusal };
  }
  await recordStep(desk, { ...step, state: 'written', refusal: undefined }, listingOf(exemption, request.reference));
  return { target, refusal: undefined };
};

/** Writes a portion side by side. Begins nothing more once one is refused or not answered, and ends only when nothing is under way any more. */
const writePortion = async (
  desk: Desk,
  request: ExemptionRequest,
  listingOf: ListingOf,
  portion: readonly Begun[],
): Promise<Written[]> => {
  const failures: unknown[] = [];
  let isStopped = false;
  const results = await inParallel(portion, sideBySide, async (begun): Promise<Written | undefined> => {
    if (begun.isWritten) return { target: begun.target, refusal: undefined };
    if (isStopped) return undefined;
    try {
      const written = await writeOne(desk, request, listingOf, begun);
      isStopped ||= written.refusal !== undefined && desk.partialRights === 'all-or-nothing';
      return written;
    } catch (error) {
      isStopped = true;
      failures.push(error);
      return undefined;
    }
  });
  if (failures.length > 0) throw failures[0];
  return results.filter((each) => each !== undefined);
};

/**
 * Writes targets a few at a time, each as a recorded step: what was there is stored before anything is written, so that a run that ends
 * anywhere can be resumed or undone. Begins no more after the first refusal unless the rest is to be written anyway. Throws GovernanceError
 * unavailable if Azure does not answer.
 */
export const writeExemptions = async (
  desk: Desk,
  request: ExemptionRequest,
  targets: readonly Target[],
): Promise<Written[]> => {
  const steps = await desk.database.writeSteps.of(request.reference);
  const listingOf = await listingFinder(
    desk,
    targets.map(({ scope }) => scope),
  );
  const results: Written[] = [];
  const { reference } = request;
  const progress = everySomeSeconds(desk, () => desk.database.jobs.send('publish-request', { reference }));
  for (const portion of chunksOf(targets, sideBySide)) {
    const begun = await beginAll(desk, request.reference, portion, steps);
    results.push(...(await writePortion(desk, request, listingOf, begun)));
    if (desk.partialRights === 'all-or-nothing' && results.some(({ refusal }) => refusal !== undefined)) break;
    await progress();
  }
  return results;
};
