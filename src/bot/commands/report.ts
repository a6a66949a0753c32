import { periodMeant } from '../../core/report/report-period.ts';
import { showReport } from '../actions/report.ts';
import type { Command } from '../command.ts';

export const reportCommand: Command = {
  name: 'report',
  usage: 'report [from] [to]',
  description: 'Exemptions, waiting requests, time to decide, renewals: numbers, and a CSV file',
  menus: ['personal'],
  run: async (desk, turn, { words }) => showReport(desk, turn, periodMeant(words, desk.now(), desk.timeZone)),
};
