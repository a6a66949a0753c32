import { sameId } from '../../core/tenant/arm-id.ts';
import { beginningOf } from '../../core/visible-text.ts';
import type { Draft } from '../../core/request/draft.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { Recommendation } from '../../core/tenant/recommendation.ts';
import { whyNoRequest } from '../../core/plan/why-no-request.ts';
import { samePerson, type Person } from '../../core/person.ts';
import type { Form, FormProblem } from '../../core/request/terms.ts';
import type { Desk } from '../desk.ts';
import { offerChoices, type Offer } from './offer-choices.ts';
import { offerPage } from './offer-page.ts';
import { findReplaced } from './find-replaced.ts';

export type OpenDraft = {
  readonly draft: Draft;
  readonly offer: Offer;
  /** What to correct before it is checked. */
  readonly problems?: readonly FormProblem[];
};

const suggestedName = (title: string): string => beginningOf(`Exempt: ${title}`, 128);

/** What a draft changes or replaces, if it is not a new request; `only`: the scopes that may then be chosen. */
export type Purpose = Partial<Pick<Draft, 'amends' | 'replaces' | 'origin'>> & {
  readonly only?: readonly string[] | undefined;
};

const refuseUnlessOpen = ({ recommendation, found }: Offer): void => {
  const reason = whyNoRequest(recommendation, { unhealthy: found, assignments: 1 });
  if (reason !== '') throw new GovernanceError('conflict', reason);
};

export const newDraft = (
  desk: Desk,
  person: Person,
  { key, title, severity, policyDefinitionId }: Recommendation,
  given: Partial<Form>,
  { amends, replaces, origin }: Purpose = {},
): Draft => ({
  id: desk.newId(),
  requester: person,
  recommendation: { key, title, severity, policyDefinitionId },
  form: {
    scope: 'resources',
    resources: [],
    name: suggestedName(title),
    category: '',
    expiry: '30',
    expiryDate: '',
    justification: '',
    ticket: '',
    ...given,
  },
  createdAt: desk.now(),
  amends,
  replaces,
  origin,
});

/** The form with each scope where its card shows it: what the offer lacks, such as another subscription, stands with what was searched. */
const placed = (given: Partial<Form>, { resources, chosen, scopes }: Offer): Partial<Form> => {
  const { scope = 'resources', resources: ticked = [], searched = [] } = given;
  const lacks = (id: string, offered: Offer['scopes']): boolean => !offered.some((each) => sameId(each.id, id));
  const others = ticked.filter((id) => lacks(id, [...resources, ...chosen]));
  const isElsewhere = scope !== 'resources' && lacks(scope, scopes);
  if (others.length === 0 && !isElsewhere) return given;
  return {
    ...given,
    scope: isElsewhere ? 'resources' : scope,
    resources: ticked.filter((id) => !others.includes(id)),
    searched: [...searched, ...(isElsewhere ? [scope] : []), ...others],
  };
};

/** The draft of a request from what is offered, prefilled with everything known; not stored yet. */
export const draftOn = (
  desk: Desk,
  person: Person,
  offer: Offer,
  given: Partial<Form>,
  purpose: Purpose = {},
): Draft => {
  if (purpose.only === undefined) refuseUnlessOpen(offer);
  const single = offer.found === 1 ? offer.resources.map((each) => each.id) : [];
  const form = purpose.only === undefined ? placed(given, offer) : given;
  return newDraft(desk, person, offer.recommendation, { resources: single, ...form }, purpose);
};

/** Starts a request from what is offered. */
export const draftFrom = async (
  desk: Desk,
  person: Person,
  offer: Offer,
  given: Partial<Form>,
  purpose: Purpose = {},
): Promise<OpenDraft> => {
  const draft = draftOn(desk, person, offer, given, purpose);
  await desk.database.drafts.save(draft);
  return { draft, offer };
};

/** Starts a request as a draft on the server, prefilled with everything known. */
export const startDraft = async (
  desk: Desk,
  person: Person,
  key: string,
  given: Partial<Form> = {},
  purpose: Purpose = {},
): Promise<OpenDraft> => draftFrom(desk, person, await offerChoices(desk, person, key, purpose.only), given, purpose);

/** Keeps where a form was opened first, unless it has come from another place or changes a request that was sent from somewhere. */
export const noteOrigin = async (desk: Desk, draft: Draft, origin: string): Promise<void> => {
  if (draft.origin === undefined && draft.amends === undefined) await desk.database.drafts.save({ ...draft, origin });
};

/** Returns a draft to its requester only. */
export const ownDraft = async (desk: Desk, person: Person, draftId: string): Promise<Draft> => {
  const draft = await desk.database.drafts.find(draftId);
  // That it is somebody else's is not said.
  if (draft === undefined || !samePerson(draft.requester, person))
    throw new GovernanceError(
      'not-found',
      'That form is no longer open. Open the recommendation again to start a new one.',
    );
  return draft;
};

export const reopenDraft = async (desk: Desk, person: Person, draftId: string): Promise<OpenDraft> => {
  const draft = await ownDraft(desk, person, draftId);
  const replaced = await findReplaced(desk, draft);
  const { key } = draft.recommendation;
  const { resources, scope } = draft.form;
  const offer =
    replaced === undefined
      ? await offerPage(desk, person, key, { page: 1, chosen: Promise.resolve(resources), scope })
      : await offerChoices(desk, person, key, replaced.terms.scopes);
  return { draft, offer };
};

export const discardDraft = async (desk: Desk, person: Person, draftId: string): Promise<void> => {
  await ownDraft(desk, person, draftId);
  await desk.database.drafts.remove(draftId);
};
