import type { Action } from '../../cards/actions.ts';
import { reportCard } from '../../cards/report/report-card.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { ReportPeriod } from '../../core/report/report-period.ts';
import type { Desk } from '../../workflow/desk.ts';
import { makeReport } from '../../workflow/report/make-report.ts';
import { offerReportFile } from '../../workflow/report/offer-report-file.ts';
import { channelNote, disclose } from '../disclose.ts';
import type { Outcome } from '../outcome.ts';
import type { Turn } from '../turn.ts';

const defenderMissing =
  'Exemptions that were made in Defender for Cloud itself could not be read just now, so they are not counted.';

export const showReport = (desk: Desk, turn: Turn, wanted: ReportPeriod): Promise<Outcome> =>
  disclose(
    turn,
    async (asker) => {
      const { numbers, period, viewpoint, withoutDefender } = await makeReport(desk, asker, wanted);
      const note = [channelNote(viewpoint), ...(withoutDefender ? [defenderMissing] : [])].filter(Boolean).join(' ');
      const view = { numbers, period, covers: viewpoint.label, note };
      return { viewpoint, card: reportCard(view, asker.channelId === undefined ? 'asker' : 'channel') };
    },
    'card',
  );

export const offerReportFileAction = async (
  desk: Desk,
  turn: Turn,
  { verb: _, ...period }: Extract<Action, { verb: 'offer-report-file' }>,
): Promise<Outcome> => {
  if (turn.inChannel)
    throw new GovernanceError('invalid', 'Teams takes files of mine only in a personal chat. Say there: report');
  return { kind: 'offer-file', offer: await offerReportFile(desk, turn.person, period) };
};
