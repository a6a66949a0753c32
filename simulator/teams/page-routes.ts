import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Broadcast } from './broadcast.ts';
import type { Refresh } from './card-refresh.ts';
import type { MessageBoard } from './message-board.ts';
import type { PageView } from './page-view.ts';
import type { PersonActions } from './people/person-actions.ts';
import type { Call, Handler, Routes } from './router.ts';

export type TypingNews = { readonly chat: string };
export type PageRoutesOptions = {
  readonly view: PageView;
  readonly board: MessageBoard;
  readonly actions: PersonActions;
  readonly refresh: Refresh;
  readonly typing: Broadcast<TypingNews>;
  readonly moved: Broadcast<Date>;
  readonly clock: Clock;
};

const saying = z.object({ as: z.string(), where: z.string(), text: z.string().min(1), thread: z.string().optional() });
const submitting = z.object({ as: z.string(), message: z.string(), data: z.unknown() });
const action = z.object({
  verb: z.string(),
  data: z.unknown(),
  id: z.string().exactOptional(),
  title: z.string().exactOptional(),
});
const executing = z.object({ as: z.string(), message: z.string(), action });
const searching = z.object({ as: z.string(), message: z.string(), input: z.string(), text: z.string() });
const inDialog = z.object({ as: z.string(), data: z.unknown() });
const searchingInDialog = z.object({ as: z.string(), input: z.string(), text: z.string() });
const extensionQuery = z.object({
  as: z.string(),
  where: z.string(),
  command: z.string(),
  text: z.string().optional(),
});
const posted = z.object({
  title: z.string(),
  text: z.string(),
  contentType: z.string(),
  content: z.record(z.string(), z.unknown()),
});
const extensionPost = z.object({ as: z.string(), where: z.string(), result: posted });
const extensionOpen = z.object({ as: z.string(), where: z.string(), message: z.string().optional() });
const closing = z.object({ as: z.string() });
const answering = z.object({ as: z.string(), message: z.string(), answer: z.enum(['accept', 'decline']) });
const refreshing = z.object({ as: z.string(), message: z.string() });
const reading = z.object({ as: z.string(), where: z.string() });

/** Parses the body and answers with the result; an invalid body or name is answered with 400. */
const taking =
  <T>(schema: z.ZodType<T>, act: (input: T) => unknown): Handler =>
  async ({ body }) => {
    const input = schema.safeParse(body);
    if (!input.success)
      return { status: 400, json: { error: { code: 'BadArgument', message: z.prettifyError(input.error) } } };
    try {
      return { json: (await act(input.data)) ?? {} };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { status: 400, json: { error: { code: 'BadArgument', message: error.message } } };
    }
  };

/** The requests of the chat page. */
export const createPageRoutes = ({
  view,
  board,
  actions,
  refresh,
  typing,
  moved,
  clock,
}: PageRoutesOptions): Routes => {
  const events = (call: Call) => ({
    headers: { 'content-type': 'text/event-stream' },
    stream: (response: { write(text: string): unknown; on(event: 'close', listener: () => void): unknown }): void => {
      const me = call.query.get('as') ?? '';
      const send = (name: string, data: unknown): void =>
        void response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
      const stops = [
        board.listen(({ message, onlyFor }) => {
          if (view.sees(me, message.chat) && (onlyFor ?? me) === me) send('message', view.messageFor(me, message));
        }),
        typing.listen(({ chat }) => {
          if (view.sees(me, chat)) send('typing', { where: view.where(chat) });
        }),
        moved.listen((now) => send('clock', { now: now.toISOString() })),
      ];
      send('clock', { now: clock.now().toISOString() });
      response.on('close', () => stops.forEach((stop) => stop()));
    },
  });

  return {
    'GET /page-data/state': ({ query }) => {
      try {
        return { json: view.state(query.get('as') ?? '') };
      } catch {
        return { status: 404, json: { error: { code: 'NotFound', message: 'Nobody is called that here.' } } };
      }
    },
    'GET /page-data/events': events,
    'POST /page-data/say': taking(saying, ({ as, where, text, thread }) => actions.say(as, where, text, thread)),
    'POST /page-data/submit': taking(submitting, ({ as, message, data }) => actions.submit(as, message, data)),
    'POST /page-data/execute': taking(executing, (input) => actions.execute(input.as, input.message, input.action)),
    'POST /page-data/search': taking(searching, async ({ as, message, input, text }) => ({
      found: await actions.search(as, message, input, text),
    })),
    'POST /page-data/dialog': taking(inDialog, ({ as, data }) => actions.dialogs.submit(as, data)),
    'POST /page-data/dialog-search': taking(searchingInDialog, async ({ as, input, text }) => ({
      found: await actions.dialogs.search(as, input, text),
    })),
    'POST /page-data/dialog-closed': taking(closing, ({ as }) => actions.dialogs.close(as)),
    'POST /page-data/extension-query': taking(extensionQuery, ({ as, where, command, text }) =>
      actions.extension.query(as, where, command, text),
    ),
    'POST /page-data/extension-post': taking(extensionPost, ({ as, where, result }) => {
      actions.extension.post(as, where, result);
    }),
    'POST /page-data/extension-open': taking(extensionOpen, ({ as, where, message }) =>
      actions.extension.open(as, where, 'request-exemption', message),
    ),
    'POST /page-data/file': taking(answering, (input) =>
      actions.answerFileOffer(input.as, input.message, input.answer),
    ),
    'POST /page-data/refresh': taking(refreshing, ({ as, message }) => refresh(as, message)),
    'POST /page-data/read': taking(reading, ({ as, where }) => view.markRead(as, where)),
  };
};
