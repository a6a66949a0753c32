import type { Browser, Page } from 'playwright-core';
import { startWorld, type World } from '../world.ts';
import { cardWith, openBrowser, openChat, say, takeCardPicture, takePicture, unfold } from './chat-page.ts';

const recommendation = 'Secure transfer to storage accounts should be enabled';

/** How far below the top of a card a button ends, in pixels. */
const bottomOf = async (page: Page, card: string, button: RegExp): Promise<number> => {
  const [around, inside] = await Promise.all([
    (await cardWith(page, card)).boundingBox(),
    (await cardWith(page, card)).getByRole('button', { name: button }).first().boundingBox(),
  ]);
  return (inside?.y ?? Infinity) + (inside?.height ?? 0) - (around?.y ?? 0);
};

/** Two people at two windows, with nothing but the page. */
describe('request and approval in the chat page', () => {
  let world: World;
  let browser: Browser;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    browser = await openBrowser();
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.app().tick();
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  it('takes Alice from the list to a request, and Bob to the approval', async () => {
    const alice = await openChat(browser, world, 'alice');
    await say(alice, 'recommendations');
    await cardWith(alice, 'Open recommendations');
    await takePicture(alice, 'recommendations');

    await (await cardWith(alice, 'Open recommendations')).getByText(recommendation).click();
    const details = await cardWith(alice, 'Remediation');
    await details.getByLabel(/stshopprod/).check();
    await takePicture(alice, 'recommendation');
    await details.getByRole('button', { name: 'Request exemption' }).click();

    const form = await cardWith(alice, 'Justification');
    await form.getByLabel(/Name of the exemption/).fill('Legacy uploader');
    await form.getByLabel(/Waiver/).check();
    await form.getByLabel(/Justification/).fill('too short');
    await form.getByRole('button', { name: 'Preview' }).click();
    await cardWith(alice, 'at least 20 characters');
    await takePicture(alice, 'form-refused');

    const again = await cardWith(alice, 'at least 20 characters');
    await again.getByLabel(/Justification/).fill('The old uploader cannot speak TLS until it is replaced in spring.');
    await again.getByRole('button', { name: 'Preview' }).click();
    const preview = await cardWith(alice, 'Check your request');
    await takePicture(alice, 'preview');
    await preview.getByRole('button', { name: 'Send' }).click();
    await cardWith(alice, 'Its card is in your personal chat');
    await takePicture(alice, 'request-sent');
    await alice.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

    const bob = await openChat(browser, world, 'bob', 'approvals');
    const request = await cardWith(bob, 'Legacy uploader');
    await takeCardPicture(bob, 'Legacy uploader', 'approval-card');
    await unfold(request, request.getByText('What will be written'));
    await request.getByText('What will be written').waitFor();
    await request.getByRole('button', { name: 'More', exact: true }).click();
    const phone = await openChat(browser, world, 'bob', 'approvals', 390);
    await takeCardPicture(phone, 'Legacy uploader', 'approval-card-phone');
    expect(await bottomOf(phone, 'Legacy uploader', /Approve/)).toBeLessThan(700);
    await phone.close();
    await takePicture(bob, 'approvals-channel');
    await request
      .getByRole('button', { name: /Approve/ })
      .first()
      .click();
    await request.getByRole('textbox').fill('Fine until spring.');
    await takePicture(bob, 'approving');
    await request.getByRole('button', { name: /Approve EX-/ }).click();
    await cardWith(bob, 'Approved');
    await world.app().idle();
    await takePicture(bob, 'approved');

    await alice.getByText('was written to Azure').waitFor();
    await takePicture(alice, 'requester-told');

    const alerts = await openChat(browser, world, 'carol', 'security-alerts');
    await cardWith(alerts, 'Exemption created');
    await takePicture(alerts, 'alert-created');
    await alerts.getByRole('button', { name: '+7 days' }).click();
    await alerts.getByRole('button', { name: '+7 days' }).click();
    await alerts.getByRole('button', { name: '+7 days' }).click();
    await alerts.getByRole('button', { name: '+1 day' }).click();
    await alerts.getByRole('button', { name: '+1 day' }).click();
    await (await cardWith(alerts, 'about to expire')).scrollIntoViewIfNeeded();
    await takePicture(alerts, 'alert-expiring');
  });

  it('is readable at the width of a phone', async () => {
    const phone = await openChat(browser, world, 'bob', 'approvals', 390);
    await cardWith(phone, 'Alice Anders asked to waive');
    await takePicture(phone, 'phone');

    expect(await phone.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  });
});
