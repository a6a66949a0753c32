import { GovernanceError } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import { draftedTogetherMs, type UnclaimedDraft } from '../../core/request/draft.ts';
import type { Form } from '../../core/request/terms.ts';
import { sameId } from '../../core/tenant/arm-id.ts';
import type { Desk } from '../desk.ts';
import { offerChoices } from './offer-choices.ts';

/** The draft that an application leaves. */
export type Left = {
  readonly key: string;
  readonly scopes: readonly string[];
  readonly form: Partial<Form>;
  readonly onBehalfOf: string;
};

/** The same for everything that is drafted together, and for nothing else. */
const idOf = ({ hash, now }: Desk, { appId }: { readonly appId: string }, { key, form, onBehalfOf }: Left): string => {
  const { resources: _, ...rest } = form;
  const period = Math.floor(now().getTime() / draftedTogetherMs);
  return hash(JSON.stringify([appId, key, rest, onBehalfOf, period])).slice(0, 32);
};

/**
 * Keeps a draft of an application until a person claims it, as far as its service principal may read in Azure what it is about. Throws GovernanceError
 * not-found for anything else.
 */
export const leaveDraft = async (
  desk: Desk,
  application: { readonly appId: string; readonly person: Person },
  left: Left,
): Promise<UnclaimedDraft> => {
  const { key, scopes, form, onBehalfOf } = left;
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
    id: idOf(desk, application, left),
    application: application.appId,
    recommendation: { key: offer.recommendation.key, title, severity, policyDefinitionId },
    form,
    scopes,
    onBehalfOf,
    createdAt: desk.now(),
    claimedBy: undefined,
  };
  if (await desk.database.unclaimedDrafts.add(draft)) return draft;
  const another = { ...draft, id: desk.newId() };
  await desk.database.unclaimedDrafts.add(another);
  return another;
};
