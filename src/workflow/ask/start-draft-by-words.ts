import { formFromWords, type ExemptWords } from '../../core/request/exempt-words.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import type { Desk } from '../desk.ts';
import { startDraft, type OpenDraft } from './draft-request.ts';
import { offerChoices, type Offer } from './offer-choices.ts';
import { recommendationKeyOf } from '../recommendation/show-recommendation.ts';

/** The one offered resource with a name: the last part of its label, in any casing. */
const resourceNamed = (offer: Offer, name: string): string => {
  const found = offer.resources.filter(({ label }) => label.split(' / ').at(-1)?.toLowerCase() === name.toLowerCase());
  const [first, second] = found;
  if (first === undefined) {
    throw new GovernanceError(
      'not-found',
      `“${offer.recommendation.title}” is not open on any resource called “${name}” that you can see. To see where it is open, send: recommendation ${offer.recommendation.title}`,
    );
  }
  if (second !== undefined) {
    throw new GovernanceError(
      'invalid',
      `There are ${found.length} resources called “${name}”. To choose one of them, send: recommendation ${offer.recommendation.title}`,
    );
  }
  return first.id;
};

/** Starts a request from a typed command. Writes nothing: the form must be checked and sent. */
export const startDraftByWords = async (desk: Desk, person: Person, words: ExemptWords): Promise<OpenDraft> => {
  const key = await recommendationKeyOf(desk, { person, channelId: undefined }, words.recommendation);
  const offer = await offerChoices(desk, person, key);
  const resources = words.resources.map((name) => resourceNamed(offer, name));
  return startDraft(desk, person, key, { resources, ...formFromWords(words) });
};
