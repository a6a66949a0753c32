import { startWorld, type World } from '../../world.ts';
import type { DialogAnswer } from '../../../simulator/teams/people/dialog-answer.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { dialogText } from '../dialog-text.ts';
import { formInputs, latest, offered, offeredInDialog, storageRecommendation } from '../steps.ts';

/** The story of asking, told in dialogs: in the own chat and in a channel, where nobody else sees anything of it. */
describe.each(companies)('asking by dialog at $tenant', ({ tenant }) => {
  let world: World;
  const alice = 'alice';
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    const { approver, top } = inCompany(world.tenant);
    await world.teams.say(approver.key, '#team-shop', `@Exemption Desk subscribe ${top.name}`);
    await world.teams.say(approver.key, '#approvals', `@Exemption Desk approvals here for ${top.name}`);
    await world.app().tick();
  }, patience);
  afterAll(() => world.close());

  const open = async (where: string): Promise<DialogAnswer | undefined> => {
    const words = `recommendation ${storageRecommendation}`;
    const chat = where === 'personal' ? alice : where;
    await world.teams.say(alice, where, where === 'personal' ? words : `@Exemption Desk ${words}`);
    const turn = await world.teams.press(alice, latest(world, chat).id, 'Request exemption');
    return 'dialog' in turn ? turn.dialog : undefined;
  };
  const press = async (title: string, inputs: Record<string, string> = {}) =>
    dialogText(await world.teams.dialogs.press(alice, title, inputs));
  const filled = () => ({ ...formInputs, resources: offeredInDialog(world, alice, 'stshopprod') });

  it('keeps what was typed when a field is refused', async () => {
    expect(dialogText(await open('personal'))).toContain('step 1 of 2');
    const said = world.teams.messages(alice).length;

    const again = await world.teams.dialogs.press(alice, 'Preview', { ...filled(), justification: 'too short' });
    expect(dialogText(again)).toContain('at least 20 characters');
    expect(JSON.stringify(again)).toContain('too short');
    expect(world.teams.messages(alice)).toHaveLength(said);
  });

  it('goes from the form over the preview to the request, whose card comes into the own chat once', async () => {
    expect(await press('Preview', filled())).toContain('step 2 of 2');
    const sent = await press('Send');
    expect(sent).toContain('Sent. Its card is in your personal chat');
    await world.app().idle();

    const [request] = await everyRequest(world.app().desk.database.requests);
    expect(sent).toContain(request!.reference);
    const cards = world.teams.messages(alice).filter(({ visibleText }) => visibleText.includes(request!.reference));
    expect(cards).toHaveLength(1);
    expect(latest(world, '#approvals').visibleText).toContain(request!.reference);
    expect(await press('Withdraw')).toContain('Withdrawn');
    await world.app().idle();
    expect(world.teams.messages(alice).find(({ id }) => id === cards[0]!.id)?.visibleText).toContain('Withdrawn');
  });

  it('shows nothing of the form to a channel, and searches there too', async () => {
    expect(dialogText(await open('#team-shop'))).toContain('step 1 of 2');
    const before = world.teams.messages('#team-shop');
    expect(await world.teams.dialogs.search(alice, 'searched', 'shop')).not.toEqual([]);
    expect(await press('Preview', filled())).toContain('step 2 of 2');
    expect(await press('Change')).toContain('step 1 of 2');
    expect(world.teams.messages('#team-shop')).toEqual(before);
  });

  it('moves into the own chat as a message, with everything as it was filled in', async () => {
    expect(dialogText(await open('#team-shop'))).toContain('step 1 of 2');
    const before = world.teams.messages('#team-shop');
    const said = await press('Open as a message', { justification: 'The old uploader' });

    expect(said).toBe('The request form is open in your personal chat with Exemption Desk.');
    expect(JSON.stringify(latest(world, alice).cards)).toContain('The old uploader');
    expect(world.teams.messages('#team-shop')).toEqual(before);
    const form = latest(world, alice).id;
    const resources = offered(world, alice, form, 'stshopprod');
    await world.teams.press(alice, form, 'Preview', { ...formInputs, resources });
    expect(latest(world, alice).visibleText).toContain('step 2 of 2');
  });

  it('closes at Discard, and where the form goes into the chat below it', async () => {
    await open('personal');
    expect(await world.teams.dialogs.press(alice, 'Open as a message')).toEqual({ kind: 'closed' });
    expect(latest(world, alice).visibleText).toContain('step 1 of 2');

    await open('personal');
    expect(await world.teams.dialogs.press(alice, 'Discard')).toEqual({ kind: 'closed' });
  });

  it('opens as a message for a client without dialogs', async () => {
    await world.teams.say(alice, 'personal', `recommendation ${storageRecommendation}`);
    await world.teams.press(alice, latest(world, alice).id, 'Open as a message');
    expect(latest(world, alice).visibleText).toContain('step 1 of 2');
  });
});
