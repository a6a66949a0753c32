import { TestAdapter, TurnContext, type Activity } from 'botbuilder';
import { createAnswerKept } from '../../src/bot/answer-kept.ts';
import type { BotOptions } from '../../src/bot/bot-options.ts';
import { DeskBot } from '../../src/bot/desk-bot.ts';
import type { DeskAdapter } from '../../src/bot/front-door.ts';
import { createKeepLatePress } from '../../src/bot/keep-late-press.ts';
import { createFairShare } from '../../src/core/fair-share.ts';
import type { Desk } from '../../src/workflow/desk.ts';
import { bob } from '../core/contoso.ts';
import { makeDesk, type TestDesk } from '../fakes/make-desk.ts';
import { ask, chatOf, current } from '../fakes/story.ts';

const log = { warn: () => undefined, error: () => undefined };
const every = () => () => undefined;

/** A process with the bot; what it says into Teams. */
const startProcess = (desk: Desk) => {
  const adapter = new TestAdapter();
  const said = (): string => JSON.stringify(adapter.activeQueue);
  const replay = async (activity: Activity, run: (context: TurnContext) => Promise<void>): Promise<void> =>
    run(new TurnContext(adapter, activity));
  const share = createFairShare({ atOnce: 4, perPerson: 2 });
  const bot = new DeskBot({
    desk,
    poster: {} as BotOptions['poster'],
    uploadFile: {} as BotOptions['uploadFile'],
    allowedTenants: [bob.tenantId],
    places: {
      look: async (place) => ({ place, isOverheard: false }),
      isAllowed: () => true,
      tellOnce: async () => false,
    },
    sendTargeted: undefined,
    roster: { belongs: async () => ({ belonging: 'member', tenantId: bob.tenantId }) },
    allowGuestsToAsk: false,
    log,
    replay,
    // Everything takes too long.
    inTime: async () => undefined,
    keepLate: createKeepLatePress(desk, every),
    every,
    share,
  });
  const answerIn = createAnswerKept({
    desk,
    adapter: { replay } as unknown as DeskAdapter,
    bot,
    share,
    log,
    every,
    random: () => 0.5,
    waits: () => undefined,
  });
  const press = (activity: Activity): Promise<void> => bot.run(new TurnContext(adapter, activity));
  return { press, answerIn, said };
};

const chat = chatOf(bob);
const approval = (reference: string): Activity =>
  ({
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: 'press-1',
    channelId: 'msteams',
    serviceUrl: chat.serviceUrl,
    from: { id: '29:bob', name: bob.name, aadObjectId: bob.objectId },
    recipient: { id: chat.botId, name: 'Exemption Desk' },
    conversation: { id: chat.id, conversationType: 'personal', tenantId: bob.tenantId, isGroup: false, name: '' },
    value: { action: { verb: 'approve-request', data: { reference, version: 1, comment: '' } }, trigger: 'manual' },
  }) as unknown as Activity;
const queue = `press ${chat.id} press-1`;

/** A process that works for ever, so that it can die in the middle. */
const neverEnding = ({ desk }: TestDesk): Desk => ({
  ...desk,
  forDecision: () => new Promise(() => undefined),
  askAfresh: () => ({ ...desk.askAfresh(), forDecision: () => new Promise(() => undefined) }),
});

describe('a press that Teams was told is being worked on', () => {
  it('is decided by another process if this one dies, and its person hears so', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    await startProcess(neverEnding(world)).press(approval(reference));
    expect(await current(world, reference)).toMatchObject({ status: 'pending' });

    const { inbox } = world.desk.database;
    const waiting = await inbox.waiting(queue);
    expect(waiting).toBeDefined();
    expect(await inbox.waitingSince(world.clock.now())).toEqual([queue]);
    // While its process lives, nobody else works on it.
    expect(await inbox.take(queue)).toBe('held');
    await inbox.giveBack(waiting!.sequence, true);

    const other = startProcess(world.desk);
    await other.answerIn(queue);
    expect(await current(world, reference)).toMatchObject({ status: 'approved' });
    expect(other.said()).toContain(reference);
    expect(await inbox.waiting(queue)).toBeUndefined();
  });

  it('is decided once and waits no longer, where the process lives', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    const process = startProcess(world.desk);
    await process.press(approval(reference));
    while ((await world.desk.database.inbox.waiting(queue)) !== undefined)
      await new Promise((resolve) => void setImmediate(resolve));
    expect(await current(world, reference)).toMatchObject({ status: 'approved' });
    expect(process.said()).toContain(reference);
  });
});
