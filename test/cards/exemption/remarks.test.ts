import { cleanupCard } from '../../../src/cards/exemption/cleanup-card.ts';

type Block = {
  readonly style?: string;
  readonly items?: readonly { readonly inlines?: readonly { text: string }[] }[];
};

/** The paragraphs of each container in the grey of remarks, but for the header of the card. */
const remarks = (content: Readonly<Record<string, unknown>>): string[][] =>
  (content.body as readonly Block[])
    .slice(1)
    .filter(({ style }) => style === 'emphasis')
    .map(({ items = [] }) => items.map(({ inlines = [] }) => inlines.map(({ text }) => text).join('')));

describe('what a card remarks about what it shows', () => {
  it('stands apart from the facts, each remark a paragraph', () => {
    const { content } = cleanupCard({
      planId: 'plan',
      rows: [
        {
          exemptionId: '/subscriptions/s/providers/Microsoft.Authorization/policyExemptions/e',
          scope: '/subscriptions/s',
          kind: 'expired',
          expiresAt: '2026-11-21T00:00:00Z',
          name: 'Legacy import',
          scopeLabel: 'stshopprod',
        },
      ],
      keptBy: new Map([['EPAC', 2]]),
      age: 'This is as of 21 Dec 2026, 23:59 (Europe/Berlin).',
      more: true,
      others: { count: 0, places: [], placesInAll: 0, people: [] },
      whyEmpty: undefined,
      timeZone: 'Europe/Berlin',
    });

    expect(remarks(content)).toEqual([
      [
        '2 more are managed by EPAC and not deleted here.',
        'There are more. To delete them too, send this again afterwards: cleanup',
        'This is as of 21 Dec 2026, 23:59 (Europe/Berlin).',
      ],
    ]);
  });
});
