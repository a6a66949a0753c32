import type { Card } from '../../../src/cards/render-card.ts';
import { requestCard } from '../../../src/cards/request/request-card.ts';
import type { RequestStatus } from '../../../src/core/request/request-status.ts';
import { sampleData } from '../sample-data.ts';

const { view } = sampleData({ text: (plain) => plain, rows: 2, idPadding: '' });
/** The buttons that are shown from the start: those of approvers stand above what unfolds. */
const shownButtons = ({ content }: Card): readonly { readonly title: string }[] =>
  [content, ...(content.body as object[])].flatMap((each) =>
    'actions' in each ? (each.actions as { title: string }[]) : [],
  );
const titlesOf = (card: Card): unknown[] => shownButtons(card).map((button) => button.title);
type Form = { readonly card: { readonly body: object[]; readonly actions: { readonly data: object }[] } };
type Folded = {
  readonly isVisible: boolean;
  readonly items: { readonly actions?: { readonly title: string }[] }[];
};
/** What a press on More shows; undefined where it is shown from the start. */
const folded = (card: Card): Folded | undefined =>
  (card.content.body as ({ readonly id?: string } & Folded)[]).find(
    ({ id, isVisible }) => id === 'details' && !isVisible,
  );
const foldedTitles = (card: Card): unknown[] =>
  folded(card)
    ?.items.at(-1)
    ?.actions?.map(({ title }) => title) ?? [];
const drawn = (card: Card): string => JSON.stringify(card.content.body);

