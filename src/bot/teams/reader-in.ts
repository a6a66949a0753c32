import type { Activity } from 'botbuilder';
import { type ReaderTime } from '../../core/calendar.ts';
import { readerTime } from '../../core/chat/reader-time.ts';

/**
 * How its sender reads instants, as their Teams client says: `localTimezone` (IANA), `locale` (BCP 47), else the entity `clientInfo`.
 * Undefined where it does not say, as in a conversationUpdate, or says nothing that can be read. Never throws.
 */
export const readerIn = (activity: Activity): ReaderTime | undefined => {
  const { localTimezone, locale, entities } = activity as { [Key in keyof Activity]?: unknown };
  const info = (Array.isArray(entities) ? entities : []).find(
    (entity: unknown) => (entity as { type?: unknown } | null)?.type === 'clientInfo',
  ) as { readonly timezone?: unknown; readonly locale?: unknown } | undefined;
  const said = locale ?? info?.locale;
  return readerTime(localTimezone, said) ?? readerTime(info?.timezone, said);
};
