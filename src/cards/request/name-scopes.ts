import { counted } from '../../core/first-few.ts';
import { fitOnCard, isNamedByTitle } from '../../core/plan/named-scopes.ts';
import type { Input } from '../card-action.ts';

/** All scopes of a request by name, above the button that approves it; nothing where the title names it. */
export const namedScopes = (labels: readonly string[]): Input[] => {
  if (isNamedByTitle(labels)) return [];
  const text = fitOnCard(labels)
    ? labels.join(', ')
    : `${counted(labels.length, 'scope')}, more than a card can show. It cannot be approved: reject it, and have it asked for in parts.`;
  const runs = [
    {
      type: 'TextRun',
      text: labels.length === 1 ? 'You approve it for ' : `You approve it for all ${labels.length}: `,
      weight: 'bolder',
    },
    { type: 'TextRun', text },
  ];
  return [{ type: 'RichTextBlock', inlines: runs }];
};

/** What the button carries that stands below these names. */
export const namedHere = (labels: readonly string[]): { readonly named?: number } =>
  fitOnCard(labels) && labels.length > 0 ? { named: labels.length } : {};
