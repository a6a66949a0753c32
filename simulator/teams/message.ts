export type Json = Readonly<Record<string, unknown>>;
export type Attachment = {
  readonly contentType: string;
  readonly content?: unknown;
  readonly contentUrl?: string;
  readonly name?: string;
};

/** A message in a chat in its current form. */
export type TestMessage = {
  readonly id: string;
  /** The chat it is in: a person's key for the personal chat, or a channel's name like `#approvals`. */
  readonly chat: string;
  /** The conversation id a bot knows it by; in a channel it names the thread. */
  readonly conversationId: string;
  /** In a channel: the id of the post that it belongs to (its own id for a post). */
  readonly threadId: string | undefined;
  /** A person's key, or 'bot'. */
  readonly from: string;
  /** A targeted message: the key of the one person who sees it, for 24 hours. */
  readonly onlyFor?: string | undefined;
  readonly text: string;
  readonly textFormat: string;
  readonly summary: string | undefined;
  /** The content of its Adaptive Cards. */
  readonly cards: readonly Json[];
  readonly attachments: readonly Attachment[];
  readonly entities: readonly Json[];
  /** The keys of the people who were notified when it was posted, because it mentions them. A change notifies nobody. */
  readonly mentioned: readonly string[];
  readonly importance: string | undefined;
  /** Everything a reader sees, including cards, one line for each piece; for searching in tests. */
  readonly visibleText: string;
  /** When it was sent, by the simulated clock. */
  readonly at: string;
  /** 1 when new; grows with each update. */
  readonly version: number;
  readonly deleted: boolean;
  /** For a message of a person: why the bot refused it. */
  readonly problem: string | undefined;
};
export type MessageContent = Pick<
  TestMessage,
  'text' | 'textFormat' | 'summary' | 'attachments' | 'entities' | 'importance'
>;

const cardContentType = 'application/vnd.microsoft.card.adaptive';

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const cardsIn = (attachments: readonly Attachment[]): Json[] =>
  attachments
    .filter(({ contentType }) => contentType === cardContentType)
    .map(({ content }) => content)
    .filter(isJson);

const visibleKeys = new Set(['text', 'title', 'value', 'label', 'placeholder', 'altText', 'errorMessage']);
const hiddenKeys = new Set(['data', 'refresh', 'fallback', 'fallbackText', 'msteams', 'choices.data', 'selectAction']);

/** The ids of what a button of the card shows and hides. */
const unfoldedBy = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value.flatMap(unfoldedBy);
  if (!isJson(value)) return [];
  const own: readonly unknown[] =
    value.type === 'Action.ToggleVisibility' && Array.isArray(value.targetElements) ? value.targetElements : [];
  return [...own, ...Object.values(value).flatMap(unfoldedBy)];
};

const visibleIn = (value: unknown, unfolds: ReadonlySet<unknown>, key = ''): string[] => {
  if (typeof value === 'string') return visibleKeys.has(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => visibleIn(item, unfolds, key === 'inlines' ? 'text' : key));
  if (!isJson(value) || (value.isVisible === false && !unfolds.has(value.id))) return [];
  if (value.type === 'RichTextBlock' && Array.isArray(value.inlines))
    return [value.inlines.flatMap((inline) => visibleIn(inline, unfolds, 'text')).join('')];
  return Object.entries(value).flatMap(([name, part]) => (hiddenKeys.has(name) ? [] : visibleIn(part, unfolds, name)));
};

/** The readable text of a message: its text and that of its cards, with what their own buttons unfold without asking the bot. */
export const visibleTextOf = (text: string, cards: readonly Json[]): string =>
  [text, ...cards.flatMap((card) => visibleIn(card, new Set(unfoldedBy(card))))]
    .filter((line) => line !== '')
    .join('\n');
