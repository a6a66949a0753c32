import { startWorld, type World } from '../../world.ts';
import { botPrincipal } from '../../../simulator/tenant/person.ts';
import type { TestMessage } from '../../../simulator/teams/message.ts';
import { knock } from '../knock.ts';
import { latest, sendRequest } from '../steps.ts';

const consentType = 'application/vnd.microsoft.teams.card.file.consent';
const infoType = 'application/vnd.microsoft.teams.card.file.info';

/** Numbers as a card, and as a file that only whoever asked for it can have. */
describe('a report', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    const reference = await sendRequest(world, 'alice');
    await world.teams.say('bob', 'personal', `approve ${reference}`);
    await world.app().idle();
  });
  afterAll(() => world.close());

  const said = async (person: string, text: string, where = 'personal') =>
    (await world.teams.say(person, where, text)).replies.map((reply) => reply.visibleText).join('\n');
  const withAttachment = (person: string, type: string): TestMessage | undefined =>
    world.teams
      .messages(person)
      .findLast(({ attachments, deleted }) => !deleted && attachments.some(({ contentType }) => contentType === type));
  const offerTo = async (person: string): Promise<TestMessage> => {
    await said(person, 'report');
    await world.teams.press(person, latest(world, person).id, 'Get CSV file');
    return withAttachment(person, consentType)!;
  };
  const answered = async (person: string, offer: TestMessage, answer: 'accept' | 'decline') =>
    (await world.teams.answerFileOffer(person, offer.id, answer)).replies.map(({ text }) => text).join('\n');
  /** An answer to an offer that no client would send. */
  const forged = async (person: string, offer: TestMessage, changes: object): Promise<string> => {
    const offerId = (offer.attachments[0]!.content as { acceptContext: { offerId: string } }).acceptContext.offerId;
    const place = `${world.teams.url}/onedrive/upload/x`;
    const uploadInfo = { uploadUrl: place, contentUrl: place, name: 'a.csv', uniqueId: 'x', fileType: 'csv' };
    const value = { type: 'fileUpload', action: 'accept', context: { offerId }, uploadInfo, ...changes };
    const { status, replies } = await knock(
      world,
      person,
      { type: 'invoke', name: 'fileConsent/invoke', value, replyToId: offer.id },
      person,
    );
    expect(status).toBe(200);
    return replies.map(({ text }) => text).join('\n');
  };

  it('says the numbers as text next to a chart of them', async () => {
    const text = await said('carol', 'report');

    expect(text).toMatch(/In force\n\d+/);
    expect(text).toMatch(/Sent\n1\n/);
    expect(text).toMatch(/Approved\n1 of 1 \(100%\)/);
    expect(text).toMatch(/Median time to decide\n\d+ min \(1 decision\)/);
    expect(text).toMatch(/Renewals\n0 of 1 \(0%\)/);
    expect(text).toMatch(/By severity\nExemptions\nEnding soon\nWaiting\nHigh\n(.*\n)?\d+\n\d+\n\d+\n/);
    expect(text).toMatch(/By subscription\nExemptions\nEnding soon\nWaiting\n[a-z]/);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(JSON.stringify(latest(world, 'carol').cards)).toContain('"type":"Chart.HorizontalBar"');
  });

  it('counts only what the asker may list', async () => {
    const inForce = async (person: string) => Number(/In force\n(\d+)/.exec(await said(person, 'report'))![1]);

    expect(await inForce('alice')).toBeLessThan(await inForce('carol'));
    expect(await said('alice', 'report')).not.toContain('corp');
    expect(await said('dan', 'report')).toMatch(/None of your Azure roles lets you read exemptions(?![^]*In force)/);
  });

  it.each([
    ['report 2026-13-01', 'There is no day “2026-13-01”'],
    ['report 2026-11-20 2026-11-01', 'ends (2026-11-01) before it begins'],
    ['report 2999-01-01', 'before it begins'],
  ])('refuses “%s” and says how to write it', async (text, sentence) => {
    expect(await said('carol', text)).toContain(sentence);
  });

  it('becomes a file once its asker allows it, and the offer goes', async () => {
    const offer = await offerTo('carol');
    await answered('carol', offer, 'accept');

    const stored = withAttachment('carol', infoType)!.attachments[0]!;
    const csv = await (await fetch(stored.contentUrl!)).text();
    expect(stored.name).toMatch(/^exemption-report-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv$/);
    expect(csv).toMatch(/^kind,title,severity,scope,category,state,ends,/);
    expect(csv).toMatch(/\r\nexemption,/);
    expect(csv).toMatch(/\r\nrequest,[^\r]*Alice Anders[^\r]*Bob Berger/);
    expect(world.teams.messages('carol').find(({ id }) => id === offer.id)?.deleted).toBe(true);
  });

  it('is for its asker alone', async () => {
    const offer = await offerTo('carol');

    expect(await forged('alice', offer, {})).toContain('no longer on offer');
    expect(await forged('carol', offer, { context: { offerId: 'another' } })).toContain('no longer on offer');
  });

  it('is made with the rights of the moment at which it is accepted', async () => {
    const offer = await offerTo('carol');
    const { roleAssignments } = world.tenant;
    const everybody = roleAssignments.slice();
    const bot = everybody.filter(({ principalId }) => principalId === botPrincipal.objectId);
    roleAssignments.splice(0, everybody.length, ...bot);
    await world.clock.advance('PT10M');

    expect(await answered('carol', offer, 'accept')).toContain('nothing in that report that you may see');
    roleAssignments.splice(0, bot.length, ...everybody);
    await world.clock.advance('PT10M');
  });

  it('is not sent to another place than OneDrive, nor twice', async () => {
    const calls: string[] = [];
    const elsewhere = {
      name: 'a.csv',
      uniqueId: 'x',
      fileType: 'csv',
      contentUrl: `${world.teams.url}/onedrive/files/x`,
    };
    const offer = await offerTo('carol');

    for (const uploadUrl of ['https://evil.example/x', `${world.teams.url}@evil.example/onedrive/`, 'file:///etc/x'])
      calls.push(await forged('carol', await offerTo('carol'), { uploadInfo: { ...elsewhere, uploadUrl } }));
    expect(calls[0]).toContain('not OneDrive, so nothing was sent');
    expect(calls[1]).toMatch(/not OneDrive|does not answer an offer/);
    expect(calls[2]).toContain('does not answer an offer of a file');
    // Each new offer takes the place of the earlier one.
    expect(await forged('carol', offer, {})).toContain('no longer on offer');
  });

  it('says so where the upload fails, and can be asked for anew', async () => {
    expect(await forged('carol', await offerTo('carol'), {})).toContain('could not be saved in your OneDrive');
    const offer = await offerTo('carol');
    expect(await answered('carol', offer, 'accept')).toBe('');
  });

  it('is forgotten when it is declined, or after a day', async () => {
    const declined = await offerTo('carol');
    expect(await answered('carol', declined, 'decline')).toContain('The file was not sent');
    expect(await forged('carol', declined, {})).toContain('no longer on offer');

    const old = await offerTo('carol');
    await world.clock.advance('P1D');
    expect(await forged('carol', old, {})).toContain('no longer on offer');
  });

  it.each([
    ['nothing', { context: null }],
    ['no place', { uploadInfo: undefined }],
    ['another answer', { action: 'perhaps' }],
    ['an endless address', { uploadInfo: { uploadUrl: `https://a.sharepoint.com/${'x'.repeat(9000)}` } }],
  ])('bears an answer with %s in it', async (_name, changes) => {
    expect(await forged('carol', await offerTo('carol'), changes)).toContain('does not answer an offer of a file');
  });

  it('is in a channel what the channel is subscribed to, and no file', async () => {
    await world.teams.say('erin', '#team-shop', '@Exemption Desk subscribe corp-data');
    const text = await said('carol', '@Exemption Desk report', '#team-shop');

    expect(text).toContain('Only what is subscribed here is shown.');
    expect(text).not.toContain('shop-prod');
    const card = latest(world, '#team-shop');
    expect(world.teams.buttons('carol', card.id)).not.toContain('Get CSV file');
    const period = { fromDay: '2026-01-01', toDay: '2026-01-02' };
    await world.teams.submit('carol', card.id, { verb: 'offer-report-file', ...period });
    expect(world.teams.messages('#team-shop').at(-1)?.text).toContain('in your personal chat');
    expect(world.teams.messages('carol').at(-1)?.text).toContain('only in a personal chat');
  });

  it('is offered to nobody who may see nothing', async () => {
    await said('dan', 'report');
    const card = latest(world, 'dan').id;
    expect(world.teams.buttons('dan', card)).toEqual([]);
    const period = { fromDay: '2026-11-01', toDay: '2026-11-20' };
    await world.teams.submit('dan', card, { verb: 'offer-report-file', ...period });

    expect(world.teams.messages('dan').at(-1)?.text).toContain('nothing in that report that you may see');
  });
});
