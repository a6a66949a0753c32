import { z } from 'zod';
import { addDays, dayIn } from '../../core/calendar.ts';
import { makeReport } from '../../workflow/report/make-report.ts';
import { route } from '../route.ts';

const usualDays = 30;
const count = z.number().int();

const group = z.object({
  label: z.string(),
  exemptions: count,
  expiring: count,
  neverExpires: count,
  orphaned: count,
  outside: count,
  open: count,
});

const report = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  exemptions: z.object({
    inForce: count,
    expiring: count,
    neverExpires: count,
    expired: count,
    orphaned: count,
    outside: count,
  }),
  open: count,
  overdue: count,
  decisions: z.object({
    sent: count,
    lapsed: count,
    withdrawn: count,
    approved: count,
    rejected: count,
    unneeded: count,
    renewals: count,
    medianSeconds: z.number().nullable().describe('From sending to decision; null: nothing was decided.'),
  }),
  bySubscription: z.array(group),
  bySeverity: z.array(group),
  notes: z.array(z.string()),
});

export const oneReport = route({
  method: 'GET',
  path: '/report',
  name: 'makeReport',
  summary: 'The numbers of exemptions and requests that the caller may see',
  needs: 'read',
  guests: 'reads',
  query: z.object({
    from: z.iso.date().optional().describe('The first day; 30 days by default.'),
    to: z.iso.date().optional().describe('The last day; today by default.'),
  }),
  status: 200,
  answer: report,
  run: async (desk, { asker, query }) => {
    const toDay = query.to ?? dayIn(desk.now(), desk.timeZone);
    const wanted = { fromDay: query.from ?? addDays(toDay, 1 - usualDays), toDay };
    const { numbers, period, age } = await makeReport(desk, asker, wanted);
    const { medianMs, ...decisions } = numbers.decisions;
    return {
      body: {
        ...{ from: period.fromDay, to: period.toDay, exemptions: numbers.exemptions },
        ...{ open: numbers.open, overdue: numbers.overdue },
        decisions: { ...decisions, medianSeconds: medianMs === undefined ? null : medianMs / 1000 },
        bySubscription: [...numbers.bySubscription],
        bySeverity: [...numbers.bySeverity],
        notes: age === '' ? [] : [age],
      },
    };
  },
});
