import type { Browser, Page } from 'playwright-core';
import { startPlaygrounds, type Playgrounds } from '../../simulator/playground/start-playgrounds.ts';
import { startWorld, type World } from '../world.ts';
import { cardWith, openBrowser, takePicture, pressSecondary } from './chat-page.ts';
import { openChannel, openPlayground, sayInPlayground } from './playground-page.ts';

const recommendation = 'Secure transfer to storage accounts should be enabled';

/** Two people in Microsoft's own client, with Microsoft's own renderer of cards. */
describe('Microsoft’s Agents Playground', () => {
  const complaints: string[] = [];
  const faults: string[] = [];
  let world: World;
  let playgrounds: Playgrounds;
  let browser: Browser;
  let alice: Page;
  let bob: Page;

  const watched = (page: Page): Page => page.on('pageerror', ({ message }) => void faults.push(message));

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.app().tick();
    [playgrounds, browser] = await Promise.all([
      startPlaygrounds(
        world.teams.backstage,
        [
          { personKey: 'alice', channelName: '#security-alerts', port: 0 },
          { personKey: 'bob', channelName: '#approvals', port: 0 },
        ],
        { complain: (problem) => void complaints.push(problem), environment: process.env },
      ),
      openBrowser(),
    ]);
    const [urlOfAlice = '', urlOfBob = ''] = playgrounds.urls;
    alice = watched(await openPlayground(browser, urlOfAlice));
    bob = watched(await openPlayground(browser, urlOfBob));
  });
  afterAll(async () => {
    await browser.close();
    await playgrounds.close();
    await world.close();
  });

  it('takes Alice from the list to a request, Bob to the approval, and the channel to its alert', async () => {
    await sayInPlayground(alice, 'recommendations');
    await (await cardWith(alice, 'Open recommendations')).getByText(recommendation).click();

    const details = await cardWith(alice, 'Remediation');
    await details.getByRole('checkbox', { name: /stshopprod/ }).check();
    await takePicture(alice, 'playground-recommendation');
    // The Playground has no dialogs.
    await pressSecondary(alice, details, 'Open as a message');

    const form = await cardWith(alice, 'Justification');
    await form.getByRole('textbox', { name: /Name/ }).fill('Legacy uploader');
    await form.getByRole('radio', { name: /Waiver/ }).check();
    await form
      .getByRole('textbox', { name: /Justification/ })
      .fill('The old uploader cannot speak TLS until it is replaced in spring.');
    await takePicture(alice, 'playground-form');
    await form.getByRole('button', { name: 'Preview' }).click();
    const preview = await cardWith(alice, 'Check your request');
    await takePicture(alice, 'playground-preview');
    await preview.getByRole('button', { name: 'Send' }).click();
    await cardWith(alice, 'Waiting for approval');
    await takePicture(alice, 'playground-sent');

    await openChannel(bob, 'approvals');
    const request = await cardWith(bob, 'Alice Anders asks to waive');
    await takePicture(bob, 'playground-approval');
    await request.getByRole('button', { name: '✓ Approve' }).click();
    await request.getByRole('textbox').fill('Fine until spring.');
    await takePicture(bob, 'playground-approving');
    await request.getByRole('button', { name: /Approve EX-/ }).click();
    await cardWith(bob, 'Approved by Bob Berger');
    await world.app().idle();
    await alice
      .getByText(/EX-\w+ was written to Azure/)
      .last()
      .waitFor();

    await world.app().tick();
    await world.teams.waitForMessage('#security-alerts', ({ visibleText }) =>
      visibleText.includes('Exemption created'),
    );
    await openChannel(alice, 'security-alerts');
    await cardWith(alice, 'Exemption created');
    await takePicture(alice, 'playground-alert');
    expect({ complaints, faults }).toEqual({ complaints: [], faults: [] });
  });

  it('shows everything again after the page was loaded anew', async () => {
    const announced = bob.waitForResponse((response) => response.url().endsWith('/installation'));
    await bob.reload();
    await announced;
    await openChannel(bob, 'approvals');
    await cardWith(bob, 'Approved by Bob Berger');
    await bob.setViewportSize({ width: 390, height: 900 });
    await takePicture(bob, 'playground-390');
  });

  it('answers lines after the page was loaded anew, in the personal chat', async () => {
    await bob.setViewportSize({ width: 1280, height: 900 });
    const announced = bob.waitForResponse((response) => response.url().endsWith('/installation'));
    await bob.reload();
    await announced;
    await sayInPlayground(bob, 'requests all');
    const list = await cardWith(bob, 'All requests');
    await list.getByText(recommendation).waitFor();
    await takePicture(bob, 'playground-requests');
  });

  it('listens on 127.0.0.1 only', async () => {
    for (const url of playgrounds.urls)
      await expect(fetch(url.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow('fetch failed');
  });
});
