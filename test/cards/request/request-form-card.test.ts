import { rulesHere } from '../../../src/core/governance/rules-here.ts';
import { nameOf } from '../../../src/core/tenant/arm-id.ts';
import { playground } from '../../core/contoso.ts';
import { asked, builtIn } from '../../core/governance-facts.ts';
import type { Card } from '../../../src/cards/render-card.ts';
import { requestFormCard } from '../../../src/cards/request/request-form-card.ts';
import { requestPreviewCard } from '../../../src/cards/request/request-preview-card.ts';
import { withoutFile } from '../../../src/core/governance/governance-rules.ts';
import { widestLimits } from '../../../src/core/governance/widest-limits.ts';
import { now, sampleData, timeZone, tokenOf } from '../sample-data.ts';

const data = sampleData({ text: (plain) => plain, rows: 40, idPadding: 'x'.repeat(160) });
const { draft, form, offer, targets, terms } = data;
const builtInLimits = widestLimits(withoutFile);
const rules = { here: undefined, replaced: undefined };
const open = {
  draft,
  offer,
  problems: [],
  limits: builtInLimits,
  rules,
  lends: false,
  reasons: [],
  tokenOf,
  now,
  timeZone,
};
const bodyOf = (card: Card) => card.content.body as Readonly<Record<string, unknown>>[];
const inputOf = (card: Card, id: string) => bodyOf(card).find((element) => element.id === id);
const titlesOf = (card: Card) => (card.content.actions as { title: string }[]).map((button) => button.title);

describe('the form of a request', () => {
  it.each([
    [1, '', false],
    [200, 'The strictest of them count. ', false],
    [201, 'Which of them a rule comes from was looked for among the first 200 of 201. ', true],
    [1350, 'Which of them a rule comes from was looked for among the first 200 of 1,350. ', true],
  ])('says among how many of its scopes the source of a rule was looked for: %i', (count, sentence, isSaid) => {
    const scopes = Array.from({ length: count }, (_, index) => `${playground}/resourceGroups/rg-${index}`);
    const here = { rules: rulesHere(withoutFile, asked({ scopes })), scopes, labelOf: nameOf };
    const drawn = JSON.stringify(
      requestFormCard({ ...open, limits: { ...builtInLimits, varies: true }, rules: { here, replaced: undefined } })
        .content,
    );
    expect(drawn).toContain(sentence);
    expect(drawn.includes('was looked for among')).toBe(isSaid);
  });

  it('keeps what was typed when a field is refused, with a sentence under that field', () => {
    const typed = { ...form, justification: 'short', expiry: 'date', expiryDate: '2026-11-01', category: 'Mitigated' };
    const problem = {
      field: 'justification',
      sentence: 'A justification of at least 20 characters is required.',
    } as const;
    const card = requestFormCard({ ...open, draft: { ...draft, form: typed }, problems: [problem] });
    for (const id of ['justification', 'expiry', 'expiryDate', 'category', 'name', 'ticket'] as const)
      expect(inputOf(card, id)?.value).toBe(typed[id]);
    const body = bodyOf(card);
    const next = body[body.findIndex((element) => element.id === 'justification') + 1];
    expect(JSON.stringify(next)).toContain(problem.sentence);
  });

  it('says first of all what was asked for already, except what it changes itself', () => {
    const words = JSON.stringify(bodyOf(requestFormCard(open))[1]);
    expect(words).toMatch(/EX-1000.* · Already requested by .*EX-1001.*EX-1002.*and 77 more/);
    const amends = { reference: 'EX-1001', termsVersion: 1 };
    const others = JSON.stringify(bodyOf(requestFormCard({ ...open, draft: { ...draft, amends } }))[1]);
    expect(others).toMatch(/EX-1000.*EX-1002.*and 77 more/);
    expect(others).not.toContain('EX-1001');
  });

  it('never drops a chosen resource: it is ticked on its page, and named on the others', () => {
    const last = offer.resources.at(-1)!;
    const given = { ...open, draft: { ...draft, form: { ...form, resources: [last.id.toUpperCase()] } } };
    const [first, second] = [requestFormCard(given), requestFormCard({ ...given, page: 2 })];
    expect(inputOf(first, 'resources')?.value).toBe('');
    expect(JSON.stringify(bodyOf(first))).toContain('Also selected, on other pages: stshopprod39');
    expect(inputOf(second, 'resources')?.value).toBe(tokenOf(last.id));
    expect(JSON.stringify(bodyOf(second))).not.toContain('Also selected');
  });

  it('says how many wider scopes do not fit, and how to ask for one of them', () => {
    const scopes = Array.from({ length: 100 }, (_, at) => ({
      id: `/subscriptions/${at}`,
      label: `Subscription shop-${at}`,
    }));
    let hashed = 0;
    const counting = (id: string): string => {
      hashed += 1;
      return tokenOf(id);
    };
    const card = requestFormCard({ ...open, tokenOf: counting, offer: { ...offer, resources: [], scopes } });
    const shown = (inputOf(card, 'scope')?.choices as object[]).length - 1;
    expect(shown).toBeLessThan(100);
    expect(JSON.stringify(bodyOf(card))).toContain(
      `${100 - shown} more scopes do not fit here. The search below finds them.`,
    );
    expect(hashed).toBeLessThan(2 * shown);
    const few = requestFormCard({ ...open, offer: { ...offer, resources: [], scopes: scopes.slice(0, 3) } });
    expect(JSON.stringify(bodyOf(few))).not.toContain('do not fit');
  });

  it('demands nothing in the client while a page can be turned, so that an empty field stops nobody', () => {
    const required = (card: Card) => bodyOf(card).filter((element) => element.isRequired === true);
    expect(required(requestFormCard(open))).toEqual([]);
    expect(
      required(requestFormCard({ ...open, offer: { ...offer, resources: offer.resources.slice(0, 3) } })),
    ).toHaveLength(5);
  });

  it('offers no more days than the rules allow', () => {
    const card = requestFormCard({ ...open, limits: { ...builtInLimits, maxDays: { Waiver: 30, Mitigated: 30 } } });
    const choices = inputOf(card, 'expiry')?.choices as { value: string }[];
    expect(choices.map((choice) => choice.value)).toEqual(['7', '30', 'date']);
    // A date out of bounds would keep the client from sending anything, also where the date does not count.
    expect(inputOf(card, 'expiryDate')).not.toHaveProperty('max');
  });

  it('can be discarded whatever is missing in it', () => {
    const discard = (requestFormCard(open).content.actions as object[]).at(-1);
    expect(discard).toMatchObject({ title: 'Discard', associatedInputs: 'none' });
  });
});

