import { GovernanceError } from '../../../core/governance-error.ts';
import { offerReportFile } from '../../../workflow/report/offer-report-file.ts';
import { button } from '../../button.ts';

export const offerReportFileButton = button('offer-report-file', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  run: async (desk, turn, period) => {
    if (turn.inChannel)
      throw new GovernanceError(
        'invalid',
        'Teams accepts files from Exemption Desk only in a personal chat. Send there: report',
      );
    return { kind: 'offer-file', offer: await offerReportFile(desk, turn.person, period) };
  },
});
