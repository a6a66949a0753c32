import { belongingOf, type RosterEntry } from './belonging.ts';
import type { Conversation } from './conversation.ts';

/**
 * Whether people of other organisations can be in a place: in group chats, meetings and shared channels, and in a channel of which Teams did not tell the
 * type. In a standard or private channel everybody has an account of the organisation.
 */
export const canHaveOutsiders = ({ kind, channelType }: Conversation): boolean =>
  kind === 'group' || (kind === 'channel' && channelType !== 'standard' && channelType !== 'private');

/** Whether somebody in the roster is of another organisation; whoever Teams does not describe counts as one. */
export const isOutsider = (entry: RosterEntry, allowedTenants: readonly string[]): boolean => {
  const belonging = belongingOf(entry, entry.objectId ?? '', allowedTenants);
  return belonging === undefined || belonging === 'outsider';
};

/** Why nothing is posted or arranged in such a place. */
export const peopleOfElsewhere = 'People of other organisations can read what is said there, so nothing is posted.';
