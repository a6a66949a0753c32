import type { Conversation } from '../core/chat/conversation.ts';
import type { ReaderTime } from '../core/calendar.ts';
import { StoreUnavailable } from '../core/store-unavailable.ts';
import type { Desk } from './desk.ts';

type Readers = { readonly database: Pick<Desk['database'], 'readers'> };

/**
 * The time of somebody who writes or presses: as their client says now, else as it said before. What is new is kept; a disk that takes
 * nothing keeps nobody from their answer.
 */
export const rememberReader = async (
  { database: { readers }, now }: Readers & Pick<Desk, 'now'>,
  objectId: string,
  said: ReaderTime | undefined,
): Promise<ReaderTime | undefined> => {
  const known = await readers.of(objectId);
  if (said === undefined || (known?.timeZone === said.timeZone && known.locale === said.locale)) return known;
  try {
    await readers.keep(objectId, said, now());
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
  }
  return said;
};

/** The same view, for the reader of a conversation if it has one alone: in their time, as far as it is known. */
export const inTimeOf = async <View extends { readonly readerTime?: ReaderTime | undefined }>(
  { database: { readers } }: Readers,
  { kind, objectId }: Pick<Conversation, 'kind' | 'objectId'>,
  view: View,
): Promise<View> => {
  const readerTime = kind === 'personal' && objectId !== undefined ? await readers.of(objectId) : undefined;
  return { ...view, readerTime };
};
