import type { Conversation } from '../../src/core/chat/conversation.ts';
import type { Message, Notifier, PostedMessage } from '../../src/core/chat/notifier.ts';
import { GovernanceError } from '../../src/core/governance-error.ts';

type Post = PostedMessage & {
  readonly to: Conversation;
  /** The newest message in this place. */
  message: Message;
  /** How often it was drawn anew. */
  updates: number;
};

/** Keeps what is posted into Teams. */
export class FakeTeams implements Notifier {
  readonly posts: Post[] = [];
  /** No id is given twice, also where a test forgets what was posted. */
  #posted = 0;
  /** Conversations from which the bot was removed, by id. */
  readonly leftBy = new Set<string>();

  readonly #refuseUnlessInstalled = ({ id }: Conversation): void => {
    if (this.leftBy.has(id)) throw new GovernanceError('forbidden', 'The bot was removed from there.');
  };

  readonly post: Notifier['post'] = async (to, message) => {
    this.#refuseUnlessInstalled(to);
    const activityId = `m${(this.#posted += 1)}`;
    const conversationId = to.kind === 'channel' ? `${to.id};messageid=${activityId}` : to.id;
    this.posts.push({ conversationId, activityId, to, message, updates: 0 });
    return { conversationId, activityId };
  };

  /** Who is a member, no guest, in the roster of every channel, by object id in lower case. */
  readonly present = new Set<string>();

  readonly mentionId = async (objectId: string): Promise<string | undefined> =>
    this.present.has(objectId.toLowerCase()) ? `29:${objectId}` : undefined;

  readonly reply: Notifier['reply'] = async (to, posted, message) => {
    this.#refuseUnlessInstalled(to);
    const { conversationId } = posted;
    const activityId = `m${(this.#posted += 1)}`;
    this.posts.push({ conversationId, activityId, to, message, updates: 0 });
    return { conversationId, activityId };
  };

  readonly update: Notifier['update'] = async (to, posted, message) => {
    this.#refuseUnlessInstalled(to);
    const found = this.posts.find(
      ({ conversationId, activityId }) => conversationId === posted.conversationId && activityId === posted.activityId,
    );
    if (found === undefined) throw new GovernanceError('not-found', 'The message no longer exists.');
    found.message = message;
    found.updates += 1;
  };

  /** What was posted into a conversation, oldest first, of one kind or of all. */
  in<Kind extends Message['kind']>(
    { id }: Pick<Conversation, 'id'>,
    kind?: Kind,
  ): Extract<Message, { readonly kind: Kind }>[] {
    return this.posts
      .filter(({ to }) => to.id === id)
      .map(({ message }) => message)
      .filter(
        (message): message is Extract<Message, { readonly kind: Kind }> => kind === undefined || message.kind === kind,
      );
  }
}
