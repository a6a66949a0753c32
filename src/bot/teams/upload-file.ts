import { GovernanceError } from '../../core/governance-error.ts';

/** The place that Teams gives for a file, and where it can be found afterwards. */
type UploadPlace = { readonly uploadUrl: string; readonly contentUrl: string };

/** Uploads a file to the place that Teams gave. Throws GovernanceError forbidden for a place outside Microsoft, unavailable if the upload failed. */
export type UploadFile = (place: UploadPlace, content: Uint8Array) => Promise<void>;

const longestMs = 10_000;

/** The places where Teams lets bots put files: the OneDrive of a person in the public cloud, over HTTPS. */
export const isTeamsUploadUrl = (text: string): boolean => {
  const url = URL.parse(text);
  return (
    url?.protocol === 'https:' &&
    url.port === '' &&
    url.username + url.password === '' &&
    /^[a-z0-9-]+\.sharepoint\.com$/.test(url.hostname)
  );
};

/** Follows no redirect, so that no other host gets the file. */
export const createUploadFile =
  ({
    allowed,
    send = fetch,
  }: {
    readonly allowed: (url: string) => boolean;
    readonly send?: typeof fetch;
  }): UploadFile =>
  async ({ uploadUrl, contentUrl }, content) => {
    if (![uploadUrl, contentUrl].every(allowed))
      throw new GovernanceError(
        'forbidden',
        'Teams named a place for the file that is not OneDrive, so nothing was sent.',
      );
    const failed = (cause: unknown) =>
      new GovernanceError('unavailable', 'The file could not be saved in your OneDrive. To try again, send: report', {
        cause,
      });
    const response = await send(uploadUrl, {
      method: 'PUT',
      redirect: 'manual',
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': `bytes 0-${content.length - 1}/${content.length}`,
      },
      body: new Uint8Array(content),
      signal: AbortSignal.timeout(longestMs),
    }).catch((error: unknown) => {
      throw failed(error);
    });
    await response.body?.cancel();
    if (!response.ok) throw failed(new Error(`The upload was answered with ${response.status}.`));
  };
