import type { ActionData } from '../actions.ts';
import { openDialog } from '../card-action.ts';
import { renderCard, type Card } from '../render-card.ts';
import template from '../templates/message.json' with { type: 'json' };

/** What its button opens, for whoever presses it, by their own rights. */
type Opens = Extract<ActionData, { readonly verb: 'show-recommendation' | 'show-request' | 'open-exemption' }>;

/**
 * What somebody posts from the search into any chat. Everybody there reads it, so that it holds a title that needs no right, and a button that opens the
 * details in a dialog of its own. What the button carries says nothing either. `kind` is a word of ours; the title may be anybody's.
 */
export const sharedCard = (kind: string, title: string, opens: Opens): Card =>
  renderCard(template, {
    summary: kind,
    title: kind,
    text: title,
    progress: [],
    actions: [openDialog('Details', opens)],
  });
