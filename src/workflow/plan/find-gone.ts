import { unlessRefused, unlessUntold } from '../../core/governance-error.ts';
import { inParallel } from '../../core/in-parallel.ts';
import type { Target } from '../../core/plan/exemption-plan.ts';
import { oneOfEachScope, type ScopesAsked } from '../../core/plan/gone-scopes.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import type { Desk } from '../desk.ts';

const atATime = 32;

/** Whether Azure, asked live, says that the scope is gone; undefined if it refuses to say. Throws GovernanceError unavailable. */
export const isScopeGone = (desk: Desk, { exemptionId }: Target): Promise<boolean | undefined> =>
  unlessRefused(async () => (await desk.exemptions.fate(exemptionId)) === 'gone-with-scope', undefined);

/** The same where nothing waits for the answer: undefined also if there is none. */
export const isScopeGoneIfTold = (desk: Desk, target: Target): Promise<boolean | undefined> =>
  unlessUntold(() => isScopeGone(desk, target), undefined);

/** The names of the scopes of targets, as people know them. */
export const scopeLabelsOf = async (desk: Desk, targets: readonly Target[]): Promise<string[]> => {
  const hierarchy = await desk.hierarchy();
  return targets.map(({ scope }) => scopeLabel(scope, hierarchy));
};

/** Asks Azure live about each scope of some targets. */
export const askScopes = async (
  desk: Desk,
  targets: readonly Target[],
  ask = isScopeGoneIfTold,
): Promise<ScopesAsked & { readonly goneTargets: readonly Target[] }> => {
  const each = oneOfEachScope(targets);
  const asked = await inParallel(each, atATime, async (target) => ({ target, isGone: await ask(desk, target) }));
  const those = (answer: boolean | undefined): Target[] =>
    asked.filter(({ isGone }) => isGone === answer).map(({ target }) => target);
  const goneTargets = those(true);
  const [gone, untold] = await Promise.all([scopeLabelsOf(desk, goneTargets), scopeLabelsOf(desk, those(undefined))]);
  return { of: each.length, gone, untold, goneTargets };
};
