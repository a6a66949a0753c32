import type { Directory } from './directory.ts';
import { isJson } from './message.ts';
import type { MessageBoard } from './message-board.ts';
import type { PersonActions } from './people/person-actions.ts';

const shortestPauseMs = 60_000;

/** Milliseconds until this card may be refreshed again for this person, or that it was refreshed now. */
type RefreshOutcome = { readonly refreshed: boolean; readonly againInMs: number | undefined };
export type Refresh = (personKey: string, messageId: string) => Promise<RefreshOutcome>;

const nothingToDo: RefreshOutcome = { refreshed: false, againInMs: undefined };

/** Refreshes cards automatically like the client: at most once a minute (of `realTime`) for a card and person. */
export const createRefresh = (
  directory: Directory,
  board: MessageBoard,
  execute: PersonActions['execute'],
  realTime: () => number,
): Refresh => {
  const lastAsked = new Map<string, number>();
  return async (personKey, messageId) => {
    const refresh = board.found(messageId).cards[0]?.refresh;
    if (!isJson(refresh) || !isJson(refresh.action)) return nothingToDo;
    const { userIds, action } = refresh;
    const { id } = directory.memberOf(personKey);
    if (Array.isArray(userIds) && !userIds.includes(id)) return nothingToDo;
    if (typeof action.verb !== 'string') return nothingToDo;

    const key = `${personKey} ${messageId}`;
    const sinceLast = realTime() - (lastAsked.get(key) ?? -Infinity);
    if (sinceLast < shortestPauseMs) return { refreshed: false, againInMs: shortestPauseMs - sinceLast };
    lastAsked.set(key, realTime());
    const answer = await execute(personKey, messageId, { verb: action.verb, data: action.data }, 'automatic');
    return { refreshed: answer.kind === 'card', againInMs: undefined };
  };
};
