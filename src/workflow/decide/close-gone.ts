import { GovernanceError } from '../../core/governance-error.ts';
import type { Actor } from '../../core/person.ts';
import type { Target } from '../../core/plan/exemption-plan.ts';
import { oneOfEachScope } from '../../core/plan/gone-scopes.ts';
import { closedAsGone, goneWords, lookAfterEveryMs, mostInAMinute, refusePartlyGone } from '../../core/request/gone.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { lapsesAt } from '../../core/request/waiting.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { attemptAll } from '../attempt-all.ts';
import type { Desk } from '../desk.ts';
import { askScopes, isScopeGoneIfTold, scopeLabelsOf } from '../plan/find-gone.ts';
import { changeRequest } from '../record/change-request.ts';

const actor: Actor = { kind: 'job', name: 'close-gone' };

const close = async (desk: Desk, before: ExemptionRequest, labels: readonly string[]): Promise<void> => {
  const after = closedAsGone(before, labels, desk.timeZone);
  await changeRequest(desk, { before, after, actor, event: 'gone' });
};

/** Whether everything that a request asks for is gone. The first scope that is still there, or of which Azure says nothing, ends the asking. */
const isAllGone = async (
  { targets }: ExemptionRequest,
  ask: (target: Target) => Promise<boolean | undefined>,
): Promise<boolean> => {
  for (const target of oneOfEachScope(targets)) if ((await ask(target)) !== true) return false;
  return true;
};

/** Closes waiting requests for which nothing is left in Azure: of those that it was longest not asked for, some each minute. */
export const closeGone = async (desk: Desk): Promise<void> => {
  const now = desk.now();
  const since = new Date(now.getTime() - lookAfterEveryMs);
  const due = await desk.database.requests.takeToLookAfter({ since, most: mostInAMinute, now });
  const known = new Map<string, Promise<boolean | undefined>>();
  const ask = (target: Target): Promise<boolean | undefined> => {
    const id = normalId(target.scope);
    const answer = known.get(id) ?? isScopeGoneIfTold(desk, target);
    known.set(id, answer);
    return answer;
  };
  const waiting = due.filter((request) => request.targets.length > 0 && lapsesAt(request) > now);
  await attemptAll(
    waiting.map((request) => async () => {
      if (!(await isAllGone(request, ask))) return;
      await close(desk, request, await scopeLabelsOf(desk, oneOfEachScope(request.targets)));
    }),
  );
};

/**
 * Before an approval of these targets: closes the request if nothing of it is left in Azure, and refuses if a part of what is approved is
 * gone. Throws GovernanceError conflict with the names of what is gone.
 */
export const refuseIfGone = async (desk: Desk, before: ExemptionRequest, targets: readonly Target[]): Promise<void> => {
  if (before.status !== 'pending') return;
  const { of, gone, goneTargets } = await askScopes(desk, before.targets);
  if (gone.length === 0) return;
  if (gone.length === of) {
    await close(desk, before, gone);
    throw new GovernanceError('conflict', `${before.reference} was closed. ${goneWords(gone)}`);
  }
  const inTheWay = goneTargets.filter(({ scope }) => targets.some((each) => normalId(each.scope) === normalId(scope)));
  refusePartlyGone(before, await scopeLabelsOf(desk, inTheWay));
};
