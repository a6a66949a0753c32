import type { Action } from '../../cards/actions.ts';
import { exemptionCard } from '../../cards/exemption/exemption-card.ts';
import { exemptionsCard } from '../../cards/exemption/exemptions-card.ts';
import { adoptExemption } from '../../workflow/ask/adopt-exemption.ts';
import type { Desk } from '../../workflow/desk.ts';
import { letLapse } from '../../workflow/inventory/let-lapse.ts';
import { listExemptions, showExemption } from '../../workflow/inventory/list-exemptions.ts';
import { channelNote, disclose } from '../disclose.ts';
import { say, type Outcome } from '../outcome.ts';
import type { Turn } from '../turn.ts';

const defenderMissing =
  'Exemptions that were made in Defender for Cloud itself could not be read just now, so they are missing here.';

export const listExemptionsAction = (
  desk: Desk,
  turn: Turn,
  action: Extract<Action, { verb: 'list-exemptions' }>,
): Promise<Outcome> =>
  disclose(turn, async (asker) => {
    const { verb: _, ...query } = action;
    const state = query.filter === 'all' ? undefined : query.filter;
    const { rows, viewpoint, withoutDefender } = await listExemptions(desk, asker, { ...query, state });
    const { timeZone } = desk;
    return {
      viewpoint,
      card: exemptionsCard({
        rows,
        query,
        covers: viewpoint.label,
        note: [channelNote(viewpoint), ...(withoutDefender ? [defenderMissing] : [])].filter(Boolean).join(' '),
        now: desk.now(),
        timeZone,
      }),
    };
  });

export const showExemptionAction = (
  desk: Desk,
  turn: Turn,
  action: Extract<Action, { verb: 'show-exemption' }>,
): Promise<Outcome> =>
  disclose(
    turn,
    async (asker) => ({
      card: exemptionCard({ ...(await showExemption(desk, asker, action.id)), timeZone: desk.timeZone }),
    }),
    'card',
  );

export const letLapseAction = async (
  desk: Desk,
  turn: Turn,
  { id, reference }: Extract<Action, { verb: 'let-lapse' }>,
): Promise<Outcome> => say(await letLapse(desk, turn.person, { exemptionId: id, reference }));

/** The card of the new request goes to its owner's personal chat. */
export const adoptAction = async (
  desk: Desk,
  turn: Turn,
  { id, purpose }: Extract<Action, { verb: 'adopt-exemption' }>,
): Promise<Outcome> => {
  const { reference } = await adoptExemption(desk, turn.person, id, purpose);
  return say(`${turn.person.name} adopts it as ${reference}.`);
};
