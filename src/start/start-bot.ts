import type { TurnContext } from 'botbuilder';
import { createAnswerKept } from '../bot/answer-kept.ts';
import { createKeepLatePress } from '../bot/keep-late-press.ts';
import { createFairShare, shares } from '../core/fair-share.ts';
import { createLogRefusals } from '../core/log-refusals.ts';
import { createAnswerSoon } from '../bot/answer-soon.ts';
import { DeskBot } from '../bot/desk-bot.ts';
import { GuardedAuthentication } from '../bot/door/guarded-authentication.ts';
import { DeskAdapter, type FrontDoor } from '../bot/front-door.ts';
import { createHeedPlaces } from '../bot/roster/heed-places.ts';
import { createKeepActivity } from '../bot/keep-activity.ts';
import { createSendTargeted } from '../bot/teams/send-targeted.ts';
import { createUploadFile, isTeamsUploadUrl } from '../bot/teams/upload-file.ts';
import type { Config } from '../config.ts';
import { withoutThread } from '../core/chat/conversation.ts';
import { inTurnByKey } from '../core/in-turn.ts';
import { StoreUnavailable } from '../core/store-unavailable.ts';
import { every, inTime, later, pause } from '../timers.ts';
import type { Desk } from '../workflow/desk.ts';
import { machineTime, type Outside } from './open-outside.ts';
import type { Overrides } from './overrides.ts';

export type Bot = {
  /** Accepts activities from Teams. */
  readonly frontDoor: FrontDoor;
  /** Answers everything that waits in a conversation; rejects if it must be tried again. */
  readonly answerIn: (conversationId: string) => Promise<void>;
  /** Resolves when no answer is running. */
  readonly settled: () => Promise<void>;
  /** Resolves when everything from a conversation is answered, or its answer waits for the database. */
  readonly answered: (conversationId: string) => Promise<void>;
};

const answeredCheckMs = 5;

/** Creates the bot that answers Teams. Messages that arrived while no replica was running are answered by the tick of the next minute. */
export const startBot = (
  config: Config,
  overrides: Overrides,
  { log, opened, outgoing, poster, roster }: Outside,
  desk: Desk,
): Bot => {
  const { turn } = opened;
  const share = createFairShare(shares);
  const bot = new DeskBot({
    desk,
    poster,
    uploadFile: createUploadFile({ allowed: overrides.channel?.uploadUrlAllowed ?? isTeamsUploadUrl }),
    sendTargeted: config.targetedMessages ? createSendTargeted({ log }) : undefined,
    roster,
    places: createHeedPlaces({
      allowed: config.allowedPlaces,
      readers: roster,
      conversations: desk.database.conversations,
      now: desk.now,
    }),
    allowedTenants: config.allowedTenants,
    allowGuestsToAsk: config.allowGuestsToAsk,
    log,
    replay: (activity, run) => outgoing.replay(activity, run),
    inTime: overrides.inTime ?? inTime,
    keepLate: createKeepLatePress(desk, every),
    every,
    share,
  });

  const waiting = new Set<string>();
  const answerKept = createAnswerKept({
    desk,
    adapter: outgoing,
    share,
    bot: { answer: (context) => turn(() => bot.answer(context)), sentenceFor: (error) => bot.sentenceFor(error) },
    log,
    every,
    random: Math.random,
    waits: (conversationId) => void waiting.add(conversationId),
  });
  const inTurn = inTurnByKey();
  const answerIn = (conversationId: string): Promise<void> => inTurn(conversationId, () => answerKept(conversationId));
  const answers = createAnswerSoon(desk, answerIn, log);

  const refused = createLogRefusals(log, later, 'Refused activities at the door');
  const incoming = new DeskAdapter(new GuardedAuthentication(config.bot, machineTime, overrides.channel));
  const behind = { keep: createKeepActivity(desk, answers.begin), answer: (context: TurnContext) => bot.run(context) };

  // While the database is away nothing was stored, and the sender was told so.
  const isUnanswered = async (conversationId: string): Promise<boolean> => {
    try {
      return (await desk.database.inbox.waiting(conversationId)) !== undefined;
    } catch (error) {
      if (error instanceof StoreUnavailable) return false;
      throw error;
    }
  };

  return {
    frontDoor: (authHeader, body) => turn(() => incoming.receive(authHeader, body, behind, log, refused)),
    answerIn,
    settled: answers.settled,
    async answered(conversationId) {
      const id = withoutThread(conversationId);
      while (await isUnanswered(id)) {
        const queue = [...waiting].find((each) => each === id || each.startsWith(`${id} `));
        if (queue !== undefined && waiting.delete(queue)) return;
        await pause(answeredCheckMs);
      }
    },
  };
};
