import { decideThese } from '../../../cards/request/several-form.ts';
import { waitingRow } from '../../../cards/request/requests-card.ts';
import { confirmSeveralCard } from '../../../cards/request/several-decided-card.ts';
import { placesOf, refuseUnlessShown } from '../../../core/plan/decided-together.ts';
import { refuseSecondReference, type DecisionWords } from '../../../core/request/decision-words.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { mostDecidedAtOnce } from '../../../workflow/decide/decide-several.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { requestInSight } from '../../../workflow/tell/view-request.ts';
import { timesOf } from '../../../workflow/rights/take-viewpoint.ts';
import type { Outcome } from '../../outcome.ts';
import type { Turn } from '../../turn.ts';

/** The button that decides carries the words, and is refused with more. */
const longestWords = 1000;

const invalid = (sentence: string): GovernanceError =>
  new GovernanceError('invalid', `Nothing was decided. ${sentence}`);

/** Asks once before a typed line decides several requests: shows each of them, and the button that decides them as they are now. */
export const confirmSeveral = async (
  desk: Desk,
  { asker }: Turn,
  decision: 'approve' | 'reject',
  references: readonly string[],
  { words, lastDay }: DecisionWords,
): Promise<Outcome> => {
  refuseSecondReference(references.join(', '), words);
  if (lastDay !== undefined) throw invalid('To approve for less time, name one request in each message.');
  if (references.length > mostDecidedAtOnce)
    throw invalid(`At most ${mostDecidedAtOnce} requests can be decided at once.`);
  if (words.length > longestWords)
    throw invalid(`At most ${longestWords.toLocaleString('en')} characters fit into a comment.`);
  if (decision === 'reject' && words.trim() === '') throw invalid('Write the reason behind the references.');
  const alone = { ...asker, channelId: undefined };
  const requests = [];
  for (const reference of references) requests.push((await requestInSight(desk, alone, reference)).request);
  const hierarchy = await desk.hierarchy();
  const labels = new Map(requests.map((each) => [each.reference, placesOf(each, hierarchy)]));
  if (decision === 'approve')
    for (const [reference, places] of labels) refuseUnlessShown(reference, places, 'Nothing was decided. ');
  const rows = requests.map(waitingRow({ labels, ...timesOf(desk, alone) }));
  const card = confirmSeveralCard(decision, rows, words, decideThese(decision, requests, words));
  return {
    kind: 'private',
    outcome: { kind: 'card', card },
    pointer: 'Nothing was decided yet. The requests that you named are in your personal chat with Exemption Desk.',
  };
};
