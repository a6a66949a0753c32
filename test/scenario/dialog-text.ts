import { visibleTextOf } from '../../simulator/teams/message.ts';
import type { DialogAnswer } from '../../simulator/teams/people/dialog-answer.ts';

/** What somebody reads in a dialog. */
export const dialogText = (answer: DialogAnswer | undefined): string => {
  if (answer?.kind === 'card') return visibleTextOf(answer.title, [answer.card]);
  return answer?.kind === 'message' ? answer.text : JSON.stringify(answer ?? 'no dialog');
};
