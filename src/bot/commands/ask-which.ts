import type { ScopeQuestion } from '../../core/tenant/scope-question.ts';
import { shortened } from '../../core/visible-text.ts';
import type { ActionData } from '../../cards/actions.ts';
import { action } from '../../cards/card-action.ts';
import { messageCard } from '../../cards/message-card.ts';
import type { Outcome } from '../outcome.ts';

const shown = 5;

/** The question with a button for each scope; `meaning` says again what was asked for, with the id in place of the name. */
export const askWhichScope = (question: ScopeQuestion, meaning: (id: string) => ActionData | undefined): Outcome => ({
  kind: 'card',
  card: messageCard({
    title: 'Which one do you mean?',
    text: question.message,
    buttons: question.candidates.slice(0, shown).flatMap(({ id, short }) => {
      const data = meaning(id);
      return data === undefined ? [] : [action(shortened(short, 120), data)];
    }),
  }),
});

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The typed line with an id in place of a name, quoted or not; undefined if the name does not stand there in one piece. */
export const lineWithId = (line: string, name: string, id: string): string | undefined => {
  const words = name.trim().split(/\s+/).map(literally).join('\\s+');
  const place = new RegExp(`(?<=^|[\\s:])["“„]?${words}["”“]?(?=$|[\\s,])`, 'i');
  return place.test(line) ? line.replace(place, () => `"${id}"`) : undefined;
};