describe('the card of a request', () => {
  it('shows as a bar how many exemptions are removed, while they are, and says the same in words', () => {
    const revoking = view('revoking');
    const removed = { ...revoking.history[0]!, event: 'exemption-removed', facts: { exemption: 'e1' } };
    const begun = { ...revoking, history: [...revoking.history, removed] };
    const of = begun.request.targets.length;
    const card = drawn(requestCard(begun, 'approvers'));
    expect(card).toContain(`{"type":"ProgressBar","value":1,"max":${of},"spacing":"small","fallback":"drop"}`);
    expect(card).toContain(`removing it from Azure: 1 of ${of} exemptions deleted.`);
    expect(
      drawn(requestCard({ ...begun, request: { ...begun.request, status: 'revoked' } }, 'approvers')),
    ).not.toContain('ProgressBar');
  });

  it('lets approvers approve or reject, each with a form of its own, and unfolds the rest', () => {
    const card = requestCard(view('pending'), 'approvers');
    expect(titlesOf(card)).toEqual(['✓ Approve', '✕ Reject', 'More']);
    expect(foldedTitles(card)).toEqual([
      'Approve with changes…',
      'Approve with changes here…',
      'Reject here…',
      'Details',
      'Show recommendation',
    ]);
    const [approve, , more] = shownButtons(card) as unknown as Form[];
    const [, less, reject] = folded(card)?.items.at(-1)?.actions as unknown as Form[];
    expect(more).toMatchObject({ type: 'Action.ToggleVisibility', targetElements: ['details'] });
    expect(JSON.stringify(approve?.card.body[0])).toContain('You approve it for all 3: ');
    expect(approve?.card.body[1]).toMatchObject({ id: 'comment' });
    expect(approve?.card.body[1]).not.toHaveProperty('isRequired');
    expect(approve?.card.actions[0]?.data).toEqual({
      verb: 'approve-request',
      reference: 'EX-12AB',
      version: 1,
      named: 3,
    });
    expect(less?.card.body.flatMap((input) => ('id' in input ? [input.id] : []))).toEqual([
      'lastDay',
      'scopes',
      'note',
    ]);
    expect(less?.card.body[0]).toMatchObject({ max: '2026-12-21', value: '2026-12-21' });
    expect(reject?.card.body[0]).toMatchObject({ id: 'reason', isRequired: true });
  });

  it('opens the forms to reject and to approve less in a dialog, with the version that the card shows', () => {
    const card = requestCard(view('pending'), 'approvers');
    const carried = [shownButtons(card)[1], ...(folded(card)?.items.at(-1)?.actions ?? []).slice(0, 1)];
    const opens = { verb: 'open-decision', reference: 'EX-12AB', version: 1, msteams: { type: 'task/fetch' } };
    expect(carried).toMatchObject([{ data: { ...opens, form: 'reject' } }, { data: { ...opens, form: 'less' } }]);
  });

  it.each([
    [
      'several scopes that do not fit',
      { narrower: [], narrowerUnlisted: 13 },
      ['a', 'b'],
      'Its 2 scopes do not fit here',
    ],
    [
      'a wide scope with too much inside',
      { narrowerUnlisted: 78 },
      ['a'],
      'The 2 widest of 80 scopes inside it are listed.',
    ],
  ])('says what the form for changes leaves out: %s', (_, more, scopes, sentence) => {
    const pending = view('pending');
    const asked = { ...pending.request, terms: { ...pending.request.terms, scopes } };
    const card = requestCard({ ...pending, ...more, request: asked }, 'approvers');
    const [, less] = folded(card)?.items.at(-1)?.actions as unknown as Form[];
    expect(less?.card.body[0]).toMatchObject({ text: expect.stringContaining(sentence) as string });
  });

  it('lets a client fetch the buttons for whoever looks at it, only while somebody can decide', () => {
    expect(requestCard(view('pending'), 'approvers').content.refresh).toEqual({
      action: { type: 'Action.Execute', verb: 'refresh-request', data: { reference: 'EX-12AB' } },
    });
    expect(requestCard(view('pending'), 'requester').content).not.toHaveProperty('refresh');
    expect(requestCard(view('applied'), 'approvers').content).not.toHaveProperty('refresh');
  });

  it.each(['applied', 'effective', 'expired'] as const)(
    'names the successor of a retired recommendation while it is %s, and claims neither effect nor the opposite',
    (status) => {
      const living = view(status);
      const recommendation = { ...living.request.terms.recommendation, key: '050ac097-3dda-4d24-ab6d-82568e7a50cf' };
      const request = { ...living.request, terms: { ...living.request.terms, recommendation } };
      const card = drawn(requestCard({ ...living, request }, 'requester'));
      expect(card).toContain('a4899b81-b689-4e0d-aa29-45983ab8b7fc');
      expect(card).not.toMatch(/"In effect|no longer counts|open again|up to 24 hours|leave the calculation/);
      expect(card).toContain('No effect: Defender for Cloud no longer assesses it (classic score)');
    },
  );

  it('says until when an emergency has to be approved, and lets approvers do it', () => {
    const applied = view('applied');
    const ratifyBy = new Date('2026-11-24T13:05:00Z');
    const emergency = { ...applied, request: { ...applied.request, approvals: [], emergency: { ratifyBy } } };

    expect(drawn(requestCard(emergency, 'approvers'))).toMatch(
      /must approve it by 24 Nov 2026, 14:05 \(Europe\/Berlin\).*removed from Azure/,
    );
    expect(titlesOf(requestCard(emergency, 'approvers')).slice(0, 2)).toEqual(['✓ Approve', '✕ Reject']);
    expect(titlesOf(requestCard(emergency, 'requester'))[0]).toBe('Remove from Azure');
    expect(titlesOf(requestCard(emergency, 'reader'))[0]).toBe('Details');
  });

  it('shows approvers the ask, its reason, what it hits and the warnings before everything else', () => {
    const reach = {
      isWide: true,
      sentence: 'Subscription shop-prod: 40 resources now, and every one created there later.',
    };
    const card = requestCard({ ...view('pending'), reach, warnings: ['A lock prevents deletions.'] }, 'approvers');
    const [head, reason, ...others] = (card.content.body as object[]).map((each) => JSON.stringify(each));
    expect(head).toContain('Alice Anders asks to waive');
    expect(reason).toContain('The partner import needs public access');
    expect(others.join('')).toMatch(/A lock prevents deletions\..*Wide: /);
    expect(others.at(-3)).toMatch(/"style":"attention".*Wide: .*Subscription shop-prod: 40 resources now/);
    expect(JSON.stringify(folded(card))).toMatch(/Requested by.*it lapses on/);
    expect(others.slice(0, -1).join('')).not.toContain('it lapses on');
  });

  it.each(['requester', 'reader'] as const)('hides nothing from its %s', (audience) => {
    const card = requestCard(view('pending'), audience);
    expect(folded(card)).toBeUndefined();
    expect(titlesOf(card)).not.toContain('More');
    expect(drawn(card)).toContain('it lapses on');
  });

  it('lets the requester change or withdraw it, and readers only read it', () => {
    expect(titlesOf(requestCard(view('pending'), 'requester')).slice(0, 2)).toEqual(['Change', 'Withdraw']);
    expect(titlesOf(requestCard(view('pending'), 'reader'))[0]).toBe('Details');
  });

  it.each(['approved', 'rejected', 'withdrawn', 'lapsed', 'revoking', 'revoked', 'replaced'] as const)(
    'has no button that decides anything once it is %s',
    (status: RequestStatus) => {
      const again = ['rejected', 'withdrawn', 'lapsed'].includes(status) ? ['Ask again', 'Ask again as a message'] : [];
      expect(titlesOf(requestCard(view(status), 'requester'))).toEqual([...again, 'Details', 'Show recommendation']);
      expect(titlesOf(requestCard(view(status), 'reader'))).toEqual(['Details', 'Show recommendation']);
      expect(titlesOf(requestCard(view(status), 'approvers'))).toEqual(['More']);
      expect(foldedTitles(requestCard(view(status), 'approvers'))).toEqual(['Details', 'Show recommendation']);
    },
  );

  it.each(['applied', 'effective'] as const)('can be taken back, renewed and changed once it is %s', (status) => {
    expect(titlesOf(requestCard(view(status), 'requester'))).toEqual([
      'Renew',
      'Revoke…',
      'Change',
      'Open as a message…',
      'Details',
      'Show recommendation',
    ]);
    expect(titlesOf(requestCard(view(status), 'approvers'))[0]).toBe('Revoke…');
    expect(titlesOf(requestCard(view(status), 'reader'))[0]).toBe('Details');
  });

  it('can be renewed by its requester after its end', () => {
    expect(titlesOf(requestCard(view('expired'), 'requester'))[0]).toBe('Renew');
    expect(titlesOf(requestCard(view('expired'), 'approvers'))).toEqual(['More']);
  });

  it('tells approvers of a renewal which one it is', () => {
    const renewal = { of: 'EX-0LD1', number: 2, firstLasted: 30 };
    const card = requestCard({ ...view('pending'), request: { ...view('pending').request, renewal } }, 'approvers');
    expect(JSON.stringify(card.content)).toContain('Number 2, renews EX-0LD1; the first exemption lasted 30 days');
  });

  it('does not call approved what was adopted', () => {
    const { request } = view('applied');
    const governance = { ...request.governance, approvals: 0, adopted: true as const };
    const card = requestCard({ ...view('applied'), request: { ...request, governance, approvals: [] } }, 'requester');
    expect(JSON.stringify(card.content)).toContain('Adopted by Bob Berger');
    expect(JSON.stringify(card.content)).not.toContain('pproved by');
  });

  it('can be tried again by approvers after Azure refused it, and says what Azure said', () => {
    const card = requestCard(view('failed'), 'approvers');
    expect(titlesOf(card)[0]).toBe('Try again');
    expect(titlesOf(requestCard(view('failed'), 'requester'))[0]).toBe('Details');
    expect(drawn(card)).toContain('Azure refused the write: the scope is locked.');
  });

  it('says who approved it and that Defender may take a day', () => {
    const body = drawn(requestCard(view('applied'), 'requester'));
    expect(body).toContain('Approved by Bob Berger on 21 Nov 2026, 14:05 (Europe/Berlin).');
    expect(body).toContain('up to 24 hours');
  });

  it('warns when nobody could be asked', () => {
    const body = drawn(requestCard({ ...view('pending'), askedIn: [] }, 'requester'));
    expect(body).toContain('No approver was notified');
  });

  it.each<readonly [RequestStatus, string]>([
    ['pending', 'attention'],
    ['effective', 'attention'],
    ['rejected', 'default'],
    ['expired', 'default'],
  ])('warns of a wide scope as long as something can follow: %s', (status, style) => {
    const { body } = requestCard(view(status), 'requester').content as { body: readonly object[] };
    expect(body.filter((each) => JSON.stringify(each).includes('"Wide: "'))).toMatchObject([{ style }]);
  });
});
