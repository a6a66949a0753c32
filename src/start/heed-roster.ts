import { teamsRefusal } from '../bot/teams/teams-refusal.ts';
import type { Conversation } from '../core/chat/conversation.ts';
import { NotSent, type Notifier } from '../core/chat/notifier.ts';
import { isAllowedPlace, type AllowedPlaces } from '../core/chat/allowed-places.ts';
import { peopleOfElsewhere } from '../core/chat/overheard.ts';
import type { Readers, Roster } from '../core/chat/roster.ts';
import { GovernanceError } from '../core/governance-error.ts';
import { StoreUnavailable } from '../core/store-unavailable.ts';

const notAllowedAnyMore = 'The operator does not allow Exemption Desk there any more (ALLOWED_PLACES).';

const notNow = (error: unknown): never => {
  if (!(error instanceof GovernanceError) || error instanceof StoreUnavailable) throw error;
  if (error.cause !== undefined) throw teamsRefusal(error.cause, 0, 0);
  throw new NotSent('Teams did not say who is there.', undefined, { cause: error });
};

/** Somebody may have left the organisation since the chat began, or come from another one since. No answer means that nothing is posted now. */
const refuseUnlessOurs = async (roster: Roster & Readers, allowed: AllowedPlaces, place: Conversation) => {
  if (!isAllowedPlace(allowed, place)) throw new GovernanceError('forbidden', notAllowedAnyMore);
  const { objectId } = place;
  if (objectId === undefined) {
    if (await roster.hasOutsiders(place).catch(notNow)) throw new GovernanceError('forbidden', peopleOfElsewhere);
    return;
  }
  const known = await roster.belongs({ objectId, userId: objectId }, place).catch(notNow);
  if (known === 'outsider')
    throw new GovernanceError('forbidden', 'The person of that chat does not belong to this organisation.');
};

/** Posts into a personal chat only while its person belongs to the organisation, elsewhere only where it may be and while nobody of elsewhere reads along; errors as in the port. */
export const heedRoster = (notifier: Notifier, roster: Roster & Readers, allowed: AllowedPlaces): Notifier => ({
  async post(conversation, message) {
    await refuseUnlessOurs(roster, allowed, conversation);
    return notifier.post(conversation, message);
  },
  async reply(conversation, posted, message) {
    await refuseUnlessOurs(roster, allowed, conversation);
    return notifier.reply(conversation, posted, message);
  },
  async update(conversation, posted, message) {
    await refuseUnlessOurs(roster, allowed, conversation);
    await notifier.update(conversation, posted, message);
  },
});
