import { TeamsActivityHandler, type Activity, type InvokeResponse, type TurnContext } from 'botbuilder';
import type { Conversation } from '../core/chat/conversation.ts';
import { GovernanceError } from '../core/governance-error.ts';
import { StoreUnavailable } from '../core/store-unavailable.ts';
import { leavePlace } from '../workflow/operate/leave-place.ts';
import { rememberReader } from '../workflow/reader-times.ts';
import { answerSearch, searchName, searchRefused } from './actions/request/answer-search.ts';
import { queryName, respondToQuery } from './actions/extension/answer-query.ts';
import { createAnswerDialog, isOfDialog, type AnswerDialog } from './actions/dialog/answer-dialog.ts';
import { welcome } from './answer-turn.ts';
import { deliverOutcome, sendTargeted, sendToOwnChat, type Delivery } from './deliver-outcome.ts';
import type { BotOptions } from './bot-options.ts';
import { answerFileConsent } from './file-consent.ts';
import { followPlace, followUpgrade, learnPlace, rememberPlace } from './follow-places.ts';
import { invokeResponse, isSent, lateOutcome, mayBeLost, stillWorking } from './invoke-response.ts';
import { keepTyping } from './teams/keep-typing.ts';
import { keepRest } from './keep-late-press.ts';
import { noteSilence } from './teams/note-silence.ts';
import { outcomeOf } from './outcome-of.ts';
import { say, sentenceFor, type Outcome } from './outcome.ts';
import { textActivity } from './teams/message-activities.ts';
import { NotAllowedThere } from './roster/heed-places.ts';
import { createAdmit, type Admitted, type Arrival } from './roster/admit.ts';
import { admitted, conversationOf, pressOf, sharerOf, turnOf, type Turn } from './turn.ts';

const invokeBudgetMs = 2500;
const consentName = 'fileConsent/invoke';

const shownHere = 'The answer is here, and only you can see it.';
const nobody =
  'Teams did not say who you are, so Exemption Desk cannot answer. Sign in to Teams with your work account.';

/** The bot that Teams calls. It reduces an activity to a turn, lets the routes answer, and sends the outcome. It knows no feature. */
export class DeskBot extends TeamsActivityHandler {
  readonly #options: BotOptions;
  readonly #admit: (arrival: Arrival) => Promise<Admitted>;
  readonly #dialogs: AnswerDialog;

