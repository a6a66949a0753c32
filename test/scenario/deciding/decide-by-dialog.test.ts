import { startWorld, type World } from '../../world.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { dialogText } from '../dialog-text.ts';
import { formInputs, latest, sendRequest } from '../steps.ts';

/** The story of deciding, told in dialogs that are opened from the card in the channel. */
describe.each(companies)('deciding by dialog at $tenant', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  let reference: string;
  let card: string;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    people = inCompany(world.tenant);
    const { approver, top } = people;
    await world.teams.say(approver.key, '#approvals', `@Exemption Desk approvals here for ${top.name}`);
    await world.app().tick();
  }, patience);
  afterAll(() => world.close());

  const ask = async (resource: string): Promise<void> => {
    reference = await sendRequest(world, 'alice', { ...formInputs, name: `Legacy uploader of ${resource}` });
    card = latest(world, '#approvals').id;
  };
  const channel = () => world.teams.messages('#approvals');
  const open = async (person: string, title: string): Promise<string> => {
    const turn = await world.teams.press(person, card, title);
    return dialogText('dialog' in turn ? turn.dialog : undefined);
  };
  const press = async (title: string, inputs: Record<string, string>): Promise<string> =>
    dialogText(await world.teams.dialogs.press(people.approver.key, title, inputs));

  it('opens for nobody who could not decide, before they fill in anything', async () => {
    await ask('stshopprod');
    const before = channel();
    expect(await open('alice', '✕ Reject')).toContain('because you asked for it yourself');
    expect(await open(people.auditor.key, 'Approve with changes…')).toMatch(/Azure roles/);
    expect(await open(people.stranger.key, '✕ Reject')).toMatch(/Azure roles|There is no request/);
    expect(channel()).toEqual(before);
  });

  it('approves less: keeps what was filled in when it is refused, and changes the card of the channel', async () => {
    const before = channel();
    expect(await open(people.approver.key, 'Approve with changes…')).toContain(`Approve ${reference} with changes`);
    const title = `Approve ${reference} with these changes`;
    const refused = await press(title, { lastDay: '2090-01-01', note: 'Until the audit.' });
    expect(refused).toContain('can only shorten');
    expect(refused).toContain('Until the audit.');
    expect(channel()).toEqual(before);

    expect(await press(title, { lastDay: '2026-12-10', note: 'Until the audit.' })).toContain('Approved');
    await world.app().idle();
    const after = channel();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.find(({ id }) => id === card)?.visibleText).toMatch(/Approved by|10 Dec 2026/);
  });

  it('says that it is decided already to whoever opens an older card', async () => {
    const data = { verb: 'open-decision', reference, version: 1, form: 'reject', msteams: { type: 'task/fetch' } };
    const { dialog } = await world.teams.submit(people.approver.key, card, data);
    expect(dialogText(dialog)).toContain(`${reference} is already`);
  });

  it('rejects with a reason that the requester reads', async () => {
    await world.teams.say(people.approver.key, 'personal', `revoke ${reference} it is no longer needed`);
    await world.app().idle();
    await ask('stshopprod');
    const before = channel();
    expect(await open(people.approver.key, '✕ Reject')).toContain('The old uploader cannot speak TLS');
    await expect(press(`Reject ${reference}`, { reason: '' })).rejects.toThrow('must be filled');
    expect(await press(`Reject ${reference}`, { reason: 'Use the private endpoint.' })).toContain('Rejected');
    await world.app().idle();

    expect(channel().map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(channel().find(({ id }) => id === card)?.visibleText).toContain('Rejected');
    expect(
      world.teams
        .messages('alice')
        .map(({ visibleText }) => visibleText)
        .join(),
    ).toContain('Use the private endpoint.');
  });
});
