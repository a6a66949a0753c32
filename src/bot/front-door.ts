import { AuthenticationError } from 'botframework-connector';
import { CloudAdapter, type Activity, type TurnContext } from 'botbuilder';
import { activityShape } from './activity-shape.ts';
import { KeysUnavailable } from './channel-keys.ts';

/** What the HTTP server sends back. */
export type Answer = { readonly status: number; readonly body?: unknown };

export type FrontDoorLog = {
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
};

export class DeskAdapter extends CloudAdapter {
  /** Authenticates, then runs the turn; answers with a bare status and never with the text of an exception. */
  async receive(
    authHeader: string,
    body: unknown,
    run: (context: TurnContext) => Promise<void>,
    log: FrontDoorLog,
  ): Promise<Answer> {
    const parsed = activityShape.safeParse(body);
    if (!parsed.success) return { status: 400 };
    try {
      const answer = await this.processActivity(authHeader, parsed.data as unknown as Activity, run);
      return answer === undefined ? { status: 200 } : { status: answer.status, body: answer.body as unknown };
    } catch (error) {
      if (error instanceof AuthenticationError) {
        log.warn({ reason: error.message }, 'Refused an activity at the door');
        return { status: 401 };
      }
      if (error instanceof KeysUnavailable) {
        log.error(
          { err: error },
          'Nobody can be let in: the keys of Teams could not be had. Is there a way out to login.botframework.com?',
        );
        return { status: 503 };
      }
      log.error({ err: error }, 'A turn failed');
      return { status: 500 };
    }
  }
}

export type FrontDoor = (authHeader: string, body: unknown) => Promise<Answer>;