  constructor(options: BotOptions) {
    super();
    this.#options = options;
    this.#admit = createAdmit({
      roster: options.roster,
      conversations: options.desk.database.conversations,
      isAllowed: (tenantId) => this.#isAllowed(tenantId),
      allowGuestsToAsk: options.allowGuestsToAsk,
      warn: (fields, message) => options.log.warn(fields, message),
    });
    this.#dialogs = createAnswerDialog({ ...options, admitted: (activity, turn) => this.#admitted(activity, turn) });
    this.onMessage((context) => this.#converse(context));
    this.onInstallationUpdate((context) => this.#installed(context));
    this.onConversationUpdate(async (context, next) => {
      const place = this.#place(context);
      if (place !== undefined) await followPlace(this.#options.desk, context.activity, place);
      await next();
    });
    this.onMembersAdded((context) => this.#rememberPlace(context));
  }

  /** Answers an activity that was acknowledged earlier, also a press on which an earlier process worked when it died. */
  async answer(context: TurnContext): Promise<void> {
    const { activity } = context;
    if (activity.type !== 'invoke') return this.run(context);
    if (activity.name === consentName) return this.#consent(context);
    if (isOfDialog(activity)) return this.#dialogs.afterwards(activity);
    const { turn } = pressOf(activity);
    const outcome = await this.#pressed(activity, turn);
    if (turn === undefined) await context.sendActivity(textActivity(nobody));
    else if (!isSent(outcome)) await this.#deliver(context, turn, lateOutcome(outcome, turn));
  }

  /** Teams clients wait only a few seconds for the response. An outcome that takes longer is sent as a message. */
  protected override async onInvokeActivity({ activity }: TurnContext): Promise<InvokeResponse> {
    const { share, inTime } = this.#options;
    if (activity.name === consentName) {
      // Teams does not show the response to this invoke, so the answer is sent as a message.
      const done = share(sharerOf(activity), () => this.#afterwards(activity, (context) => this.#consent(context)));
      const isDone = await inTime(
        done.then(() => true),
        invokeBudgetMs,
      );
      if (isDone === undefined) await keepRest(this.#options, activity, done);
      return { status: 200 };
    }
    if (activity.name === searchName) return share(sharerOf(activity), () => this.#search(activity));
    if (activity.name === queryName) return respondToQuery(this.#options, activity, () => this.#admitted(activity));
    if (isOfDialog(activity)) return this.#dialogs.respond(activity);
    if (activity.name !== 'adaptiveCard/action') return { status: 400 };
    const { turn, isAutomatic } = pressOf(activity);
    const work = share(sharerOf(activity), () => this.#pressed(activity, turn));
    const outcome = await inTime(work, invokeBudgetMs);
    if (outcome !== undefined) return invokeResponse(outcome);
    // The client repeats a refresh by itself, so a late answer to one is not sent.
    if (isAutomatic || turn === undefined) return stillWorking;
    return (await keepRest(this.#options, activity, this.#afterLate(activity, turn, work))) ? stillWorking : mayBeLost;
  }

  async #search(activity: Activity): Promise<InvokeResponse> {
    try {
      return await answerSearch(this.#options.desk, activity, await this.#admitted(activity));
    } catch (error) {
      return searchRefused(this.sentenceFor(error));
    }
  }

  /** Runs a button press and returns its outcome. Outcomes that do not fit into the invoke response are sent as messages. */
  async #pressed(activity: Activity, turn: Turn | undefined): Promise<Outcome> {
    try {
      const own = await this.#admitted(activity, turn);
      const outcome = await outcomeOf(this.#options, own);
      if (outcome.kind === 'private' && outcome.outcome.kind !== 'say' && own.inChannel) {
        if (await this.#showTargeted(activity, outcome)) return { ...outcome, pointer: shownHere };
        const { isThere, words } = await sendToOwnChat(this.#delivery, own, outcome);
        // What has arrived needs no pointer if it is too late for the response; anything else must be said then.
        return isThere ? outcome : say(`${own.person.name}: ${words}`);
      }
      if (isSent(outcome)) await this.#afterwards(activity, (context) => this.#deliver(context, own, outcome));
      return outcome;
    } catch (error) {
      return say(this.sentenceFor(error));
    }
  }

  /** In a new turn, because that of a press has no message to answer. */
  async #showTargeted(activity: Activity, outcome: Extract<Outcome, { kind: 'private' }>): Promise<boolean> {
    let isShown = false;
    if (this.#options.sendTargeted !== undefined)
      await this.#options.replay(activity, async (context) => {
        isShown = await sendTargeted(this.#delivery, context, outcome);
      });
    return isShown;
  }

  async #afterLate(activity: Activity, turn: Turn, work: Promise<Outcome>): Promise<void> {
    const outcome = await work;
    if (isSent(outcome)) return;
    await this.#afterwards(activity, (context) => this.#deliver(context, turn, lateOutcome(outcome, turn)));
  }

  /** Runs in a new turn, because the turn of the invoke ends with its response. */
  async #afterwards(activity: Activity, run: (context: TurnContext) => Promise<void>): Promise<void> {
    try {
      await this.#options.replay(activity, run);
    } catch (error) {
      this.#options.log.warn({ err: error }, 'The late answer to a button press could not be sent');
      await noteSilence(this.#options, activity, error);
    }
  }

  async #consent(context: TurnContext): Promise<void> {
    const { desk, uploadFile } = this.#options;
    try {
      const turn = await this.#admitted(context.activity);
      await answerFileConsent({ desk, uploadFile }, context, turn);
    } catch (error) {
      await context.sendActivity(textActivity(this.sentenceFor(error)));
    }
  }

  #isAllowed(tenantId: string): boolean {
    return this.#options.allowedTenants.some((tenant) => tenant.toLowerCase() === tenantId.toLowerCase());
  }

  /** The turn of somebody who gets an answer here. Throws GovernanceError with the reason why somebody else gets none. */
  async #admitted(activity: Activity, turn = turnOf(activity, activity.value as unknown)): Promise<Turn> {
    if (turn === undefined) throw new GovernanceError('forbidden', nobody);
    const { person, conversation, asker } = turn;
    const there = this.#isAllowed(conversation.tenantId) ? await this.#options.places.look(conversation) : undefined;
    const known = await this.#admit({ person, conversation, userId: activity.from.id });
    const readerTime = await rememberReader(this.#options.desk, person.objectId, asker.readerTime);
    return {
      ...admitted(turn, known, readerTime),
      conversation: there?.place ?? conversation,
      isOverheard: turn.isOverheard === true || there?.isOverheard !== false,
    };
  }

  async #converse(context: TurnContext): Promise<void> {
    const turn = await this.#unlessRefused(context, true);
    if (turn === undefined) return;
    await rememberPlace(this.#options.desk, context, turn.conversation);
    const wrote = { atOnce: turn.submitted === undefined, every: this.#options.every };
    const outcome = await keepTyping(context, wrote, () => outcomeOf(this.#options, turn));
    await this.#deliver(context, turn, outcome);
  }

  /** The same, or undefined with the reason told to whoever waits for an answer. */
  async #unlessRefused(context: TurnContext, isAwaited: boolean): Promise<Turn | undefined> {
    const { activity } = context;
    const turn = turnOf(activity, activity.value as unknown);
    const isOurs = turn !== undefined && this.#isAllowed(turn.conversation.tenantId);
    const conversation = isOurs ? await learnPlace(this.#options.desk, context, turn.conversation) : turn?.conversation;
    try {
      return await this.#admitted(activity, turn && conversation && { ...turn, conversation });
    } catch (error) {
      if (!(error instanceof GovernanceError) || error instanceof StoreUnavailable) throw error;
      const isNews = error instanceof NotAllowedThere && conversation !== undefined;
      if (isNews ? await this.#options.places.tellOnce(conversation) : isAwaited)
        await context.sendActivity(textActivity(this.sentenceFor(error)));
      return undefined;
    }
  }

  #deliver(context: TurnContext, turn: Turn, outcome: Outcome): Promise<void> {
    return deliverOutcome(this.#delivery, context, turn, outcome);
  }

  get #delivery(): Delivery {
    const { desk, poster, sendTargeted: send } = this.#options;
    return { database: desk.database, poster, now: desk.now, sendTargeted: send };
  }

  /** See `sentenceFor`. */
  sentenceFor(error: unknown): string {
    return sentenceFor(this.#options, error);
  }

  #place(context: TurnContext): Conversation | undefined {
    const place = conversationOf(context.activity);
    return place !== undefined && this.#isAllowed(place.tenantId) ? place : undefined;
  }

  async #rememberPlace(context: TurnContext): Promise<void> {
    const place = this.#place(context);
    if (place === undefined) return;
    const learned = await learnPlace(this.#options.desk, context, place);
    if (this.#options.places.isAllowed(learned)) await rememberPlace(this.#options.desk, context, learned);
  }

  async #installed(context: TurnContext): Promise<void> {
    const { desk } = this.#options;
    const place = this.#place(context);
    if (place === undefined) return;
    const turn = turnOf(context.activity, undefined);
    const { action = '' } = context.activity;
    if (action === 'remove') {
      await leavePlace(desk, turn?.person, place);
      return;
    }
    if (action !== 'remove-upgrade') await this.#rememberPlace(context);
    if ((await followUpgrade(desk, context.activity, place)) || action !== 'add') return;
    const own = await this.#unlessRefused(context, false);
    if (own !== undefined) await this.#deliver(context, own, await welcome(desk, own));
  }
}
