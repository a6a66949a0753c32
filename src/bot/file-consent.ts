import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import { GovernanceError } from '../core/governance-error.ts';
import type { Desk } from '../workflow/desk.ts';
import { declineReportFile, takeReportFile } from '../workflow/report/offer-report-file.ts';
import { fileActivity } from './teams/file-activities.ts';
import { textActivity } from './teams/message-activities.ts';
import type { Turn } from './turn.ts';
import type { UploadFile } from './teams/upload-file.ts';

const url = z.url({ protocol: /^https?$/ }).max(8192);
const context = z.object({ offerId: z.string().regex(/^[\w-]{1,64}$/) });

const consent = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('accept'),
    context,
    uploadInfo: z.object({
      uploadUrl: url,
      contentUrl: url,
      name: z.string().min(1).max(400),
      uniqueId: z.string().max(200),
      fileType: z.string().max(50),
    }),
  }),
  z.object({ action: z.literal('decline'), context }),
]);

type Consent = z.output<typeof consent>;

const deliver = async (desk: Desk, uploadFile: UploadFile, turn: Turn, given: Consent) => {
  if (given.action === 'decline') {
    await declineReportFile(desk, turn.person, given.context.offerId);
    return textActivity('The file was not sent. To get it later, send: report');
  }
  const { content } = await takeReportFile(desk, turn.person, given.context.offerId);
  await uploadFile(given.uploadInfo, content);
  return fileActivity(given.uploadInfo);
};

/**
 * Answers Accept or Decline on the offer of a file: only the person to whom it was offered gets it, with the permissions of this moment. The offer goes
 * from the chat whatever comes of it, for it can be answered once. Throws GovernanceError.
 */
export const answerFileConsent = async (
  { desk, uploadFile }: { readonly desk: Desk; readonly uploadFile: UploadFile },
  turnContext: TurnContext,
  turn: Turn,
): Promise<void> => {
  const given = consent.safeParse(turn.submitted).data;
  if (given === undefined || turn.inChannel)
    throw new GovernanceError('invalid', 'That does not answer an offer of a file. For a new one, send: report');
  try {
    await turnContext.sendActivity(await deliver(desk, uploadFile, turn, given));
  } finally {
    // Teams itself leaves the offer standing as if it could be answered again.
    if (turn.clickedCardId !== undefined) await turnContext.deleteActivity(turn.clickedCardId).catch(() => undefined);
  }
};
