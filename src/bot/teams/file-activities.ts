import type { Activity } from 'botbuilder';
import type { FileOffer } from '../../workflow/report/offer-report-file.ts';

/** Asks whether a file may be put into the person's OneDrive. Teams returns the context, but anybody could have changed it. */
export const consentActivity = ({ id, name, description, sizeInBytes }: FileOffer): Partial<Activity> => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.teams.card.file.consent',
      name,
      content: { description, sizeInBytes, acceptContext: { offerId: id }, declineContext: { offerId: id } },
    },
  ],
});

/** A file in somebody's OneDrive, as Teams described it. */
export type StoredFile = {
  readonly contentUrl: string;
  readonly name: string;
  readonly uniqueId: string;
  readonly fileType: string;
};

/** Shows the file that is now in the person's OneDrive. */
export const fileActivity = ({ contentUrl, name, uniqueId, fileType }: StoredFile): Partial<Activity> => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.teams.card.file.info',
      contentUrl,
      name,
      content: { uniqueId, fileType },
    },
  ],
});
