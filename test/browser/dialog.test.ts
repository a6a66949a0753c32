import type { Browser } from 'playwright-core';
import { startWorld, type World } from '../world.ts';
import { sendRequest, storageRecommendation } from '../scenario/steps.ts';
import { cardWith, openBrowser, openChat, pressSecondary, say, takePicture, unfold } from './chat-page.ts';

/** Forms in dialogs, in a browser as wide as a desk and as a phone. */
describe.each([1280, 390])('a dialog on a page %i pixels wide', (width) => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', '#team-shop', '@Exemption Desk subscribe contoso');
    await world.app().tick();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  it('goes from the form to the preview in a channel that sees nothing of it', async () => {
    const page = await openChat(browser, world, 'alice', 'team-shop', width);
    await say(page, `@Exemption Desk recommendation ${storageRecommendation}`);
    await (await cardWith(page, 'Request exemption')).getByRole('button', { name: 'Request exemption' }).click();
    const dialog = page.getByRole('dialog', { name: 'Request an exemption' });
    await dialog.getByText('step 1 of 2').waitFor();
    await takePicture(page, `dialog-form-${width}`);
    await dialog.getByRole('combobox', { name: /search scopes/ }).fill('stshopprod');
    await dialog.getByRole('listbox').getByRole('option').first().click();
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await dialog.getByText('2 fields need your attention').waitFor();
    await dialog.getByRole('radio', { name: /Waiver/ }).check();
    await dialog
      .getByRole('textbox', { name: /Justification/ })
      .fill('The old uploader cannot speak TLS until spring.');
    await dialog.getByRole('button', { name: 'Preview' }).click();
    const preview = page.getByRole('dialog', { name: 'Check your request' });
    await preview.getByText('step 2 of 2').waitFor();
    await takePicture(page, `dialog-preview-${width}`);
    expect(await page.getByText('Teams would not show').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);

    await preview.getByRole('button', { name: 'Discard' }).click();
    await preview.waitFor({ state: 'detached' });
    expect(await page.getByRole('log').getByText('step').count()).toBe(0);
  });

  it('is closed with its cross, and the same form comes as a message', async () => {
    const page = await openChat(browser, world, 'alice', 'personal', width);
    await say(page, `recommendation ${storageRecommendation}`);
    const recommendation = await cardWith(page, 'Request exemption');
    await recommendation.getByRole('button', { name: 'Request exemption' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await pressSecondary(page, recommendation, 'Open as a message');
    await cardWith(page, 'step 1 of 2');
  });

  it('asks again for what was withdrawn, filled in as before', async () => {
    const reference = await sendRequest(world, 'alice');
    await world.teams.say('alice', 'personal', `withdraw ${reference}`);
    await world.app().idle();
    const page = await openChat(browser, world, 'alice', 'personal', width);
    await say(page, `request ${reference}`);
    const request = await cardWith(page, new RegExp(`${reference}[^]*Withdrawn`));
    await takePicture(page, `ask-again-${width}`);
    await request.getByRole('button', { name: 'Ask again', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Request an exemption' });
    await dialog.getByText('step 1 of 2').waitFor();
    await takePicture(page, `dialog-ask-again-${width}`);
    expect(await dialog.getByRole('textbox', { name: /Justification/ }).inputValue()).toContain('cannot speak TLS');
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  });
});

describe.each([1280, 390])('deciding in a dialog on a page %i pixels wide', (width) => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.app().tick();
    await sendRequest(world, 'alice');
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  it('keeps the channel as it is until it is decided, and then changes the card', async () => {
    const page = await openChat(browser, world, 'bob', 'approvals', width);
    const card = await cardWith(page, 'Legacy uploader');
    await unfold(card, card.getByRole('button', { name: 'Approve with changes…' }));
    await takePicture(page, `approval-more-${width}`);
    await card.getByRole('button', { name: 'Approve with changes…' }).click();
    const less = page.getByRole('dialog', { name: /^Approve EX-\w+ with changes$/ });
    await less.getByLabel(/Last day/).waitFor();
    await takePicture(page, `dialog-approve-less-${width}`);
    await less.getByRole('button', { name: 'Close' }).click();

    await card
      .getByRole('button', { name: /Reject/ })
      .first()
      .click();
    const reject = page.getByRole('dialog', { name: /^Reject EX-\w+$/ });
    await reject.getByRole('textbox', { name: /Reason/ }).fill('Use the private endpoint instead.');
    await takePicture(page, `dialog-reject-${width}`);
    await reject.getByRole('button', { name: /^Reject EX-/ }).click();
    await page.getByRole('dialog').getByText('Rejected by Bob Berger').first().waitFor();
    await takePicture(page, `dialog-rejected-${width}`);
    expect(await page.getByText('Teams would not show').count()).toBe(0);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('log').getByText('Rejected by Bob Berger').first().waitFor();
  });
});
