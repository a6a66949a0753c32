import type { Card } from '../cards/render-card.ts';
import { isRefusal } from '../core/governance-error.ts';
import type { Asker, Viewpoint } from '../workflow/rights/take-viewpoint.ts';
import type { Outcome, Standing } from './outcome.ts';
import type { Turn } from './turn.ts';

type Drawn = { readonly card: Card; readonly viewpoint?: Viewpoint; readonly standing?: Standing };

const pointer = 'this channel is not subscribed to what you asked for, so I answered in our personal chat.';

const isNothingHere = (error: unknown): boolean => isRefusal(error, 'not-found');

/** What the card says about what it leaves out in a channel; empty elsewhere. */
export const channelNote = (viewpoint: Viewpoint): string =>
  viewpoint.narrowedByChannel
    ? 'This channel shows only what it is subscribed to. Ask me in our personal chat for the rest.'
    : '';

/** Answers where it was asked, as far as the place discloses it; where a channel discloses nothing of it, in the personal chat with a pointer. */
export const disclose = async (
  turn: Turn,
  draw: (asker: Asker) => Promise<Drawn>,
  kind: 'card' | 'replace' = 'replace',
): Promise<Outcome> => {
  const here = await draw(turn.asker).catch((error: unknown) => {
    if (turn.inChannel && isNothingHere(error)) return undefined;
    throw error;
  });
  if (here !== undefined && (!turn.inChannel || here.viewpoint === undefined || here.viewpoint.scopes.length > 0))
    return { kind, ...here };
  return {
    kind: 'private',
    outcome: { kind: 'card', ...(await draw({ person: turn.person, channelId: undefined })) },
    pointer,
  };
};
