import type { Activity, TurnContext } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';

/**
 * Sends a message into the place of a turn that only whoever wrote or pressed there sees, for 24 hours and without a notification. False if Teams did not
 * take it, or did not say so in time.
 */
export type SendTargeted = (context: TurnContext, activity: Partial<Activity>) => Promise<boolean>;

const longestMs = 10_000;

/** The header with the token of the bot, as the client of the SDK signs its own calls. */
const signed = async (client: Pick<ConnectorClient, 'credentials'>): Promise<Headers> => {
  const headers = new Headers({ 'content-type': 'application/json' });
  type Request = Parameters<typeof client.credentials.signRequest>[0];
  await client.credentials.signRequest({ headers } as unknown as Request);
  return headers;
};

/** One raw call, because the SDK has no parameter for it; the service URL was compared with the hosts of Teams at the door. */
export const createSendTargeted =
  ({
    log,
    send = fetch,
  }: {
    readonly log: { readonly warn: (fields: object, message: string) => void };
    readonly send?: typeof fetch;
  }): SendTargeted =>
  async (context, activity) => {
    const { serviceUrl, conversation, from } = context.activity;
    const client = context.turnState.get<ConnectorClient | undefined>(context.adapter.ConnectorClientKey);
    if (client === undefined || conversation.conversationType === 'personal') return false;
    const base = serviceUrl.endsWith('/') ? serviceUrl : `${serviceUrl}/`;
    try {
      const response = await send(
        `${base}v3/conversations/${encodeURIComponent(conversation.id)}/activities?isTargetedActivity=true`,
        {
          method: 'POST',
          redirect: 'manual',
          headers: await signed(client),
          body: JSON.stringify({ ...activity, type: 'message', recipient: { id: from.id, isTargeted: true } }),
          signal: AbortSignal.timeout(longestMs),
        },
      );
      await response.body?.cancel();
      if (!response.ok) log.warn({ status: response.status }, 'Teams took no message for one person only');
      return response.ok;
    } catch (error) {
      log.warn({ err: error }, 'Teams did not say whether it took a message for one person only');
      return false;
    }
  };
