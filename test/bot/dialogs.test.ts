import type { Activity, InvokeResponse, TaskModuleResponse } from 'botbuilder';
import { createAnswerDialog } from '../../src/bot/actions/dialog/answer-dialog.ts';
import { createKeepLatePress } from '../../src/bot/keep-late-press.ts';
import { createFairShare } from '../../src/core/fair-share.ts';
import { GovernanceError } from '../../src/core/governance-error.ts';
import { StoreUnavailable } from '../../src/core/store-unavailable.ts';
import type { Desk } from '../../src/workflow/desk.ts';
import type { Json } from '../../simulator/teams/message.ts';
import { press } from '../../simulator/teams/people/card-press.ts';
import { alice } from '../core/contoso.ts';
import { disks } from '../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../fakes/make-desk.ts';
import { channel, chatOf } from '../fakes/story.ts';
import { inputOf } from './press-card.ts';

const opening = { verb: 'open-form', assessmentKey: disks.key, selected: '', msteams: { type: 'task/fetch' } };
const justification = 'The machines move to the new cluster in December.';
const filled = { scope: 'resources', category: 'Waiver', justification };

const invoke = (name: string, data: unknown, where = channel('shop')): Activity =>
  ({
    type: 'invoke',
    name,
    id: 'press-1',
    channelId: 'msteams',
    serviceUrl: where.serviceUrl,
    from: { id: '29:alice', name: alice.name, aadObjectId: alice.objectId },
    recipient: { id: where.botId, name: 'Exemption Desk' },
    conversation: { id: where.id, conversationType: where.kind, tenantId: alice.tenantId, isGroup: true, name: '' },
    value: { data, context: { theme: 'default' } },
  }) as unknown as Activity;

/** A bot that only answers dialogs, and what it posts into chats. */
const startDialogs = (desk: Desk, isLate = false) => {
  const posted: string[] = [];
  const log = { warn: () => undefined, error: () => undefined };
  const dialogs = createAnswerDialog({
    desk,
    poster: {
      post: async ({ id }, activity) => void posted.push(`${id} ${JSON.stringify(activity)}`),
      update: async () => undefined,
      reply: async () => undefined,
    },
    log,
    share: createFairShare({ atOnce: 4, perPerson: 2 }),
    keepLate: createKeepLatePress(desk, () => () => undefined),
    inTime: async (work) => (isLate ? undefined : work),
    admitted: async (_, turn) => turn!,
  });
  return { ...dialogs, posted };
};

const taskIn = ({ body }: InvokeResponse): TaskModuleResponse['task'] => (body as TaskModuleResponse | undefined)?.task;
const cardIn = (response: InvokeResponse): Json => {
  const value = taskIn(response)?.value;
  if (typeof value !== 'object') throw new Error(`No card: ${JSON.stringify(response)}`);
  return JSON.parse(JSON.stringify(value.card?.content)) as Json;
};
const resource = (card: Json): string =>
  (inputOf(card, 'resources') as unknown as { readonly choices: readonly { readonly value: string }[] }).choices[0]!
    .value;

/** The form, open in a dialog, and what its button sends. */
const openForm = async ({ desk }: TestDesk) => {
  const card = cardIn(await startDialogs(desk).respond(invoke('task/fetch', opening)));
  return press(card, 'Preview', { ...filled, resources: resource(card) }).data;
};

const unread = (desk: Desk, error: Error): Desk => ({
  ...desk,
  database: {
    ...desk.database,
    drafts: {
      ...desk.database.drafts,
      find: async () => {
        throw error;
      },
    },
  },
});

describe('a dialog', () => {
  it('has a short title, and no button that would open another one', async () => {
    const { desk } = await makeDesk();
    const response = await startDialogs(desk).respond(invoke('task/fetch', opening));
    expect(taskIn(response)).toMatchObject({
      type: 'continue',
      value: { title: 'Request an exemption', width: 'medium', height: 'large' },
    });
    expect(JSON.stringify(response)).not.toContain('task/fetch');
  });

  it.each<[string, Error, RegExp]>([
    ['the database is away', new StoreUnavailable('The database does not answer.'), /The database does not answer/],
    ['Azure does not answer', new GovernanceError('unavailable', 'Azure does not answer.'), /Azure does not answer/],
    ['something breaks', new Error('Oops'), /Something went wrong/],
  ])('keeps all that was filled in when %s, to be sent again', async (_, error, sentence) => {
    const world = await makeDesk();
    const data = await openForm(world);
    const failed = cardIn(await startDialogs(unread(world.desk, error)).respond(invoke('task/submit', data)));

    expect(JSON.stringify(failed)).toMatch(sentence);
    expect(JSON.stringify(failed)).toContain(justification);
    const again = press(failed, 'Try again', {}).data;
    expect(again).toEqual(data);
    const preview = cardIn(await startDialogs(world.desk).respond(invoke('task/submit', again)));
    expect(JSON.stringify(preview)).toContain('Check your request');
  });

  it('keeps what was written, but offers no second try, when it is refused', async () => {
    const world = await makeDesk();
    const written = { name: 'Until the move', ticket: 'CHG0012345', named: 'rg-web', justification };
    const data = { ...(await openForm(world)), ...written, draftId: 'none' };
    const refused = cardIn(await startDialogs(world.desk).respond(invoke('task/submit', data)));
    expect(JSON.stringify(refused)).toContain('That form is no longer open');
    for (const text of Object.values(written)) expect(JSON.stringify(refused)).toContain(text);
    expect(refused.actions ?? []).toEqual([]);
  });

  it('closes with an answer that has no body at all', async () => {
    const world = await makeDesk();
    const { draftId } = await openForm(world);
    const response = await startDialogs(world.desk).respond(
      invoke('task/submit', { verb: 'discard-request', draftId }),
    );
    expect(response).toEqual({ status: 200 });
  });

  it('that takes too long is answered in the own chat, and not in the channel', async () => {
    const world = await makeDesk();
    await world.desk.database.conversations.remember(chatOf(alice));
    const late = startDialogs(world.desk, true);
    const response = await late.respond(invoke('task/fetch', opening));

    expect(taskIn(response)).toEqual({
      type: 'message',
      value: 'Still working on it. The answer comes into your personal chat with Exemption Desk.',
    });
    const queue = `press ${channel('shop').id} press-1`;
    while ((await world.desk.database.inbox.waiting(queue)) !== undefined)
      await new Promise((resolve) => void setImmediate(resolve));
    expect(late.posted).toEqual([expect.stringContaining('step 1 of 2')]);
    expect(late.posted[0]).toMatch(new RegExp(`^${chatOf(alice).id} `));
  });

  it('is answered by another process if the first one dies', async () => {
    const world = await makeDesk();
    await world.desk.database.conversations.remember(chatOf(alice));
    const other = startDialogs(world.desk);
    await other.afterwards(invoke('task/fetch', opening));
    expect(other.posted).toEqual([expect.stringContaining('step 1 of 2')]);
  });

  it('shows the form itself where it cannot become a message', async () => {
    const world = await makeDesk();
    const data = { ...(await openForm(world)), verb: 'form-as-message' };
    const card = cardIn(await startDialogs(world.desk).respond(invoke('task/submit', data)));
    expect(JSON.stringify(card)).toContain('Open a personal chat with Exemption Desk');
    expect(JSON.stringify(card)).toContain(justification);
  });
});
