import type { Verb } from '../../cards/actions.ts';
import { GovernanceError } from '../../core/governance-error.ts';

/** What a guest may do: only read, or request exemptions as well if the operator allows it. A guest never decides. */
export type GuestRights = 'read' | 'read-and-ask';

/** The buttons with which a guest reads, as far as their Azure roles allow it. `say` is judged by the command that it says. */
const readingVerbs: readonly Verb[] = [
  'list-recommendations',
  'show-recommendation',
  'refresh-request',
  'show-request',
  'list-requests',
  'list-exemptions',
  'show-exemption',
  'show-score',
  'offer-report-file',
  'show-status',
  'say',
];
const readingCommands = [
  'help',
  'recommendations',
  'recommendation',
  'requests',
  'request',
  'why',
  'exemptions',
  'exemption',
  'score',
  'report',
  'subscriptions',
  'status',
];
/** Everything on the way from a recommendation to a request that somebody else decides. An emergency is not, because nobody decides it first. */
const askingVerbs: readonly Verb[] = [
  'open-form',
  'extend-request',
  'preview-request',
  'turn-form-page',
  'edit-request',
  'send-request',
  'discard-request',
  'change-request',
  'withdraw-request',
  'replace-request',
];
const askingCommands = ['exempt', 'change', 'withdraw', 'renew'];

/** What guests may use, by the names of commands and the verbs of buttons. Whatever stands in neither list is refused. */
export const guestUses: Readonly<Record<'read' | 'ask', readonly string[]>> = {
  read: [...readingCommands, ...readingVerbs],
  ask: [...askingCommands, ...askingVerbs],
};

/** Throws GovernanceError forbidden if guests may not use this command or button. `rights` is undefined for members. */
export const refuseToGuest = (rights: GuestRights | undefined, use: string): void => {
  if (rights === undefined || guestUses.read.includes(use)) return;
  if (rights === 'read-and-ask' && guestUses.ask.includes(use)) return;
  throw new GovernanceError(
    'forbidden',
    rights === 'read'
      ? 'You are a guest in this organisation. Guests can read with Exemption Desk, but request, change and decide nothing.'
      : 'You are a guest in this organisation. Guests can request exemptions with Exemption Desk, but decide and change nothing else.',
  );
};
