import { startWorld, type World } from '../../world.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

describe('asking for an exemption in one sentence', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
  });
  afterAll(() => world.close());

  const say = async (person: string, where: string, text: string) =>
    (await world.teams.say(person, where, text)).replies.at(-1)!;

  const sentence =
    'exempt stshopprod from Secure transfer to storage accounts should be enabled for 30 days as waiver because the uploader is replaced in spring';

  it('opens the form filled in, and sends nothing by itself', async () => {
    const form = await say('alice', 'personal', sentence);

    expect(form.visibleText).toContain('the uploader is replaced in spring');
    await world.teams.press('alice', form.id, 'Preview', {});
    const preview = await world.teams.waitForMessage('alice', (each) =>
      each.visibleText.includes('Check your request'),
    );
    expect(preview.visibleText).toContain('shop-prod / rg-shop-prod / stshopprod');
    expect(preview.visibleText).not.toContain('stshoplogs');
    expect(await everyRequest(world.app().desk.database.requests)).toEqual([]);
  });

  it('says so when the resource or the sentence is not understood', async () => {
    expect((await say('alice', 'personal', 'exempt nothing from Secure transfer')).text).toContain(
      'not open on any resource called “nothing”',
    );
    expect((await say('alice', 'personal', 'exempt stshopprod')).text).toContain(
      'Name the resource and the recommendation',
    );
  });

  it('asks which of many recommendations is meant, and says how many it leaves out', async () => {
    const question = await say('alice', 'personal', 'exempt stshopprod from should be');

    const [, all] = /matches (\d+) recommendations/.exec(question.visibleText) ?? [];
    expect(Number(all)).toBeGreaterThan(5);
    expect(question.visibleText).toContain(`to find the other ${Number(all) - 5}, which have no button here.`);
    expect(question.visibleText).toContain('Secure transfer to storage accounts should be enabled');
  });

  it('opens the form in the personal chat when it is said in a channel', async () => {
    const pointer = await say('alice', '#team-shop', `@Exemption Desk ${sentence}`);

    expect(pointer.text).toContain('your personal chat');
    expect(world.teams.messages('alice').at(-1)?.visibleText).toContain('the uploader is replaced in spring');
  });
});
