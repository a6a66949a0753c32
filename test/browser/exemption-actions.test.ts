import type { Browser } from 'playwright-core';
import { startWorld, type World } from '../world.ts';
import { sendRequest } from '../scenario/steps.ts';
import { cardWith, openBrowser, openChat, say, takeCardPicture } from './chat-page.ts';

/** Pictures of what can be done with an exemption that stands in Azure. */
describe('the cards of exemptions in the chat page', () => {
  let world: World;
  let browser: Browser;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  it('offer adopting, asking the creator and cleaning up', async () => {
    const bob = await openChat(browser, world, 'bob');
    await say(bob, 'exemption ASC-vm-shop-2-jit-Deploy-MDC-MCSB');
    const card = await cardWith(bob, 'Created outside Exemption Desk');
    await card.getByRole('button', { name: 'Adopt…' }).click();
    await card.getByLabel('Why it is needed').waitFor();
    await takeCardPicture(bob, 'Created outside Exemption Desk', 'exemption-outside');
    await say(bob, 'cleanup');
    await cardWith(bob, 'nothing is deleted yet');
    await takeCardPicture(bob, 'nothing is deleted yet', 'cleanup');
  });

  it('offer renewing and revoking, on a narrow screen as well', async () => {
    const reference = await sendRequest(world, 'alice');
    await world.teams.say('bob', 'personal', `approve ${reference}`);
    await world.app().idle();
    const [written] = world.tenant.exemptions
      .all()
      .filter(({ properties }) => JSON.stringify(properties).includes(reference));
    const alice = await openChat(browser, world, 'alice', 'personal', 420);
    await say(alice, `exemption ${written!.name}`);
    await cardWith(alice, 'Policy assignment');
    await takeCardPicture(alice, 'Policy assignment', 'exemption-in-force');
    await say(alice, `renew ${reference}`);
    await cardWith(alice, `Renew exemption ${reference}`);
    await takeCardPicture(alice, `Renew exemption ${reference}`, 'renewal-form');
  });
});
