import { isJson } from '../message.ts';
import type { Attachment, Json, TestMessage } from '../message.ts';
import type { Answer, Routes } from '../router.ts';

export type FileDrop = ReturnType<typeof createFileDrop>;

const consentType = 'application/vnd.microsoft.teams.card.file.consent';

/** The offer of a file in a message; throws RangeError if there is none. */
export const consentIn = (message: TestMessage): { name: string; acceptContext: unknown; declineContext: unknown } => {
  const isConsent = ({ contentType }: Attachment): boolean => contentType === consentType;
  const offer = message.deleted ? undefined : message.attachments.find(isConsent);
  if (offer === undefined) throw new RangeError(`Message ${message.id} offers no file.`);
  const content: Json = isJson(offer.content) ? offer.content : {};
  return {
    name: offer.name ?? 'file',
    acceptContext: content.acceptContext,
    declineContext: content.declineContext,
  };
};

/** The OneDrive of everybody: opens a place for each accepted file, accepts it once, and returns it to anybody who knows its address. */
export const createFileDrop = (url: () => string) => {
  const files = new Map<string, { readonly name: string; content: Buffer | undefined }>();

  const take = (id: string, body: unknown, range: string | undefined): Answer => {
    const file = files.get(id);
    if (file === undefined || file.content !== undefined) return { status: 404 };
    if (!Buffer.isBuffer(body) || range !== `bytes 0-${body.length - 1}/${body.length}`) return { status: 416 };
    file.content = body;
    return { status: 201, json: { id, name: file.name, size: body.length } };
  };
  return {
    /** Opens a place for a file and returns the description of it that Teams sends to the bot. */
    open: (name: string) => {
      const id = crypto.randomUUID();
      files.set(id, { name, content: undefined });
      return {
        uploadUrl: `${url()}/onedrive/upload/${id}`,
        contentUrl: `${url()}/onedrive/files/${id}/${encodeURIComponent(name)}`,
        name,
        uniqueId: id,
        fileType: name.split('.').at(-1) ?? '',
      };
    },
    routes: {
      'PUT /onedrive/upload/:id': ({ param, body, headers }) => take(param('id'), body, headers['content-range']),
      'GET /onedrive/files/:id/:name': ({ param }) => {
        const content = files.get(param('id'))?.content;
        if (content === undefined) return { status: 404 };
        const headers = {
          'content-type': 'application/octet-stream',
          'content-disposition': 'attachment',
          'x-content-type-options': 'nosniff',
        };
        return { headers, content };
      },
    } satisfies Routes as Routes,
  };
};
