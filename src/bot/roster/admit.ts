import type { Conversation, ConversationStore } from '../../core/chat/conversation.ts';
import type { Roster } from '../../core/chat/roster.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import type { GuestRights } from '../../core/access/guest-rights.ts';

/** Somebody who acts, as Teams authenticated them. Their tenant is not known yet: Teams names the tenant of the conversation. */
export type Arrival = { readonly person: Person; readonly userId: string; readonly conversation: Conversation };

/** Who gets an answer, with their home tenant. */
export type Admitted = {
  readonly person: Person;
  readonly guest: GuestRights | undefined;
  readonly signIns?: readonly string[];
};

const onlyOurs = 'Exemption Desk only answers people of the organisation that runs it.';

export type AdmitOptions = {
  readonly roster: Roster;
  readonly conversations: Pick<ConversationStore, 'find'>;
  readonly isAllowed: (tenantId: string) => boolean;
  readonly allowGuestsToAsk: boolean;
  readonly warn: (fields: object, message: string) => void;
};

/**
 * Decides who gets an answer here, before Azure is asked anything: people of the organisation and its guests, in conversations of the organisation; in a
 * personal chat only its person. Throws GovernanceError forbidden for everybody else, and unavailable or not-found where Teams does not say who they are.
 */
export const createAdmit =
  ({ roster, conversations, isAllowed, allowGuestsToAsk, warn }: AdmitOptions) =>
  async ({ person, userId, conversation }: Arrival): Promise<Admitted> => {
    if (!isAllowed(person.tenantId) || !isAllowed(conversation.tenantId)) {
      warn({ tenant: person.tenantId }, 'Refused somebody in a conversation of another tenant');
      throw new GovernanceError('forbidden', onlyOurs);
    }
    const owner = (await conversations.find(conversation.id))?.objectId;
    if (owner !== undefined && owner.toLowerCase() !== person.objectId.toLowerCase())
      throw new GovernanceError(
        'forbidden',
        'This chat belongs to somebody else. Open your own chat with Exemption Desk.',
      );
    const answer = await roster.belongs({ objectId: person.objectId, userId }, conversation);
    if (answer === 'outsider') {
      warn({ conversation: conversation.id }, 'Refused a person of another tenant');
      throw new GovernanceError('forbidden', onlyOurs);
    }
    const { belonging, tenantId, signIns = [] } = answer;
    const rights: GuestRights = allowGuestsToAsk ? 'read-and-ask' : 'read';
    const known = { ...person, tenantId };
    return belonging === 'guest'
      ? { person: { ...known, isGuest: true }, guest: rights, signIns }
      : { person: known, guest: undefined, signIns };
  };