describe('the preview of a request', () => {
  const nothingElse = { alsoExempts: [], leftOut: [] };
  const preview = {
    draft,
    seen: 'terms-1',
    terms,
    renewal: undefined,
    scopeLabels: ['st1'],
    askedIn: ['approvals'],
    score: undefined,
    governance: builtIn,
    lends: false,
    emergencyPossible: false,
    timeZone,
  };

  it('says that every initiative gets an exemption', () => {
    const card = requestPreviewCard({ ...preview, plan: { targets, obstacles: [], ...nothingElse } });
    expect(JSON.stringify(bodyOf(card))).toContain(
      'This recommendation is included in several policy initiatives: Microsoft cloud security benchmark, Contoso baseline. Exemptions will be created on all of them.',
    );
    expect(titlesOf(card)).toEqual(['Send', 'Change', 'Discard']);
  });

  it('says in the words of Defender for Cloud that some initiatives are left out', () => {
    const [first] = targets;
    const plan = { targets: [first!], obstacles: [], alsoExempts: [], leftOut: ['Contoso baseline'] };
    expect(JSON.stringify(bodyOf(requestPreviewCard({ ...preview, plan })))).toMatch(
      /Exemption Desk has limited permissions[^"]*sufficient permissions: Microsoft cloud security benchmark\. Left out: Contoso baseline\./,
    );
  });

  it('names the other recommendations that go with it', () => {
    const plan = { targets, obstacles: [], alsoExempts: ['Machines should be scanned'], leftOut: [] };
    expect(JSON.stringify(bodyOf(requestPreviewCard({ ...preview, plan })))).toContain(
      'Also exempts: “Machines should be scanned”',
    );
  });

  it('says by word and colour what is in the way, what to mind and what was not checked', () => {
    const kinds = ['blocking', 'warning', 'not-checked'] as const;
    const obstacles = kinds.map((kind) => ({ code: 'locked', kind, sentence: `This is ${kind}.` }) as const);
    const body = JSON.stringify(
      bodyOf(requestPreviewCard({ ...preview, plan: { targets, obstacles, ...nothingElse } })),
    );
    for (const [word, style] of [
      ['Blocked', 'attention'],
      ['Warning', 'warning'],
      ['Not checked', 'default'],
    ])
      expect(body).toMatch(new RegExp(`"text":"${word}: "[^]*?"style":"${style}"`));
  });

  it('cannot be sent when something stands in the way', () => {
    const obstacle = { code: 'already-exempt', kind: 'blocking', sentence: 'This is already exempt.' } as const;
    const card = requestPreviewCard({ ...preview, plan: { targets, obstacles: [obstacle], ...nothingElse } });
    expect(titlesOf(card)).toEqual(['Change', 'Discard']);
    expect(JSON.stringify(bodyOf(card))).toContain('This is already exempt.');
  });
});
