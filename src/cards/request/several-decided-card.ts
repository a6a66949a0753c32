import type { ExemptionRequest } from '../../core/request/request.ts';
import { shortened } from '../../core/visible-text.ts';
import { action, type CardAction } from '../card-action.ts';
import { listCard, type ListRow } from '../list-card.ts';
import type { Card } from '../render-card.ts';
import { statusMark } from '../wording.ts';

/** One of several requests after it was decided, or the sentence that says why it was not. */
type OneDecided =
  | { readonly reference: string; readonly request: ExemptionRequest }
  | { readonly reference: string; readonly sentence: string };

const toDecide = action('Requests to decide', { verb: 'list-requests', which: 'to-decide', status: 'any', page: 1 });

const rowOf = (one: OneDecided): ListRow => {
  const open = { verb: 'show-request', reference: one.reference } as const;
  if ('sentence' in one)
    return {
      title: one.reference,
      mark: { word: 'Not decided', colour: 'attention' },
      detail: shortened(one.sentence, 400),
      open,
    };
  const { requester, terms } = one.request;
  return {
    title: `${one.reference} · ${shortened(terms.recommendation.title, 120)}`,
    mark: statusMark(one.request),
    detail: shortened(requester.name, 40),
    open,
  };
};

const list = (title: string, covers: string, rows: readonly ListRow[], buttons: readonly CardAction[]): Card =>
  listCard({
    title,
    covers,
    note: '',
    tabs: [],
    rows,
    whenEmpty: '',
    range: '',
    buttons,
    command: 'requests to decide',
  });

/** The card that says of each of several requests what became of it when they were decided at once. */
export const severalDecidedCard = (decision: 'approve' | 'reject', ones: readonly OneDecided[]): Card => {
  const left = ones.filter((one) => 'sentence' in one).length;
  const done = ones.length - left;
  const verb = decision === 'approve' ? 'approved' : 'rejected';
  const covers = `${done} ${verb}${left === 0 ? '' : `, ${left} not`}`;
  return list(left === 0 ? 'All were decided' : 'Not all were decided', covers, ones.map(rowOf), [toDecide]);
};

/** Shows what a typed line would decide, with the button that does it. */
export const confirmSeveralCard = (
  decision: 'approve' | 'reject',
  rows: readonly ListRow[],
  words: string,
  confirm: CardAction,
): Card =>
  list(
    `${decision === 'approve' ? 'Approve' : 'Reject'} these ${rows.length} requests?`,
    words === '' ? 'Nothing is decided yet' : `Nothing is decided yet. With the words: “${words}”`,
    rows,
    [confirm, toDecide],
  );
