import type { Activity } from 'botbuilder';
import { withoutThread } from '../../core/chat/conversation.ts';
import type { Desk } from '../../workflow/desk.ts';
import { noteUnanswered } from '../../workflow/alert/note-unanswered.ts';
import { teamsRefusal } from './teams-refusal.ts';

/** Puts into `status` that somebody got no answer. That must not become an error of its own. */
export const noteSilence = async (
  {
    desk,
    log,
  }: {
    readonly desk: Desk;
    readonly log: { readonly error: (fields: object, message: string) => void };
  },
  { conversation }: Activity,
  error: unknown,
): Promise<void> => {
  const why = teamsRefusal(error, desk.now().getTime(), 0).message;
  await noteUnanswered(desk, withoutThread(conversation.id), why).catch((fault: unknown) => {
    log.error({ err: fault }, 'Could not note that somebody got no answer');
  });
};
