import { GovernanceError } from '../governance-error.ts';
import { fitsInRow } from './decided-together.ts';

/** The longest name of a single scope that the title of a card shows whole, in characters. */
export const longestInTitle = 120;

/** The most that the names of all scopes of a request may take on a card, in bytes as it is sent; some seventy scopes in all. */
const mostBytes = 3000;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Whether the title of a card names all that is asked for. */
export const isNamedByTitle = (labels: readonly string[]): boolean =>
  labels.length === 1 && (labels[0] ?? '').length <= longestInTitle;

/** Whether a card can name every scope whole. What no card can name is not asked for, and not approved. */
export const fitOnCard = (labels: readonly string[]): boolean => bytesOf(JSON.stringify(labels)) <= mostBytes;

/** Says why a request cannot be sent whose scopes no card can name. */
export const tooManySentence = (labels: readonly string[]): string =>
  `It names ${labels.length.toLocaleString('en')} scopes, more than a card can show, and nobody approves what they were not shown. Ask for the resource group or the subscription around them, or in several requests.`;

/**
 * Throws GovernanceError invalid unless its approver was shown every scope: by a card that said that it named so many (`named`), or in a line of names,
 * which a typed decision and the cards of earlier versions had.
 */
export const refuseUnlessNamed = (reference: string, labels: readonly string[], named: number | undefined): void => {
  if (!fitOnCard(labels))
    throw new GovernanceError(
      'invalid',
      `${reference} names more scopes than a card can show, and nobody approves what they were not shown. Reject it, and have it asked for in parts.`,
    );
  if (named === labels.length || isNamedByTitle(labels) || (named === undefined && fitsInRow(labels.join(', '))))
    return;
  throw new GovernanceError(
    'invalid',
    `${reference} covers more than was shown where you approved it. To see all of it and approve it, send: request ${reference}`,
  );
};
