import type { Card } from '../../src/cards/card.ts';
import { requestFormCard } from '../../src/cards/request-form-card.ts';
import { requestPreviewCard } from '../../src/cards/request-preview-card.ts';
import { defaultLimits } from '../../src/core/limits.ts';
import { now, sampleData, timeZone } from './sample-data.ts';

const data = sampleData({ text: (plain) => plain, rows: 40, idPadding: 'x'.repeat(160) });
const { draft, form, offer, targets, terms } = data;
const open = { draft, offer, problems: [], limits: defaultLimits, now, timeZone };
const bodyOf = (card: Card) => card.content.body as Readonly<Record<string, unknown>>[];
const inputOf = (card: Card, id: string) => bodyOf(card).find((element) => element.id === id);
const titlesOf = (card: Card) => (card.content.actions as { title: string }[]).map((button) => button.title);

describe('the form of a request', () => {
  it('keeps what was typed when a field is refused, with a sentence under that field', () => {
    const typed = { ...form, justification: 'short', expiry: 'date', expiryDate: '2026-11-01', category: 'Mitigated' };
    const problem = { field: 'justification', sentence: 'Say why in at least 20 characters.' } as const;
    const card = requestFormCard({ ...open, draft: { ...draft, form: typed }, problems: [problem] });
    for (const id of ['justification', 'expiry', 'expiryDate', 'category', 'name', 'ticket'] as const)
      expect(inputOf(card, id)?.value).toBe(typed[id]);
    const body = bodyOf(card);
    const next = body[body.findIndex((element) => element.id === 'justification') + 1];
    expect(JSON.stringify(next)).toContain(problem.sentence);
  });

  it('never drops a chosen resource, and says how many others would not fit', () => {
    const last = offer.resources.at(-1)!.id;
    const card = requestFormCard({ ...open, draft: { ...draft, form: { ...form, resources: [last.toUpperCase()] } } });
    const choices = inputOf(card, 'resources')?.choices as { value: string }[];
    expect(choices.map((choice) => choice.value)).toContain(last);
    expect(JSON.stringify(bodyOf(card))).toContain(`${40 - choices.length} more resources would not fit here`);
  });

  it('offers no more days than the rules allow', () => {
    const card = requestFormCard({ ...open, limits: { ...defaultLimits, maxDays: { Waiver: 30, Mitigated: 30 } } });
    const choices = inputOf(card, 'expiry')?.choices as { value: string }[];
    expect(choices.map((choice) => choice.value)).toEqual(['7', '30', 'date']);
    expect(inputOf(card, 'expiryDate')).toMatchObject({ min: '2026-11-22', max: '2026-12-21' });
  });

  it('can be discarded whatever is missing in it', () => {
    const discard = (requestFormCard(open).content.actions as object[]).at(-1);
    expect(discard).toMatchObject({ title: 'Discard', associatedInputs: 'none' });
  });
});

describe('the preview of a request', () => {
  const preview = { draft, terms, scopeLabels: ['st1'], askedIn: ['approvals'], timeZone };

  it('says that every initiative gets an exemption', () => {
    const card = requestPreviewCard({ ...preview, plan: { targets, obstacles: [] } });
    expect(JSON.stringify(bodyOf(card))).toContain(
      'This recommendation is included in several policy initiatives: Microsoft cloud security benchmark, Contoso baseline. Exemptions will be created on all of them.',
    );
    expect(titlesOf(card)).toEqual(['Send', 'Change', 'Discard']);
  });

  it('cannot be sent when something stands in the way', () => {
    const obstacle = { code: 'already-exempt', blocking: true, sentence: 'This is already exempt.' } as const;
    const card = requestPreviewCard({ ...preview, plan: { targets, obstacles: [obstacle] } });
    expect(titlesOf(card)).toEqual(['Change', 'Discard']);
    expect(JSON.stringify(bodyOf(card))).toContain('This is already exempt.');
  });
});
