import type { OutcomeOf } from '../../core/alert/found-outcome.ts';
import { outcomeEvent } from '../../core/alert/found-outcome.ts';
import { outcomeWords, type OutcomeWords } from '../../core/alert/outcome-words.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import { endInAzure, type ExemptionRequest } from '../../core/request/request.ts';
import { noteOutcomes } from '../alert/note-outcomes.ts';
import type { Desk } from '../desk.ts';

const told = (
  { reference }: Pick<ExemptionRequest, 'reference'>,
  step: 'revoked' | 'taken-out' | 'renewed',
  words: OutcomeWords,
  event = outcomeEvent(step, { reference }, ''),
): OutcomeOf => ({ keys: [reference], outcome: { ...words, step, event } });

const continuedAs = async (desk: Desk, { request, history }: RequestView): Promise<OutcomeOf | undefined> => {
  const by = history.findLast(({ event }) => event === 'replaced')?.facts.by;
  const later = by === undefined ? undefined : await desk.database.requests.find(by);
  if (later === undefined) return undefined;
  const [before, now] = [endInAzure(request), endInAzure(later)];
  const isLater = before !== undefined && (now === undefined || now > before);
  const words = outcomeWords[isLater ? 'renewed' : 'replaced'](later, { at: desk.now(), timeZone: desk.timeZone });
  return told(request, 'renewed', words, outcomeEvent('renewed', later, ''));
};

const whatBecame = async (desk: Desk, view: RequestView): Promise<OutcomeOf | undefined> => {
  const { request } = view;
  const context = { at: desk.now(), timeZone: desk.timeZone };
  const isTakenOut = request.revocation !== undefined && request.revocation.by === undefined;
  switch (request.status) {
    case 'revoking':
      return told(request, 'revoked', outcomeWords.revoking(request, context), `revoking ${request.reference}`);
    case 'revoked':
      return isTakenOut
        ? told(request, 'taken-out', outcomeWords.takenOut(request, context))
        : told(request, 'revoked', outcomeWords.revoked(request, context));
    case 'replaced':
      return continuedAs(desk, view);
    default:
      return undefined;
  }
};

/** The alerts about a request say at once what became of it, before a sweep finds that in Azure. */
export const noteWhatBecame = async (desk: Desk, view: RequestView): Promise<void> => {
  const became = await whatBecame(desk, view);
  if (became !== undefined) await noteOutcomes(desk, [became]);
};
