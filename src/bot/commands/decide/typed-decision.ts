import type { DayContext } from '../../../core/typed/read-day.ts';
import { daysFrom } from '../../../core/typed/day-meant.ts';
import type { Person } from '../../../core/person.ts';
import { reasonWords, type DecisionWords } from '../../../core/request/decision-words.ts';
import type { ExemptionRequest } from '../../../core/request/request.ts';
import { referencesAtStart } from '../../../core/request/typed-reference.ts';
import type { DecisionInput } from '../../../workflow/decide/decide-request.ts';
import type { Desk } from '../../../workflow/desk.ts';
import type { Command } from '../../command.ts';
import { say } from '../../outcome.ts';
import { confirmSeveral } from './confirm-several.ts';
import { referenceAndRest } from '../reference-and-rest.ts';

type TypedDecision = Pick<Command, 'name' | 'usage' | 'description' | 'guests'> & {
  readonly decide: (desk: Desk, person: Person, input: DecisionInput) => Promise<ExemptionRequest>;
  /** Several can be named, and are decided after they were shown. */
  readonly several?: 'approve' | 'reject';
  /** Reads what follows the reference; a reason by default. */
  readonly read?: (rest: string, context: DayContext) => DecisionWords;
  /** The sentence about the request afterwards: "EX-12AB is rejected". */
  readonly done: (request: ExemptionRequest, timeZone: string) => string;
};

/** A command that decides a request. It answers with a sentence; the cards of the request are updated by a job. */
export const typedDecision = ({ decide, read = reasonWords, done, several, ...texts }: TypedDecision): Command => ({
  ...texts,
  menus: [],
  changes: true,
  run: async (desk, turn, { rest: typed }) => {
    const named = referencesAtStart(typed);
    if (several !== undefined && named.references.length > 1) {
      const words = read(named.rest, daysFrom(desk.now(), desk.timeZone));
      return confirmSeveral(desk, turn, several, named.references, words);
    }
    const { reference, rest } = referenceAndRest(texts.usage, typed);
    const { words, lastDay } = read(rest, daysFrom(desk.now(), desk.timeZone));
    const narrowing = lastDay === undefined ? {} : { narrowing: { lastDay, scopes: undefined } };
    const request = await decide(desk, turn.person, {
      here: turn.conversation.id,
      reference,
      version: undefined,
      words,
      ...narrowing,
    });
    return say(`${request.reference} ${done(request, desk.timeZone)}.`);
  },
});
