import type { ActionData, Verb } from '../../../src/cards/actions.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import { openRevocation } from '../../../src/workflow/inventory/revoke-outside.ts';
import { choiceTokens } from '../../../src/core/request/choice-token.ts';
import type { World } from '../../../simulator/start.ts';
import { people } from '../../../simulator/tenant/contoso/people.ts';
import { delivery } from '../../store/samples.ts';
import { formInputs, latest, offered, openForm, sendRequest } from '../steps.ts';

export const personNamed = (key: string) => people.find((person) => person.key === key)!;
const withdrawn = 'EX-W1THDR';
const inForce = 'EX-1NF0CE';

/** What each button carries when it is pressed as it was drawn, and what there is to press it on. */
export type Presses = {
  readonly pending: string;
  readonly bobsOwn: string;
  readonly failed: string;
  readonly form: string;
  readonly draftId: string;
  readonly storage: string;
  readonly approvalCard: string;
  readonly genuine: Readonly<Record<Verb, { readonly by: 'alice' | 'bob'; readonly data: ActionData }>>;
};

/** A request that Azure refused, as an earlier day left it. */
const failedLike = async (world: World, pattern: ExemptionRequest): Promise<string> => {
  const decision = { by: personNamed('carol'), at: world.clock.now(), comment: '' };
  const request = {
    ...pattern,
    reference: 'EX-FA11ED',
    status: 'failed' as const,
    version: 3,
    approvals: [decision],
    decision,
  };
  await world.app().desk.database.requests.add(request);
  return request.reference;
};

