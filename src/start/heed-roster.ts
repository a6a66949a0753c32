import { teamsRefusal } from '../bot/teams/teams-refusal.ts';
import type { Conversation } from '../core/chat/conversation.ts';
import { NotSent, type Notifier } from '../core/chat/notifier.ts';
import type { Roster } from '../core/chat/roster.ts';
import { GovernanceError } from '../core/governance-error.ts';
import { StoreUnavailable } from '../core/store-unavailable.ts';

/** Somebody may have left the organisation since the chat began. No answer means that nothing is posted now. */
const refuseUnlessOurs = async (roster: Roster, place: Conversation): Promise<void> => {
  const { objectId } = place;
  if (objectId === undefined) return;
  const known = await roster.belongs({ objectId, userId: objectId }, place).catch((error: unknown) => {
    if (!(error instanceof GovernanceError) || error instanceof StoreUnavailable) throw error;
    if (error.cause !== undefined) throw teamsRefusal(error.cause, 0, 0);
    throw new NotSent('Teams did not say whether somebody still belongs here.', undefined, { cause: error });
  });
  if (known === 'outsider')
    throw new GovernanceError('forbidden', 'The person of that chat does not belong to this organisation.');
};

/** Posts into a personal chat only while its person belongs to the organisation; errors as in the port. */
export const heedRoster = (notifier: Notifier, roster: Roster): Notifier => ({
  async post(conversation, message) {
    await refuseUnlessOurs(roster, conversation);
    return notifier.post(conversation, message);
  },
  async reply(conversation, posted, message) {
    await refuseUnlessOurs(roster, conversation);
    return notifier.reply(conversation, posted, message);
  },
  async update(conversation, posted, message) {
    await refuseUnlessOurs(roster, conversation);
    await notifier.update(conversation, posted, message);
  },
});
