import { revocationFormCard } from '../../../cards/exemption/revocation-form-card.ts';
import { openRevocation } from '../../../workflow/inventory/revoke-outside.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { button } from '../../button.ts';
import type { Outcome } from '../../outcome.ts';
import type { Turn } from '../../turn.ts';

/** The form to revoke what was made outside, only for somebody who could send it now. */
export const openedRevocation = async (
  desk: Desk,
  { person }: Turn,
  id: string,
  { reason = '', asMessage = false }: { readonly reason?: string; readonly asMessage?: boolean } = {},
): Promise<Outcome> => {
  const revoked = await openRevocation(desk, person, id);
  return {
    kind: 'private',
    outcome: { kind: 'card', card: revocationFormCard({ ...revoked, id, reason }) },
    pointer: 'Nothing was revoked yet. The form is open in your personal chat with Exemption Desk.',
    asMessage,
  };
};

export const openRevocationButton = button('open-revocation', {
  changes: true,
  guests: 'nothing',
  does: 'opens',
  opensDialog: true,
  run: (desk, turn, { id, asMessage }) => openedRevocation(desk, turn, id, { asMessage }),
});
