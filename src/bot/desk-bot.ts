import { TeamsActivityHandler, TeamsInfo, type InvokeResponse, type TurnContext } from 'botbuilder';
import type { Conversation } from '../core/conversation.ts';
import { withoutThread } from '../core/conversation.ts';
import { GovernanceError } from '../core/governance-error.ts';
import type { Desk } from '../workflow/desk.ts';
import { deliverOutcome } from './deliver-outcome.ts';
import type { FrontDoorLog } from './front-door.ts';
import { say, type Outcome } from './outcome.ts';
import { textActivity, type Poster } from './poster.ts';
import { answerClick, answerLine, welcome } from './routes.ts';
import { conversationOf, turnOf, type Turn } from './turn.ts';

export type BotOptions = {
  readonly desk: Desk;
  readonly poster: Poster;
  readonly allowedTenants: readonly string[];
  readonly log: FrontDoorLog;
};

/** The name of the channel, or undefined where Teams does not tell it: an answer must not fail for that. */
const channelName = async (context: TurnContext): Promise<string | undefined> => {
  try {
    const id = withoutThread(context.activity.conversation.id);
    const channels = await TeamsInfo.getTeamChannels(context);
    const channel = channels.find((each) => each.id === id);
    return channel === undefined ? undefined : `#${channel.name ?? 'General'}`;
  } catch {
    return undefined;
  }
};

/** What Teams calls: strips an activity to a turn, lets the routes answer, and turns the outcome into messages. Knows no feature. */
export class DeskBot extends TeamsActivityHandler {
  readonly #options: BotOptions;

  constructor(options: BotOptions) {
    super();
    this.#options = options;
    this.onMessage(async (context) => {
      const submitted = context.activity.value as unknown;
      await this.#answer(context, turnOf(context.activity, submitted));
    });
    this.onInstallationUpdateAdd((context) => this.#installed(context));
    this.onInstallationUpdateRemove((context) => this.#removed(context));
    this.onMembersAdded((context) => this.#rememberPlace(context));
  }

  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    if (context.activity.name !== 'adaptiveCard/action') return { status: 501 };
    const action = (context.activity.value as { action?: { verb?: unknown; data?: unknown } } | undefined)?.action;
    const data = typeof action?.data === 'object' ? action.data : {};
    const turn = turnOf(context.activity, { verb: action?.verb, ...data });
    const outcome =
      turn === undefined || !this.#isWelcome(turn) ? say('This action is not for you.') : await this.#outcomeOf(turn);
    if (outcome.kind === 'card' || outcome.kind === 'replace') {
      return {
        status: 200,
        body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: outcome.card.content },
      };
    }
    const text = outcome.kind === 'say' ? outcome.text : outcome.pointer;
    return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text } };
  }

  #isWelcome(turn: Turn): boolean {
    const allowed = this.#options.allowedTenants.map((tenant) => tenant.toLowerCase());
    return [turn.person.tenantId, turn.conversation.tenantId].every((tenant) => allowed.includes(tenant.toLowerCase()));
  }

  async #answer(context: TurnContext, turn: Turn | undefined): Promise<void> {
    const { desk, log } = this.#options;
    if (turn === undefined) {
      await context.sendActivity(
        textActivity('Teams did not say who you are, so I cannot answer. Sign in to Teams with your work account.'),
      );
      return;
    }
    if (!this.#isWelcome(turn)) {
      log.warn({ tenant: turn.person.tenantId }, 'Refused somebody of another tenant');
      await context.sendActivity(textActivity('I answer only people of the organisation that runs me.'));
      return;
    }
    const { id } = context.activity;
    if (id !== undefined && !(await desk.database.firstSight(turn.conversation.id, id, desk.now()))) return;
    await this.#remember(context, turn.conversation);
    if (turn.submitted === undefined) await context.sendActivity({ type: 'typing' });
    const outcome = await this.#outcomeOf(turn);
    await deliverOutcome({ database: desk.database, poster: this.#options.poster }, context, turn, outcome);
  }

  /** Every path answers: the product's own errors as their sentence, faults of ours as a reference that is in the log. */
  async #outcomeOf(turn: Turn): Promise<Outcome> {
    const { desk, log } = this.#options;
    try {
      return await (turn.submitted === undefined ? answerLine(desk, turn) : answerClick(desk, turn));
    } catch (error) {
      if (error instanceof GovernanceError) {
        if (error.code === 'unavailable') log.warn({ err: error }, 'Could not answer: something outside did not');
        return say(turn.inChannel ? `${turn.person.name}: ${error.message}` : error.message);
      }
      const reference = desk.newId().slice(0, 8);
      log.error({ err: error, reference }, 'A handler failed');
      return say(`Something went wrong (reference ${reference}). Nothing was changed; please try again.`);
    }
  }

  /** Teams tells a channel's name only when asked; it is asked once. */
  async #remember(context: TurnContext, conversation: Conversation): Promise<void> {
    const { conversations } = this.#options.desk.database;
    const known = (await conversations.find(conversation.id))?.name;
    const name =
      conversation.name ?? known ?? (conversation.kind === 'channel' ? await channelName(context) : undefined);
    await conversations.remember({ ...conversation, name });
  }

  async #place(context: TurnContext): Promise<Conversation | undefined> {
    const place = conversationOf(context.activity);
    const allowed = this.#options.allowedTenants.map((tenant) => tenant.toLowerCase());
    return place !== undefined && allowed.includes(place.tenantId.toLowerCase()) ? place : undefined;
  }

  async #rememberPlace(context: TurnContext): Promise<void> {
    const place = await this.#place(context);
    if (place !== undefined) await this.#remember(context, place);
  }

  async #installed(context: TurnContext): Promise<void> {
    await this.#rememberPlace(context);
    const turn = turnOf(context.activity, undefined);
    if (turn === undefined || !this.#isWelcome(turn)) return;
    await deliverOutcome(
      { database: this.#options.desk.database, poster: this.#options.poster },
      context,
      turn,
      welcome(turn),
    );
  }

  async #removed(context: TurnContext): Promise<void> {
    const place = await this.#place(context);
    if (place === undefined) return;
    const { conversations, subscriptions } = this.#options.desk.database;
    await subscriptions.removeChannel(withoutThread(place.id));
    await conversations.forget(place.id);
  }
}
