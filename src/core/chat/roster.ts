import type { Belonging } from './belonging.ts';
import type { Conversation } from './conversation.ts';

/** Somebody as an activity, or the conversation of their personal chat, names them. */
export type Somebody = {
  readonly objectId: string;
  /** The id by which Teams is asked: the one that the bot knows them by, or their object id. */
  readonly userId: string;
};

/** The tenant is the home tenant, or for a guest the one whose guest they are. */
export type Known = {
  readonly belonging: 'member' | 'guest';
  readonly tenantId: string;
  /** User principal name and mail, as far as Teams says them. */
  readonly signIns?: readonly string[];
};

/**
 * Asks Teams whether somebody belongs to the organisation, at most once in 5 minutes: in the roster of a conversation where both are, otherwise in that of their
 * personal chat with the bot. Throws GovernanceError unavailable if Teams does not answer, not-found if the bot is in no roster with them. Nobody is
 * a member without an answer.
 */
export type Roster = {
  readonly belongs: (somebody: Somebody, place: Conversation) => Promise<Known | Extract<Belonging, 'outsider'>>;
};

/** Asks Teams, at most once in 5 minutes, who can read along in a place. */
export type Readers = {
  /**
   * Whether somebody of another organisation is in its roster; whoever Teams does not describe counts as one. False without a question for places where
   * nobody of elsewhere can be. Throws GovernanceError unavailable if Teams does not answer.
   */
  readonly hasOutsiders: (place: Conversation) => Promise<boolean>;
};

/** Asks Teams each time who is in a conversation. */
export type Presence = {
  /**
   * The id by which Teams mentions somebody (Entra object id) in that very conversation; undefined for guests, people of other organisations, and whoever
   * is not in it any more. Throws GovernanceError unavailable if Teams does not answer.
   */
  readonly mentionId: (objectId: string, place: Conversation) => Promise<string | undefined>;
};
