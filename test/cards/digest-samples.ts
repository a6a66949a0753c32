import { digestCard } from '../../src/cards/alert/digest-card.ts';
import { reportCard } from '../../src/cards/report/report-card.ts';
import type { Card } from '../../src/cards/render-card.ts';
import { now, sampleData, timeZone, type Flavour } from './sample-data.ts';

/** The cards that sum up a time: reports and digests. */
export const digestSamples = (flavour: Flavour): Readonly<Record<string, Card>> => {
  const { text } = flavour;
  const { alert, many, reportView } = sampleData(flavour);
  return {
    report: reportCard(reportView, 'asker'),
    'report in a channel': reportCard(reportView, 'channel'),
    'report of a week': reportCard(reportView, 'week'),
    digest: digestCard(
      many((index) => ({
        kind: (['created', 'expiring', 'expired', undefined] as const)[index % 4],
        alert:
          index === 2
            ? {
                ...alert(index),
                outcome: {
                  event: 'e',
                  step: 'revoked',
                  line: text('Revoked by Bob Berger on 20 Nov 2026, 09:00 (Europe/Berlin).'),
                },
              }
            : alert(index),
      })),
      { asOf: now, timeZone },
    ),
  };
};
