import type { Action } from '../../cards/actions.ts';
import { exemptionCard } from '../../cards/exemption-card.ts';
import { exemptionsCard } from '../../cards/exemptions-card.ts';
import type { Desk } from '../../workflow/desk.ts';
import { listExemptions, showExemption } from '../../workflow/list-exemptions.ts';
import { channelNote, disclose } from '../disclose.ts';
import type { Outcome } from '../outcome.ts';
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
    const { rows, viewpoint, withoutDefender } = await listExemptions(desk, asker, {
      text: query.text,
      state,
      withinDays: query.withinDays,
    });
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
