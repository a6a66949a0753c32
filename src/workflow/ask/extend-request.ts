import { sameId } from '../../core/tenant/arm-id.ts';
import type { Person } from '../../core/person.ts';
import type { Form } from '../../core/request/terms.ts';
import type { Desk } from '../desk.ts';
import { formOf } from './change-terms.ts';
import { startDraft, type OpenDraft } from './draft-request.ts';
import { offerChoices, type Offer } from './offer-choices.ts';
import { requestInSight } from '../tell/view-request.ts';

/** The scopes of a request, as far as the form offers them: its resources, or the one wider scope. */
const placesIn = (offer: Offer, scopes: readonly string[]): Pick<Form, 'scope' | 'resources'> => {
  const among = (offered: readonly { readonly id: string }[]): string[] =>
    offered.map(({ id }) => id).filter((id) => scopes.some((scope) => sameId(scope, id)));
  const [wider] = among(offer.scopes);
  const resources = among(offer.resources);
  return { scope: resources.length === 0 && wider !== undefined ? wider : 'resources', resources };
};

/**
 * Starts a request with the terms and expiry of an earlier one, so that it covers assignments made since. Writes nothing: the form must be
 * checked and sent, and somebody decides. Somebody who may not see the request is told that there is none.
 */
export const extendRequest = async (desk: Desk, person: Person, reference: string): Promise<OpenDraft> => {
  const { request } = await requestInSight(desk, { person, channelId: undefined }, reference);
  const { terms } = request;
  const { recommendation, scopes } = terms;
  const offer = await offerChoices(desk, person, recommendation.key);
  return startDraft(desk, person, recommendation.key, {
    ...formOf(terms, desk.timeZone),
    ...placesIn(offer, scopes),
  });
};
