import { emptyReportCard, reportCard } from '../../../cards/report/report-card.ts';
import { periodMeant } from '../../../core/report/report-period.ts';
import { makeReport } from '../../../workflow/report/make-report.ts';
import type { Command } from '../../command.ts';
import { omissionNote, disclose } from '../../disclose.ts';

export const reportCommand: Command = {
  name: 'report',
  usage: 'report [from] [to]',
  description: 'Show numbers on exemptions, requests, decisions and renewals, with a CSV file',
  filters: [],
  menus: ['personal'],
  changes: false,
  guests: 'reads',
  run: async (desk, turn, { rest }) => {
    const wanted = periodMeant(rest, desk.now(), desk.timeZone);
    return disclose(
      turn,
      async (asker) => {
        const { numbers, period, viewpoint, age, whyEmpty } = await makeReport(desk, asker, wanted);
        const missing = whyEmpty?.kind === 'could-not-read' ? [] : [age];
        const note = [omissionNote(viewpoint), ...missing].filter(Boolean).join(' ');
        const view = { numbers, period, covers: viewpoint.label, note };
        const card =
          whyEmpty === undefined
            ? reportCard(view, asker.channelId === undefined ? 'asker' : 'channel')
            : emptyReportCard(view, whyEmpty);
        return { viewpoint, card };
      },
      'card',
    );
  },
};
