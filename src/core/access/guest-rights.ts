import { GovernanceError } from '../governance-error.ts';

/** What a guest may do: only read, or request exemptions as well if the operator allows it. A guest never decides. */
export type GuestRights = 'read' | 'read-and-ask';

/**
 * What a command or button is for a guest. reads: they may use it, as far as their Azure roles go. asks: it is on the way from a recommendation to a
 * request that somebody else decides, so they may use it if the operator lets guests ask. nothing: it is refused to every guest.
 */
export type GuestUse = 'reads' | 'asks' | 'nothing';

const allowed: Readonly<Record<GuestRights, readonly GuestUse[]>> = {
  read: ['reads'],
  'read-and-ask': ['reads', 'asks'],
};

/** Throws GovernanceError forbidden if this person may not use such a command or button. `rights` is undefined for members. */
export const refuseToGuest = (rights: GuestRights | undefined, use: GuestUse): void => {
  if (rights === undefined || allowed[rights].includes(use)) return;
  throw new GovernanceError(
    'forbidden',
    rights === 'read'
      ? 'You are a guest in this organisation. Guests can read with Exemption Desk, but request, change and decide nothing.'
      : 'You are a guest in this organisation. Guests can request exemptions with Exemption Desk, but decide and change nothing else.',
  );
};
