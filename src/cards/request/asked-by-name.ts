import type { Mentioned } from '../../core/chat/mentioned.ts';
import { namedPeople } from '../named-people.ts';
import type { Card } from '../render-card.ts';
import { withMentions } from '../with-mentions.ts';

/** The card of a request with a line at its end that asks some people by name. */
export const askedByName = (card: Card, people: readonly Mentioned[]): Card => {
  if (people.length === 0) return card;
  const { text, entities } = namedPeople(people);
  const line = {
    type: 'TextBlock',
    text: `For ${text}, who decided requests around here before`,
    wrap: true,
    size: 'small',
    spacing: 'medium',
  };
  return withMentions(card, line, entities);
};
