import { closedAsGone, goneInPart, isGoneSentence } from '../../core/request/gone.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Change } from '../record/change-request.ts';
import { askScopes, isScopeGone } from '../plan/find-gone.ts';
import type { Desk } from '../desk.ts';

type End = Pick<Change, 'after' | 'event' | 'facts'>;

/**
 * The end of a request of which nothing was written, if it is because what it is for is gone: closed if nothing is left, otherwise failed
 * with what is gone. Any other end stays. Throws GovernanceError unavailable if Azure does not answer.
 */
export const endAsGone = async (desk: Desk, before: ExemptionRequest, end: End): Promise<End> => {
  const { after } = end;
  if (after.status !== 'failed' || before.targets.length === 0) return end;
  const { of, gone } = await askScopes(desk, before.targets, isScopeGone);
  if (gone.length === 0) return end;
  if (gone.length === of) return { after: closedAsGone(before, gone, desk.timeZone), event: 'gone' };
  const other = after.failure === undefined || isGoneSentence(after.failure) ? [] : [after.failure];
  return { ...end, after: { ...after, failure: [goneInPart(gone), ...other].join(' ') } };
};
