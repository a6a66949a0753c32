import type { Browser, Page } from 'playwright-core';
import { startWorld, type World } from '../world.ts';
import { people } from '../../simulator/tenant/contoso/people.ts';
import type { ExemptionRequest } from '../../src/core/request/request.ts';
import type { RequestStatus } from '../../src/core/request/request-status.ts';
import { formInputs, latest, offered, openForm, sendRequest } from '../scenario/steps.ts';
import { cardWith, openBrowser, openChat, pressSecondary, say, takeCardPicture, unfold } from './chat-page.ts';

const personNamed = (key: string) => people.find((person) => person.key === key)!;

/** Every status with what its card must say. */
const statuses: Readonly<Record<RequestStatus, string>> = {
  pending: 'Waiting for approval',
  approved: 'is writing it to Azure',
  rejected: 'Rejected by Bob Berger',
  withdrawn: 'withdrew the request',
  lapsed: 'Nobody decided within 7 days',
  applied: 'Written to Azure.',
  'partly-applied': 'partly written to Azure',
  effective: 'no longer counts',
  failed: 'Approved, but not written to Azure',
  expired: 'The exemption expired',
  revoking: 'is removing it from Azure',
  replaced: 'replaced it',
  revoked: 'was removed from Azure',
};

/** A picture of the card of a request in every status, as people see it. */
describe('the card of a request in the chat page', () => {
  let world: World;
  let browser: Browser;
  let bob: Page;
  let pattern: ExemptionRequest;

  const add = async (reference: string, changes: Partial<ExemptionRequest>) => {
    await world.app().desk.database.requests.add({ ...pattern, reference, ...changes });
    await say(bob, `request ${reference}`);
  };

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    browser = await openBrowser();
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    pattern = (await world.app().desk.database.requests.find(await sendRequest(world, 'alice')))!;
    bob = await openChat(browser, world, 'bob');
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  it.each(Object.entries(statuses) as [RequestStatus, string][])('says what %s means', async (status, sentence) => {
    const reference = `EX-${status
      .replace(/[^a-z]/g, '')
      .toUpperCase()
      .slice(0, 8)}`;
    const at = world.clock.now();
    const decision = { by: personNamed('bob'), at, comment: 'Fine until the migration.' };
    const isUndecided = ['pending', 'withdrawn', 'lapsed'].includes(status);
    await add(reference, {
      status,
      approvals: isUndecided || status === 'rejected' ? [] : [decision],
      decision: isUndecided ? undefined : decision,
      revocation:
        status === 'revoking' || status === 'revoked' ? { by: personNamed('bob'), at, reason: 'Mended.' } : undefined,
      failure: status === 'failed' || status === 'partly-applied' ? 'Azure refused: the scope is locked.' : undefined,
    });

    await cardWith(bob, sentence);
    await takeCardPicture(bob, reference, `request-${status}`);
  });

  it('says that nothing is left to exempt', async () => {
    const failure =
      'stshopprod no longer exists in Azure, so there is nothing left to exempt. Nothing was changed in Azure.';
    const decision = { by: personNamed('bob'), at: world.clock.now(), comment: '' };
    await add('EX-GQNE', { status: 'lapsed', failure, approvals: [decision], decision });

    await cardWith(bob, 'Closed: nothing left to exempt');
    await takeCardPicture(bob, 'EX-GQNE', 'request-gone');
  });

  it('opens the form for changes under the approval card', async () => {
    // Earlier cards may name the request too, so the answer is waited for.
    const cards = bob.locator('.ac-adaptiveCard', { hasText: pattern.reference });
    const before = await cards.count();
    await say(bob, `request ${pattern.reference}`);
    const card = cards.nth(before);
    await unfold(card, card.getByRole('button', { name: 'Approve with changes…' }));
    await pressSecondary(bob, card, 'Approve with changes here…');
    await card.getByLabel(/Last day/).waitFor();
    await takeCardPicture(bob, pattern.reference, 'request-approve-less');
  });

  it('explains an emergency before and after it is used', async () => {
    const form = await openForm(world, 'bob');
    const resources = offered(world, 'bob', form, 'stcorpweb');
    await world.teams.press('bob', form, 'Preview', { ...formInputs, resources });
    const preview = await cardWith(bob, 'Check your request');
    await preview
      .getByRole('button', { name: /More|…/ })
      .last()
      .click();
    await bob.getByText('Emergency…').click();
    await preview.getByLabel('Why it cannot wait').fill('The shop is down.');
    await takeCardPicture(bob, 'Check your request', 'emergency-preview');
    await world.teams.press('bob', latest(world, 'bob').id, 'Write to Azure now, for 72 hours', {
      reason: 'The shop is down.',
    });
    await world.app().idle();

    await cardWith(bob, 'Emergency: written, waiting for approval');
    await takeCardPicture(bob, 'Emergency: written', 'emergency-written');
  });
});
