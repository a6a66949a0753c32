import { whyCard } from '../../../cards/request/why-card.ts';
import { explainRequest } from '../../../workflow/tell/explain-request.ts';
import type { Command } from '../../command.ts';
import { referenceAndRest } from '../reference-and-rest.ts';
import { answeredPrivately } from '../../outcome.ts';

const usage = 'why EX-12AB';

/** The card names the asker's own roles, so it goes to their personal chat; the channel only sees a pointer. */
export const whyCommand: Command = {
  name: 'why',
  usage,
  description: 'Show which rules, limits and approvals apply to a request, and what your own roles allow',
  menus: ['personal'],
  changes: false,
  guests: 'reads',
  run: async (desk, turn, { rest }) => {
    const { reference } = referenceAndRest(usage, rest);
    const card = whyCard(await explainRequest(desk, turn.asker, reference));
    return { kind: 'private', outcome: { kind: 'card', card }, pointer: answeredPrivately };
  },
};
