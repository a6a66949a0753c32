import { openPage, type CardAction } from '../card-action.ts';
import { portalUrl } from '../portal-url.ts';

/** The lines of a query that lists in Resource Graph what is exempt from a recommendation. A key is letters, digits and hyphens. */
export const exemptedQuery = (assessmentKey: string): readonly string[] => [
  'securityresources',
  "| where type == 'microsoft.security/assessments'",
  `| where name =~ '${assessmentKey}'`,
  "| where tostring(properties.status.code) =~ 'NotApplicable' and tostring(properties.status.cause) =~ 'Exempt'",
  '| extend resourceId = tolower(tostring(properties.resourceDetails.Id)), displayName = tostring(properties.displayName)',
  '| extend reason = tostring(properties.status.description), since = tostring(properties.status.statusChangeDate)',
  '| project id, resourceId, displayName, reason, since',
  '| order by id asc',
];

/** A button that shows a query to copy, line by line, and opens it in the Azure portal. Text runs are literal, so nothing of it becomes Markdown. */
export const showQuery = (lines: readonly string[]): CardAction => ({
  type: 'Action.ShowCard',
  title: 'Resource Graph query',
  card: {
    type: 'AdaptiveCard',
    body: [
      {
        type: 'TextBlock',
        text: 'It lists the same resources, as far as your own Azure roles let you read them. Without its third line it lists what is exempt from any recommendation.',
        wrap: true,
      },
      {
        type: 'Container',
        style: 'emphasis',
        items: lines.map((text, index) => ({
          type: 'RichTextBlock',
          inlines: [{ type: 'TextRun', text, fontType: 'Monospace', size: 'small' }],
          ...(index === 0 ? {} : { spacing: 'none' }),
        })),
      },
    ],
    actions: [openPage('Open in Resource Graph Explorer', portalUrl({ graphQuery: lines.join('\n') }))],
  },
});
