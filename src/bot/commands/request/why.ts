import { whyCard } from '../../../cards/request/why-card.ts';
import { explainRequest } from '../../../workflow/tell/explain-request.ts';
import type { Command } from '../../command.ts';
import { referenceAndRest } from '../reference-and-rest.ts';

const usage = 'why EX-12AB';

/** It tells the asker's own roles too, so in a channel only a pointer is seen. */
export const whyCommand: Command = {
  name: 'why',
  usage,
  description: 'Why a request needs what it needs: rules, limits, approvals, and your own roles there',
  menus: ['personal'],
  changes: false,
  run: async (desk, turn, { rest }) => {
    const { reference } = referenceAndRest(usage, rest);
    const card = whyCard(await explainRequest(desk, turn.person, reference));
    return { kind: 'private', outcome: { kind: 'card', card }, pointer: 'I answered in our personal chat.' };
  },
};
