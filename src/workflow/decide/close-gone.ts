import { GovernanceError, unlessUntold } from '../../core/governance-error.ts';
import { inParallel } from '../../core/in-parallel.ts';
import type { Actor } from '../../core/person.ts';
import type { Target } from '../../core/plan/exemption-plan.ts';
import {
  closedAsGone,
  goneWords,
  lookAfterEveryMs,
  mostInAMinute,
  oneOfEachScope,
  refusePartlyGone,
} from '../../core/request/gone.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { lapsesAt } from '../../core/request/waiting.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import { attemptAll } from '../attempt-all.ts';
import type { Desk } from '../desk.ts';
import { changeRequest } from '../record/change-request.ts';

const actor: Actor = { kind: 'job', name: 'close-gone' };
const atATime = 8;

/** True only if Azure, asked live, answers that the scope is gone. No answer and a refusal say nothing. */
const isGone = async (desk: Desk, { exemptionId }: Target): Promise<boolean> =>
  (await unlessUntold(() => desk.exemptions.fate(exemptionId), undefined)) === 'gone-with-scope';

const labelsOf = async (desk: Desk, targets: readonly Target[]): Promise<string[]> => {
  const hierarchy = await desk.hierarchy();
  return targets.map(({ scope }) => scopeLabel(scope, hierarchy));
};

const close = async (desk: Desk, before: ExemptionRequest, labels: readonly string[]): Promise<void> => {
  const after = closedAsGone(before, labels, desk.timeZone);
  await changeRequest(desk, { before, after, actor, event: 'gone' });
};

/** Whether everything that a request asks for is gone. The first scope that is still there, or of which Azure says nothing, ends the asking. */
const isAllGone = async (
  { targets }: ExemptionRequest,
  ask: (target: Target) => Promise<boolean>,
): Promise<boolean> => {
  for (const target of oneOfEachScope(targets)) if (!(await ask(target))) return false;
  return true;
};

/** Closes waiting requests for which nothing is left in Azure: of those that it was longest not asked for, some each minute. */
export const closeGone = async (desk: Desk): Promise<void> => {
  const now = desk.now();
  const since = new Date(now.getTime() - lookAfterEveryMs);
  const due = await desk.database.requests.takeToLookAfter({ since, most: mostInAMinute, now });
  const known = new Map<string, Promise<boolean>>();
  const ask = (target: Target): Promise<boolean> => {
    const id = normalId(target.scope);
    const answer = known.get(id) ?? isGone(desk, target);
    known.set(id, answer);
    return answer;
  };
  const waiting = due.filter((request) => request.targets.length > 0 && lapsesAt(request) > now);
  await attemptAll(
    waiting.map((request) => async () => {
      if (!(await isAllGone(request, ask))) return;
      await close(desk, request, await labelsOf(desk, oneOfEachScope(request.targets)));
    }),
  );
};

/**
 * Before an approval of these targets: closes the request if nothing of it is left in Azure, and refuses if a part of what is approved is
 * gone. Throws GovernanceError conflict with the names of what is gone.
 */
export const refuseIfGone = async (desk: Desk, before: ExemptionRequest, targets: readonly Target[]): Promise<void> => {
  if (before.status !== 'pending') return;
  const asked = await inParallel(oneOfEachScope(before.targets), atATime, async (target) => ({
    target,
    gone: await isGone(desk, target),
  }));
  const gone = asked.filter((each) => each.gone).map(({ target }) => target);
  if (gone.length === 0) return;
  if (gone.length === asked.length) {
    const labels = await labelsOf(desk, gone);
    await close(desk, before, labels);
    throw new GovernanceError('conflict', `${before.reference} was closed. ${goneWords(labels)}`);
  }
  const inTheWay = gone.filter(({ scope }) => targets.some((each) => normalId(each.scope) === normalId(scope)));
  refusePartlyGone(before, await labelsOf(desk, inTheWay));
};
