import { AuthenticationError, type AuthenticateRequestResult } from 'botframework-connector';
import { CloudAdapter, type Activity, type TurnContext } from 'botbuilder';
import { StoreUnavailable } from '../core/store-unavailable.ts';
import { activityShape } from './door/activity-shape.ts';
import type { GuardedAuthentication } from './door/guarded-authentication.ts';
import { KeysUnavailable } from './door/channel-keys.ts';
import { textActivity } from './teams/message-activities.ts';

/** The HTTP answer. */
export type Answer = { readonly status: number; readonly body?: unknown };

export type FrontDoorLog = {
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
};

/** The handlers behind the front door; the sender is authenticated by then. */
export type Behind = {
  /** Stores an activity that is answered later. It may be acknowledged once this has resolved. */
  readonly keep: (activity: Activity) => Promise<void>;
  /** Runs the turn of an invoke, whose answer is the answer of the request. */
  readonly answer: (context: TurnContext) => Promise<void>;
};

export class DeskAdapter extends CloudAdapter {
  readonly #authentication: GuardedAuthentication;

  constructor(authentication: GuardedAuthentication) {
    super(authentication);
    this.#authentication = authentication;
  }

  /** Authenticates, then stores or answers. Returns only a status, never the text of an exception. */
  async receive(
    authHeader: string,
    body: unknown,
    behind: Behind,
    log: FrontDoorLog,
    refused: (reason: string) => void,
  ): Promise<Answer> {
    const parsed = activityShape.safeParse(body);
    if (!parsed.success) return { status: 400 };
    const activity = parsed.data as unknown as Activity;
    try {
      const proof = await this.#authentication.authenticateRequest(activity, authHeader);
      return await (activity.type === 'invoke'
        ? this.#answer(proof, activity, behind.answer)
        : this.#keep(activity, behind.keep, log));
    } catch (error) {
      if (error instanceof AuthenticationError) {
        refused(error.message);
        return { status: 401 };
      }
      if (error instanceof KeysUnavailable) {
        log.error({ err: error }, error.message);
        return { status: 503 };
      }
      log.error({ err: error }, 'Handling an activity failed');
      return { status: 500 };
    }
  }

  /** Runs the turn of an activity that was accepted earlier. */
  async replay(activity: Activity, run: (context: TurnContext) => Promise<void>): Promise<void> {
    await this.processActivity(this.#authentication.proofFor(activity.serviceUrl), activity, run);
  }

  async #answer(proof: AuthenticateRequestResult, activity: Activity, run: Behind['answer']): Promise<Answer> {
    const answer = await this.processActivity(proof, activity, run);
    return answer === undefined ? { status: 200 } : { status: answer.status, body: answer.body as unknown };
  }

  /** If an activity cannot be stored, the sender of a message is told at once; for all others, 503 is the only way to ask Teams to repeat it. */
  async #keep(activity: Activity, keep: Behind['keep'], log: FrontDoorLog): Promise<Answer> {
    try {
      await keep(activity);
      return { status: 200 };
    } catch (error) {
      log.error({ err: error }, 'An activity could not be stored. Does the database answer?');
      const isTold =
        error instanceof StoreUnavailable && activity.type === 'message' && (await this.#tell(activity, error));
      return { status: isTold ? 200 : 503 };
    }
  }

  async #tell(activity: Activity, { message }: StoreUnavailable): Promise<boolean> {
    try {
      await this.replay(activity, async (context) => {
        await context.sendActivity(textActivity(message));
      });
      return true;
    } catch {
      return false;
    }
  }
}

export type FrontDoor = (authHeader: string, body: unknown) => Promise<Answer>;
