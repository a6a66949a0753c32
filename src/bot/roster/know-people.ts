import { cached } from '../../core/cached.ts';
import { belongingOf, type RosterEntry } from '../../core/chat/belonging.ts';
import type { Conversation, ConversationStore } from '../../core/chat/conversation.ts';
import { canHaveOutsiders, isOutsider } from '../../core/chat/overheard.ts';
import type { Known, Presence, Readers, Roster, Somebody } from '../../core/chat/roster.ts';
import { GovernanceError, isRefusal, unlessRefused } from '../../core/governance-error.ts';
import type { AskMembers } from './ask-members.ts';
import { notAsked, type AskRoster } from './ask-roster.ts';

type Question = Somebody & { readonly place: Conversation };

/**
 * Whether somebody belongs here: asks in the place, then in the personal chat, and remembers the answer for each person, wherever it came from.
 * Who is present, and whether anybody of elsewhere is: asks in the place only.
 */
export const createRoster = (options: {
  readonly ask: AskRoster;
  readonly askMembers: AskMembers;
  readonly conversations: Pick<ConversationStore, 'personal'>;
  readonly allowedTenants: readonly string[];
  readonly now: () => Date;
}): Roster & Presence & Readers => {
  const { ask, askMembers, conversations, allowedTenants, now } = options;

  const askAnywhere = async ({ objectId, userId, place }: Question): Promise<RosterEntry> => {
    try {
      return await ask(place, userId);
    } catch (error) {
      if (!isRefusal(error, 'not-found')) throw error;
      const personal = await conversations.personal(objectId);
      if (personal === undefined || personal.id === place.id) throw error;
      return ask(personal, userId);
    }
  };

  const load = async (question: Question): Promise<Known | 'outsider'> => {
    const entry = await askAnywhere(question);
    const belonging = belongingOf(entry, question.objectId, allowedTenants);
    if (belonging === 'outsider') return belonging;
    const { tenantId } = entry;
    if (belonging === undefined || tenantId === undefined) throw new GovernanceError('unavailable', notAsked);
    const signIns = [entry.userPrincipalName, entry.email].filter((each) => each !== undefined);
    return { belonging, tenantId, signIns: [...new Set(signIns)] };
  };

  const known = cached(load, {
    what: 'who belongs to the organisation, from Teams',
    now,
    same: ({ objectId }) => objectId.toLowerCase(),
  });
  const outsidersIn = cached(
    async (place: Conversation): Promise<boolean> => {
      for await (const page of askMembers(place))
        if (page.some((entry) => isOutsider(entry, allowedTenants))) return true;
      return false;
    },
    { what: 'whether people of other organisations are in a place, from Teams', now, same: ({ id }) => id },
  );
  return {
    hasOutsiders: async (place) => canHaveOutsiders(place) && (await outsidersIn(place)),
    belongs: (somebody, place) => known({ ...somebody, place }),
    mentionId: async (objectId, place) => {
      const entry = await unlessRefused(() => ask(place, objectId), undefined, 'not-found');
      return entry !== undefined && belongingOf(entry, objectId, allowedTenants) === 'member' ? entry.id : undefined;
    },
  };
};