/** Sends requests in every state, opens a form, and draws every button once. The approvals of Contoso go to #approvals. */
export const preparePresses = async (world: World): Promise<Presses> => {
  const { requests } = world.app().desk.database;
  await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
  await world.app().tick();
  const pending = await sendRequest(world, 'alice');
  const approvalCard = latest(world, '#approvals').id;
  const pattern = (await requests.find(pending))!;
  const bobsOwn = 'EX-B0B123';
  await requests.add({ ...pattern, reference: bobsOwn, requester: personNamed('bob') });
  const failed = await failedLike(world, pattern);
  await requests.add({ ...pattern, reference: inForce, status: 'effective', version: 3 });
  await requests.add({ ...pattern, reference: withdrawn, status: 'withdrawn', version: 2 });
  for (const person of ['bob', 'carol', 'dan', 'gina']) await world.teams.say(person, 'personal', 'help');
  const form = await openForm(world, 'alice');
  const storage = offered(world, 'alice', form, 'stshoplogs');
  const draftId = /"draftId":"([^"]+)"/.exec(JSON.stringify(world.teams.cardFor('alice', form)))![1]!;
  await world.teams.press('alice', form, 'Preview', { ...formInputs, resources: storage });
  const key = (await requests.find(pending))!.terms.recommendation.key;
  const { recommendation, scopes } = (await requests.find(pending))!.terms;
  await world.app().desk.database.unclaimedDrafts.add({
    ...{ id: 'left', application: 'a', form: {}, onBehalfOf: '', createdAt: world.clock.now(), claimedBy: undefined },
    recommendation: { ...recommendation, policyDefinitionId: undefined },
    scopes: scopes,
  });
  const search = { text: '', subscription: '', type: '', exempt: false } as const;
  const exemption = world.tenant.exemptions.all()[0]!.id;
  const tokenOf = choiceTokens(world.app().desk.hash);
  const { seen } = await openRevocation(world.app().desk, personNamed('bob'), exemption);
  const previewed = /"verb":"send-request","draftId":"[^"]+","seen":"([^"]+)"/.exec(
    JSON.stringify(world.teams.cardFor('alice', form)),
  )![1]!;
  const { alerts } = world.app().desk.database;
  const channelId = world.teams.conversations().find(({ name }) => name === '#approvals')!.conversationId;
  const contoso = '/providers/Microsoft.Management/managementGroups/contoso';
  await alerts.addDeliveries([delivery('lost', { channelId, scopes: [contoso] })], world.clock.now());
  await alerts.close(['lost'], 'undeliverable', world.clock.now(), 'Gone.');
  const filled = { draftId, ...formInputs, resources: storage, expiryDate: '', ticket: '' };
  const genuine: Presses['genuine'] = {
    'list-recommendations': {
      by: 'alice',
      data: { verb: 'list-recommendations', severity: 'all', page: 1, ...search },
    },
    'show-recommendation': { by: 'alice', data: { verb: 'show-recommendation', assessmentKey: key, page: 1 } },
    'list-exempted': { by: 'alice', data: { verb: 'list-exempted', assessmentKey: key, page: 1 } },
    'open-form': { by: 'alice', data: { verb: 'open-form', assessmentKey: key, selected: storage } },
    'extend-request': { by: 'alice', data: { verb: 'extend-request', reference: pending } },
    'preview-request': { by: 'alice', data: { verb: 'preview-request', ...filled } },
    'turn-form-page': { by: 'alice', data: { verb: 'turn-form-page', page: 1, shown: [storage], ...filled } },
    'form-as-message': { by: 'alice', data: { verb: 'form-as-message', page: 1, shown: [storage], ...filled } },
    'edit-request': { by: 'alice', data: { verb: 'edit-request', draftId } },
    'send-request': { by: 'alice', data: { verb: 'send-request', draftId, seen: previewed } },
    'send-in-emergency': {
      by: 'alice',
      data: { verb: 'send-in-emergency', draftId, seen: previewed, reason: 'The shop is down.' },
    },
    'discard-request': { by: 'alice', data: { verb: 'discard-request', draftId } },
    'approve-request': { by: 'bob', data: { verb: 'approve-request', reference: pending, version: 1, comment: '' } },
    'reject-request': { by: 'bob', data: { verb: 'reject-request', reference: pending, version: 1, reason: 'No.' } },
    'approve-less': {
      by: 'bob',
      data: { verb: 'approve-less', reference: pending, version: 1, lastDay: '', scopes: '', note: '' },
    },
    'open-decision': { by: 'bob', data: { verb: 'open-decision', reference: pending, version: 1, form: 'reject' } },
    'decide-several': {
      by: 'bob',
      data: { verb: 'decide-several', decision: 'approve', picked: `${pending}-1`, said: '' },
    },
    'change-request': { by: 'alice', data: { verb: 'change-request', reference: pending, version: 1 } },
    'refresh-request': { by: 'bob', data: { verb: 'refresh-request', reference: pending } },
    'withdraw-request': { by: 'alice', data: { verb: 'withdraw-request', reference: pending, version: 1 } },
    'retry-request': { by: 'bob', data: { verb: 'retry-request', reference: failed, version: 3 } },
    'claim-draft': { by: 'alice', data: { verb: 'claim-draft', draftId: 'left' } },
    'ask-again': { by: 'alice', data: { verb: 'ask-again', reference: withdrawn } },
    'replace-request': { by: 'alice', data: { verb: 'replace-request', reference: inForce, deed: 'renew' } },
    'let-lapse': { by: 'bob', data: { verb: 'let-lapse', id: exemption, reference: pending } },
    'clean-up': { by: 'bob', data: { verb: 'clean-up', plan: 'none' } },
    'adopt-exemption': {
      by: 'bob',
      data: { verb: 'adopt-exemption', id: exemption, purpose: 'The jump host is watched around the clock.' },
    },
    'open-revocation': { by: 'bob', data: { verb: 'open-revocation', id: exemption } },
    'revoke-exemption': { by: 'bob', data: { verb: 'revoke-exemption', id: exemption, seen, why: 'Mended.' } },
    'revoke-request': { by: 'bob', data: { verb: 'revoke-request', reference: inForce, why: 'Mended.' } },
    'show-request': { by: 'alice', data: { verb: 'show-request', reference: pending } },
    'list-requests': { by: 'alice', data: { verb: 'list-requests', which: 'all', status: 'any', page: 1 } },
    'list-exemptions': {
      by: 'bob',
      data: { verb: 'list-exemptions', text: '', filter: 'all', withinDays: 30, page: 1 },
    },
    'show-exemption': { by: 'bob', data: { verb: 'show-exemption', id: exemption } },
    'open-exemption': { by: 'bob', data: { verb: 'open-exemption', token: tokenOf(exemption) } },
    'show-score': { by: 'bob', data: { verb: 'show-score', subscription: '', page: 1 } },
    'offer-report-file': {
      by: 'bob',
      data: { verb: 'offer-report-file', fromDay: '2026-11-01', toDay: '2026-11-20' },
    },
    'show-status': { by: 'bob', data: { verb: 'show-status' } },
    'send-again': { by: 'bob', data: { verb: 'send-again' } },
    say: { by: 'bob', data: { verb: 'say', command: `approve ${pending}` } },
  };
  return { pending, bobsOwn, failed, form, draftId, storage, approvalCard, genuine };
};
