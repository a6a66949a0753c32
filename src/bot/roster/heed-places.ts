import { isAllowedPlace, notAllowedThere, type AllowedPlaces } from '../../core/chat/allowed-places.ts';
import type { Conversation, ConversationStore } from '../../core/chat/conversation.ts';
import type { Readers } from '../../core/chat/roster.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { StoreUnavailable } from '../../core/store-unavailable.ts';

/** The operator has not allowed Exemption Desk in this place. */
export class NotAllowedThere extends GovernanceError {
  constructor() {
    super('forbidden', notAllowedThere);
    this.name = 'NotAllowedThere';
  }
}

export type HeedPlaces = {
  /** The place with the type of its channel, as far as that is known, and whether people of other organisations read along. Throws NotAllowedThere. */
  readonly look: (place: Conversation) => Promise<{ readonly place: Conversation; readonly isOverheard: boolean }>;
  readonly isAllowed: (place: Conversation) => boolean;
  /** Whether the place still has to be told that Exemption Desk does nothing there; from now on it counts as told. */
  readonly tellOnce: (place: Conversation) => Promise<boolean>;
};

/** Says of a place what may be answered there. If Teams does not say who is in it, people of elsewhere are. */
export const createHeedPlaces = (options: {
  readonly allowed: AllowedPlaces;
  readonly readers: Readers;
  readonly conversations: Pick<ConversationStore, 'find' | 'remember' | 'markUnreachable'>;
  readonly now: () => Date;
}): HeedPlaces => {
  const { allowed, readers, conversations, now } = options;
  const isOverheard = (place: Conversation): Promise<boolean> =>
    readers.hasOutsiders(place).catch((error: unknown) => {
      if (!(error instanceof GovernanceError) || error instanceof StoreUnavailable) throw error;
      return true;
    });
  return {
    isAllowed: (place) => isAllowedPlace(allowed, place),
    look: async (given) => {
      if (given.kind === 'personal') return { place: given, isOverheard: false };
      const channelType = given.channelType ?? (await conversations.find(given.id))?.channelType;
      const place = { ...given, channelType };
      if (!isAllowedPlace(allowed, place)) throw new NotAllowedThere();
      return { place, isOverheard: await isOverheard(place) };
    },
    tellOnce: async (place) => {
      const known = await conversations.find(place.id);
      if (known?.unreachable?.reason === notAllowedThere) return false;
      await conversations.remember(place);
      await conversations.markUnreachable(place.id, notAllowedThere, now());
      return true;
    },
  };
};
