import { firstFew } from '../../core/first-few.ts';
import type { Message } from '../../core/chat/notifier.ts';
import { action } from '../card-action.ts';
import { messageCard } from '../message-card.ts';
import type { Card } from '../render-card.ts';

const scopesNamed = 5;

/** A draft that an application left, for a channel: nobody has asked for it until somebody claims it. */
export const unclaimedDraftCard = ({
  id,
  title,
  scopeLabels,
}: Omit<Extract<Message, { kind: 'unclaimed-draft' }>, 'kind'>): Card =>
  messageCard({
    title: 'An exemption was drafted outside Teams',
    text: `“${title}”, for ${firstFew(scopeLabels, scopesNamed)}. Nobody has asked for it yet. Whoever claims it asks for it, fills in the form, and cannot approve it.`,
    buttons: [action('Claim', { verb: 'claim-draft', draftId: id }, { main: true })],
  });
