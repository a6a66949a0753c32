import { connectorError, targetNotInRoster } from './connector-error.ts';
import type { Chat, Directory, Member } from '../directory.ts';
import { isJson } from '../message.ts';
import type { Answer, Call } from '../router.ts';

const refused = (message: string): Answer => connectorError(400, 'BadArgument', message);

/** A targeted call is about a message that only one person in a conversation sees. */
export const isTargeted = ({ query }: Pick<Call, 'query'>): boolean => query.get('isTargetedActivity') === 'true';

const recipientIn = (body: unknown) => (isJson(body) && isJson(body.recipient) ? body.recipient : undefined);

/** A recipient that only the query parameter makes the one reader: without it everybody would read the message. */
export const looksTargeted = (body: unknown): boolean => recipientIn(body)?.isTargeted === true;

/** The person for whom a posted message is, or the answer of Teams. `isAvailable`: whether this Teams knows targeted messages at all. */
export const readTarget = (body: unknown, chat: Chat, directory: Directory, isAvailable: boolean): Member | Answer => {
  if (!isAvailable) return refused('Targeted messages are not available here.');
  if (chat.kind === 'personal') return refused('A targeted message needs a conversation of several people.');
  const recipient = recipientIn(body);
  if (recipient?.isTargeted !== true || typeof recipient.id !== 'string')
    return refused('A targeted message names its recipient.');
  // Only the id by which the bot knows somebody, not the one of the directory.
  const member = recipient.id.startsWith('29:') ? directory.memberWithId(recipient.id) : undefined;
  return member !== undefined && directory.presentIn(chat).includes(member) ? member : targetNotInRoster;
};

/** Why a change of a targeted message is refused; undefined if it is not. */
export const refusedChange = (body: unknown): Answer | undefined =>
  recipientIn(body) === undefined ? undefined : refused('A change of a targeted message names no recipient.');
