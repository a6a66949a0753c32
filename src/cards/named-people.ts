import type { Mentioned } from '../core/chat/mentioned.ts';
import type { MentionEntity } from './with-mentions.ts';
import { shortened, visibleText } from '../core/visible-text.ts';

const longestName = 60;

/**
 * A name that means nothing to Markdown and is no tag: a mention is the one text of the directory that stands in a Markdown text, because Teams
 * matches it letter by letter with its entity.
 */
const plainName = (name: string): string => {
  const plain = visibleText(name)
    .replace(/[^\p{L}\p{M}\p{N}'’,() .-]/gu, ' ')
    // No address of the Web.
    .replace(/\.(?=\S)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return shortened(/[\p{L}\p{N}]/u.test(plain) ? plain : 'an approver', longestName);
};

/** Each name once: of people with equal mentions Teams notifies only one. */
const distinctNames = (people: readonly Mentioned[]): string[] => {
  const names = people.map(({ name }) => plainName(name));
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((each) => each === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
};

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

/** People in a Markdown text, and the entities by which Teams mentions those of them that it shall notify. */
export const namedPeople = (
  people: readonly Mentioned[],
): { readonly text: string; readonly entities: readonly MentionEntity[] } => {
  const named = distinctNames(people).map((name, index) => ({ name, userId: people[index]?.userId }));
  return {
    text: listed(named.map(({ name, userId }) => (userId === undefined ? name : `<at>${name}</at>`))),
    entities: named.flatMap(({ name, userId }) =>
      userId === undefined
        ? []
        : [{ type: 'mention' as const, text: `<at>${name}</at>`, mentioned: { id: userId, name } }],
    ),
  };
};
