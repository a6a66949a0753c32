import { answerTurn } from '../../src/bot/answer-turn.ts';
import type { Outcome } from '../../src/bot/outcome.ts';
import { isRefusal } from '../../src/core/governance-error.ts';
import type { Person } from '../../src/core/person.ts';
import { chatOf } from '../fakes/story.ts';
import type { TestDesk } from '../fakes/make-desk.ts';

/** What somebody gets for a line in their personal chat. */
export const outcomeOf = ({ desk }: TestDesk, person: Person, text: string): Promise<Outcome> =>
  answerTurn(desk, {
    person,
    conversation: chatOf(person),
    inChannel: false,
    asker: { person, channelId: undefined },
    text,
    submitted: undefined,
    clickedCardId: undefined,
  });

/** The text that somebody reads after a line: an answer, a refusal, or everything on a card. */
export const answerTo = async (world: TestDesk, person: Person, text: string): Promise<string> => {
  try {
    const outcome = await outcomeOf(world, person, text);
    return outcome.kind === 'say' ? outcome.text : JSON.stringify(outcome);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return error.message;
  }
};
