import type { WhichQuestion } from '../../core/tenant/which-question.ts';
import { shortened } from '../../core/visible-text.ts';
import type { ActionData } from '../../cards/actions.ts';
import { action, type CardAction } from '../../cards/card-action.ts';
import { messageCard } from '../../cards/message-card.ts';
import type { Command } from '../command.ts';
import { answeredPrivately, type ForOne, type Outcome } from '../outcome.ts';

/** How many candidates a question names. */
export const candidatesShown = 5;

export const candidateButton = (title: string, data: ActionData): CardAction => action(shortened(title, 120), data);

/** The number of characters that a phone shows of a button. */
const shownOnButton = 30;

/** Titles for buttons; where a phone would show two as the same, they are numbered, and `key` says what each number is. */
export const titlesToldApart = (
  titles: readonly string[],
): { readonly titles: readonly string[]; readonly key: string } => {
  const beginnings = new Set(titles.map((title) => title.slice(0, shownOnButton)));
  if (beginnings.size === titles.length) return { titles, key: '' };
  return {
    titles: titles.map((title, index) => `${index + 1}. ${title}`),
    key: ` ${titles.map((title, index) => `(${index + 1}) ${shortened(title, 200)}`).join(', ')}.`,
  };
};

const alone = (outcome: ForOne): Outcome => ({ kind: 'private', outcome, pointer: answeredPrivately });

/** Asks which of several things is meant. What can be meant follows what the person may see, so the question is for them alone. */
export const askWhich = (text: string, buttons: readonly CardAction[]): Outcome =>
  alone({ kind: 'card', card: messageCard({ title: 'Which one do you mean?', text, buttons }) });

/** The question with a button for each candidate; `meaning` says again what was asked for, with the id in place of the name. */
export const askWhichOne = (question: WhichQuestion, meaning: (id: string) => ActionData | undefined): Outcome =>
  askWhich(
    question.message,
    question.candidates.slice(0, candidatesShown).flatMap(({ id, short }) => {
      const data = meaning(id);
      return data === undefined ? [] : [candidateButton(short, data)];
    }),
  );

/** The question about a line that works only in the channel, where no button of a personal chat can say it: with the clear lines instead. */
const askForLine = (question: WhichQuestion, clear: (name: string) => string | undefined): Outcome => {
  const lines = question.candidates.slice(0, candidatesShown).flatMap(({ id, title }) => {
    // A title stands in quotes, so one with quotes in it could not be read.
    const line = clear(/["“”„]/.test(title) ? id : title);
    return line === undefined ? [] : [line];
  });
  const then = lines.length === 0 ? [] : ['Send one of these lines there, after mentioning Exemption Desk:'];
  return alone({ kind: 'say', text: [question.message, ...then, ...lines].join('\n') });
};

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The typed line with an id in place of a name, quoted or not; undefined if the name does not stand there in one piece. */
export const lineWithId = (line: string, name: string, id: string): string | undefined => {
  const words = name.trim().split(/\s+/).map(literally).join('\\s+');
  const place = new RegExp(`(?<=^|[\\s:])["“„]?${words}["”“]?(?=$|[\\s,])`, 'i');
  return place.test(line) ? line.replace(place, () => `"${id}"`) : undefined;
};

/** Asks which scope or person a typed line means. */
export const askAboutLine = (
  { name, menus }: Pick<Command, 'name' | 'menus'>,
  rest: string,
  question: WhichQuestion,
): Outcome => {
  const clear = (scope: string): string | undefined => {
    const line = lineWithId(rest, question.said, scope);
    return line === undefined ? undefined : `${name} ${line}`;
  };
  // What only the menu of channels offers works in channels only.
  if (!menus.includes('personal') && menus.includes('channel')) return askForLine(question, clear);
  return askWhichOne(question, (id) => {
    const command = clear(id);
    return command === undefined ? undefined : { verb: 'say', command };
  });
};
