import type { Activity, InvokeResponse, MessagingExtensionResponse } from 'botbuilder';
import { z } from 'zod';
import { withoutMarkup } from '../../../cards/plain-text.ts';
import type { Card } from '../../../cards/render-card.ts';
import { visibleText } from '../../../core/visible-text.ts';
import type { Desk } from '../../../workflow/desk.ts';
import type { FairShare } from '../../../core/fair-share.ts';
import type { FrontDoorLog } from '../../front-door.ts';
import { sentenceFor } from '../../outcome.ts';
import { refuseToGuest } from '../../../core/access/guest-rights.ts';
import { sharerOf, type Turn } from '../../turn.ts';
import { searches, type Found } from './searches.ts';

/** The invoke that Teams sends for what somebody types into the search of the message extension; with `initialRun` when they open it. */
export const queryName = 'composeExtension/query';

/** Teams gives up after 5 seconds. */
const budgetMs = 4000;
const takesLong = 'Azure takes longer than usual to answer. Please search again in a moment.';

/** As many as Teams asks for at once. */
const mostResults = 25;

const asked = z.object({
  commandId: z.enum(['recommendations', 'exemptions', 'requests']),
  parameters: z
    .array(z.object({ name: z.string().max(64), value: z.unknown() }))
    .max(5)
    .nullish(),
  queryOptions: z.object({ skip: z.number().int().min(0).max(10_000), count: z.number().int().min(1) }).nullish(),
});

const answer = (composeExtension: NonNullable<MessagingExtensionResponse['composeExtension']>): InvokeResponse => ({
  status: 200,
  body: { composeExtension },
});

/** A sentence in the place of results, which only the person sees who searches. */
const queryRefused = (sentence: string): InvokeResponse => answer({ type: 'message', text: sentence });

/** A result as Teams takes it: its card is what they post, its preview stands in the list, which only whoever searches sees. */
const attachmentOf = ({ card, title, detail }: Omit<Found, 'card'> & { readonly card: Card }) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: card.content,
  preview: {
    contentType: 'application/vnd.microsoft.card.thumbnail',
    content: { title: withoutMarkup(title), text: withoutMarkup(detail) },
  },
});

const typedIn = (parameters: z.output<typeof asked>['parameters']): string => {
  const { value } = (parameters ?? []).find(({ name }) => name === 'text') ?? {};
  return typeof value === 'string' ? visibleText(value).trim() : '';
};

/** Answers a search by what the person may see, whatever chat they write in. */
const answerQuery = async (desk: Desk, { value }: Activity, turn: Turn): Promise<InvokeResponse> => {
  const question = asked.safeParse(value);
  if (!question.success) return { status: 400 };
  refuseToGuest(turn.guest, 'reads');
  const { commandId, parameters, queryOptions } = question.data;
  const { skip = 0, count = mostResults } = queryOptions ?? {};
  const part = { skip, count: Math.min(count, mostResults) };
  const { found, whyNone } = await searches[commandId](
    desk,
    { person: turn.person, channelId: undefined },
    typedIn(parameters),
    part,
  );
  if (found.length === 0 && whyNone !== undefined && skip === 0) return queryRefused(whyNone);
  return answer({ type: 'result', attachmentLayout: 'list', attachments: found.map(attachmentOf) });
};

export type QueryOptions = {
  readonly desk: Desk;
  readonly log: FrontDoorLog;
  readonly share: FairShare;
  readonly inTime: <Result>(work: Promise<Result>, ms: number) => Promise<Result | undefined>;
};

/** Answers a search in time for the client. `admitted` is the turn of somebody who gets an answer here, or throws. */
export const respondToQuery = async (
  options: QueryOptions,
  activity: Activity,
  admitted: () => Promise<Turn>,
): Promise<InvokeResponse> => {
  const answered = options.share(sharerOf(activity), async () => {
    try {
      return await answerQuery(options.desk, activity, await admitted());
    } catch (error) {
      return queryRefused(sentenceFor(options, error));
    }
  });
  return (await options.inTime(answered, budgetMs)) ?? queryRefused(takesLong);
};
