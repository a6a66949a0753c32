import type { Person } from '../../../core/person.ts';
import type { ExemptionRequest } from '../../../core/request/request.ts';
import type { DecisionInput } from '../../../workflow/decide/decide-request.ts';
import type { Desk } from '../../../workflow/desk.ts';
import type { Command } from '../../command.ts';
import { say } from '../../outcome.ts';
import { referenceAndRest } from '../reference-and-rest.ts';

type TypedDecision = Pick<Command, 'name' | 'usage' | 'description'> & {
  readonly decide: (desk: Desk, person: Person, input: DecisionInput) => Promise<ExemptionRequest>;
  /** Reads what follows the reference; a comment or a reason by default. */
  readonly read?: (rest: string) => Pick<DecisionInput, 'words' | 'narrowing'>;
  /** The sentence about the request afterwards: "EX-12AB is rejected". */
  readonly done: (request: ExemptionRequest) => string;
};

/** A command that decides a request. It answers with a sentence; the cards of the request are updated by a job. */
export const typedDecision = ({ decide, read = (words) => ({ words }), done, ...texts }: TypedDecision): Command => ({
  ...texts,
  menus: [],
  changes: true,
  run: async (desk, turn, { rest: words }) => {
    const { reference, rest } = referenceAndRest(texts.usage, words);
    const request = await decide(desk, turn.person, { reference, version: undefined, ...read(rest) });
    return say(`${request.reference} ${done(request)}.`);
  },
});
