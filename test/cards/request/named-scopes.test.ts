import fc from 'fast-check';
import { fitOnCard } from '../../../src/core/plan/named-scopes.ts';
import { alertCard } from '../../../src/cards/alert/alert-card.ts';
import { decisionFormCard } from '../../../src/cards/request/decision-form-card.ts';
import { requestCard } from '../../../src/cards/request/request-card.ts';
import { requestPreviewCard } from '../../../src/cards/request/request-preview-card.ts';
import type { Card } from '../../../src/cards/render-card.ts';
import { buttonsOf } from '../../../simulator/teams/people/card-press.ts';
import { builtIn } from '../../core/governance-facts.ts';
import { sampleData, timeZone } from '../sample-data.ts';

const { view, draft, terms, targets } = sampleData({ text: (plain) => plain, rows: 3, idPadding: '' });

/** As people, Azure and other alphabets name them, up to the longest that Azure takes. */
const label = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,40} \/ rg-[a-z]{1,20} \/ [a-z0-9]{1,30}$/),
  fc.stringMatching(/^[a-z]{60} \/ [a-z]{90} \/ [a-z]{1,260}$/),
  fc.stringMatching(/^[一-龠]{1,64} \/ [ぁ-ん]{1,90} \/ [a-z]{1,60}$/),
);
const labels = fc.uniqueArray(label, { minLength: 1, maxLength: 60 });

const drawn = (content: unknown): string => JSON.stringify(content);
const dataOf = (card: Card, title: string) =>
  buttonsOf(card.content).find((button) => button.title === title)?.action.data as
    { readonly named?: number } | undefined;
const forms = (value: unknown): object[] => {
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as { type?: unknown }).type === 'Action.ShowCard' ? [(value as { card: object }).card] : [];
  return [...own, ...Object.values(value).flatMap(forms)];
};
/** The small form with a button, or the whole card where the button stands on none, and what stands above it all. */
const around = (card: Card, title: string): string =>
  drawn([
    forms(card.content).find((form) => drawn(form).includes(`"title":${drawn(title)}`)) ?? card.content,
    (card.content.body as unknown[])[0],
  ]);
const names = (text: string, all: readonly string[]): boolean => all.every((each) => text.includes(each));
const fits = (card: Card): void => expect(Buffer.byteLength(drawn(card.content))).toBeLessThan(28 * 1024);

describe('whatever the scopes of a request are called', () => {
  it('the preview names every one that can be named', () => {
    fc.assert(
      fc.property(labels, (scopeLabels) => {
        const card = requestPreviewCard({
          draft,
          seen: 'terms-1',
          terms,
          scopeLabels,
          plan: { targets, obstacles: [], alsoExempts: [], leftOut: [] },
          renewal: undefined,
          governance: builtIn,
          askedIn: [],
          score: undefined,
          lends: false,
          emergencyPossible: true,
          timeZone,
        });
        fits(card);
        expect(names(drawn(card.content), scopeLabels)).toBe(fitOnCard(scopeLabels));
      }),
    );
  });

  it('each button that approves stands with the names of all, or does not say so', () => {
    fc.assert(
      fc.property(labels, fc.boolean(), (scopeLabels, isChosen) => {
        const pending = view('pending');
        const narrower = scopeLabels.map((each, at) => ({ token: `${at}a`, label: each }));
        const shown = {
          ...pending,
          request: { ...pending.request, terms: { ...terms, scopes: scopeLabels.map((_, at) => `/s/${at}`) } },
          scopeLabels,
          narrower: isChosen && scopeLabels.length > 1 && scopeLabels.length <= 12 ? narrower : [],
        };
        const { reference } = shown.request;
        const [whole, less] = [`Approve ${reference}`, `Approve ${reference} with these changes`];
        const end = { step: '1', title: 'Ends', severity: 'high', facts: [], words: '', rows: [], reference } as const;
        const alert = alertCard({ ...end, exemptionId: undefined, approve: 1, approves: scopeLabels });
        for (const [card, title] of [
          [requestCard(shown, 'approvers'), whole],
          [requestCard(shown, 'approvers'), less],
          [decisionFormCard(shown, 'less'), less],
          [alert, whole],
        ] as const) {
          fits(card);
          const { named } = dataOf(card, title)!;
          expect(named).toBe(fitOnCard(scopeLabels) ? scopeLabels.length : undefined);
          if (named !== undefined && card !== alert) expect(names(around(card, title), scopeLabels)).toBe(true);
        }
      }),
    );
  });
});
