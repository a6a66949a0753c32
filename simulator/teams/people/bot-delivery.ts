import { channel } from 'node:diagnostics_channel';
import type { Identity } from '../identity.ts';

/** `status` is undefined if nobody answered; `problem` says why the bot refused the activity. */
export type Delivery = {
  readonly status: number | undefined;
  readonly body: unknown;
  readonly problem: string | undefined;
};
/** Resolves when the bot has answered everything from a conversation. */
export type Answered = (conversationId: string) => Promise<void>;
export type Deliver = (activity: object) => Promise<Delivery>;

/** Receives every activity that Teams sends. */
const sent = channel('teams-simulator.activity');
const longestTurnMs = 60_000;

const parsed = (text: string): unknown => {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
};

/** Posts activities to the bot's endpoint, signed as the channel signs them. */
export const createDelivery =
  (botEndpoint: () => string, identity: Identity, answered: Answered): Deliver =>
  async (activity) => {
    sent.publish(activity);
    try {
      const response = await fetch(botEndpoint(), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await identity.token()}` },
        body: JSON.stringify(activity),
        signal: AbortSignal.timeout(longestTurnMs),
      });
      const body = parsed(await response.text());
      const { type, conversation } = activity as { type?: string; conversation?: { id: string } };
      // The bot only acknowledges everything except invokes; its answer comes later.
      if (response.ok && type !== 'invoke' && conversation !== undefined) await answered(conversation.id);
      return {
        status: response.status,
        body,
        problem: response.ok ? undefined : `The bot answered ${response.status}.`,
      };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      return { status: undefined, body: undefined, problem: `The bot did not answer: ${cause}` };
    }
  };
