import type { Conversation } from '../../src/core/chat/conversation.ts';
import { everyAlert, type AlertFilter, type ChannelSubscription } from '../../src/core/alert/subscription.ts';
import type { Person } from '../../src/core/person.ts';
import type { ExemptionRequest } from '../../src/core/request/request.ts';
import type { Form } from '../../src/core/request/terms.ts';
import { startDraft } from '../../src/workflow/ask/draft-request.ts';
import { previewRequest } from '../../src/workflow/ask/preview-request.ts';
import { sendInEmergency, sendRequest, type SendResult } from '../../src/workflow/ask/send-request.ts';
import { approveRequest } from '../../src/workflow/decide/decide-request.ts';
import { alice, bob, root, vm1 } from '../core/contoso.ts';
import { disks } from './fake-tenant.ts';
import type { TestDesk } from './make-desk.ts';

/** A form that can be sent: 30 days for one machine. */
export const filledIn = (changes: Partial<Form> = {}): Form => ({
  scope: 'resources',
  resources: [vm1],
  name: 'Until the migration',
  category: 'Waiver',
  expiry: '30',
  expiryDate: '',
  justification: 'The machines move to the new cluster in December.',
  ticket: '',
  ...changes,
});

/** Fills in a form; the id of the draft. */
export const draftOf = async ({ desk }: TestDesk, person: Person, changes: Partial<Form> = {}): Promise<string> => {
  const { draft } = await startDraft(desk, person, disks.key);
  await previewRequest(desk, person, draft.id, filledIn(changes));
  return draft.id;
};

export const sentIn = (result: SendResult): ExemptionRequest => {
  if (result.kind !== 'sent' && result.kind !== 'changed') throw new Error(`Not sent: ${JSON.stringify(result)}`);
  return result.request;
};

/** A request, sent by Alice or by somebody else. */
export const ask = async (world: TestDesk, changes: Partial<Form> = {}, person: Person = alice) =>
  sentIn(await sendRequest(world.desk, person, await draftOf(world, person, changes), undefined));

/** A request of Bob that is written before anybody else has agreed to it. */
export const askInEmergency = async (world: TestDesk, reason = 'The shop is down.') =>
  sentIn(await sendInEmergency(world.desk, bob, await draftOf(world, bob), reason, undefined));

/** A request of Alice that Bob approved and that is written. */
export const askAndWrite = async (world: TestDesk, changes: Partial<Form> = {}): Promise<ExemptionRequest> => {
  const { reference } = await ask(world, changes);
  await approveRequest(world.desk, bob, { reference, version: undefined, words: 'Fine.' });
  await world.runJobs();
  return current(world, reference);
};

/** A request as it stands now. */
export const current = async ({ desk }: TestDesk, reference: string): Promise<ExemptionRequest> => {
  const found = await desk.database.requests.find(reference);
  if (found === undefined) throw new Error(`There is no ${reference}.`);
  return found;
};

export const channel = (name: string): Conversation => ({
  id: `19:${name}`,
  kind: 'channel',
  tenantId: alice.tenantId,
  serviceUrl: 'https://smba.example/emea/',
  botId: '28:bot',
  objectId: undefined,
  name,
  teamId: '19:team',
});

export const chatOf = ({ objectId, name }: Person): Conversation => ({
  ...channel(name),
  id: `a:${name}`,
  kind: 'personal',
  objectId: objectId.toLowerCase(),
  name: undefined,
  teamId: undefined,
});

/** A channel that is subscribed to alerts or approvals of a scope, without the use case that asks for rights. */
export const subscribed = async (
  { desk, clock, meet }: TestDesk,
  place: Conversation,
  kind: ChannelSubscription['kind'],
  filter: Partial<AlertFilter> = {},
  scope = root,
): Promise<void> => {
  await meet(place);
  await desk.database.subscriptions.save({
    channelId: place.id,
    kind,
    scope,
    filter: { ...everyAlert, ...filter },
    subscribedBy: bob,
    subscribedAt: clock.now(),
  });
};
