import { unlessUntold } from '../../core/governance-error.ts';
import { asksForResources, rulesHere, type RulesHere } from '../../core/governance/rules-here.ts';
import { firstLasted } from '../../core/request/renewal.ts';
import type { Terms } from '../../core/request/terms.ts';
import { askedIn } from '../../core/request/terms.ts';
import { covers, scopeLabel } from '../../core/tenant/hierarchy.ts';
import type { Desk } from '../desk.ts';
import { factsFor } from '../plan/govern-request.ts';
import type { OpenDraft } from './draft-request.ts';
import { findReplaced } from './find-replaced.ts';

/** What the rules say about the scopes that are chosen in a form, and about what it renews. */
export type FormRules = {
  /** Undefined: no scope is chosen yet, or Azure did not answer. */
  readonly here:
    | {
        readonly rules: RulesHere;
        readonly scopes: readonly string[];
        /** The name of a chosen scope. */
        readonly labelOf: (scope: string) => string;
      }
    | undefined;
  /** What is in force and would be replaced. */
  readonly replaced: { readonly reference: string; readonly terms: Pick<Terms, 'expiresAt'> } | undefined;
};

/**
 * The rules for a form as it is filled in now. They are words for its reader: what counts is decided at the preview and again when it is sent,
 * for what was chosen then.
 */
export const rulesOfForm = async (
  desk: Desk,
  { draft, offer }: Pick<OpenDraft, 'draft' | 'offer'>,
): Promise<FormRules> => {
  const replaced = await findReplaced(desk, draft);
  const hierarchy = await desk.hierarchy();
  const offered = {
    resources: [...offer.resources, ...offer.chosen].map(({ id }) => id),
    scopes: offer.scopes.map(({ id }) => id),
    searched: draft.form.searched ?? [],
  };
  const { scopes } = askedIn(draft.form, offered, (scope, wide) => covers(wide, scope, hierarchy));
  if (scopes.length === 0) return { here: undefined, replaced };
  const asked = {
    reason: draft.form.reason,
    recommendation: offer.recommendation,
    scopes,
    firstLasted: replaced === undefined ? undefined : firstLasted(replaced, desk.timeZone),
  };
  const nothingRead = { ...asked, resourceTypes: [], affectedResources: 0, hierarchy };
  const facts = asksForResources(desk.governance)
    ? await unlessUntold(async () => ({ ...(await factsFor(desk, asked)), reason: draft.form.reason }), undefined)
    : nothingRead;
  return {
    here: facts && {
      rules: rulesHere(desk.governance, facts),
      scopes,
      labelOf: (scope) => scopeLabel(scope, hierarchy),
    },
    replaced,
  };
};
