import { GovernanceError } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import type { UnclaimedDraft } from '../../core/request/draft.ts';
import type { Form } from '../../core/request/terms.ts';
import { sameId } from '../../core/tenant/arm-id.ts';
import type { Desk } from '../desk.ts';
import { offerChoices } from './offer-choices.ts';

/** What an application drafts. */
export type Left = {
  readonly key: string;
  readonly scopes: readonly string[];
  readonly form: Partial<Form>;
  readonly onBehalfOf: string;
};

/**
 * Keeps a draft of an application until a person claims it, as far as its service principal may read in Azure what it is about. Throws GovernanceError
 * not-found for anything else.
 */
export const leaveDraft = async (
  desk: Desk,
  application: { readonly appId: string; readonly person: Person },
  { key, scopes, form, onBehalfOf }: Left,
): Promise<UnclaimedDraft> => {
  const offer = await offerChoices(desk, application.person, key);
  const offered = [...offer.resources, ...offer.scopes];
  const wrong = scopes.find((scope) => !offered.some(({ id }) => sameId(id, scope)));
  if (wrong !== undefined)
    throw new GovernanceError(
      'not-found',
      `The recommendation is not open on “${wrong}”, or the application cannot read it there.`,
    );
  const { title, severity, policyDefinitionId } = offer.recommendation;
  const draft: UnclaimedDraft = {
    id: desk.newId(),
    application: application.appId,
    recommendation: { key: offer.recommendation.key, title, severity, policyDefinitionId },
    form,
    scopes,
    onBehalfOf,
    createdAt: desk.now(),
    claimedBy: undefined,
  };
  await desk.database.unclaimedDrafts.add(draft);
  return draft;
};
