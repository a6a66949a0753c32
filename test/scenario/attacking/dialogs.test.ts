import { startWorld, type World } from '../../world.ts';
import { stateOf } from '../../../scripts/soak/kept/kept-state.ts';
import { dialogText } from '../dialog-text.ts';
import { preparePresses, type Presses } from './genuine-presses.ts';

const altered = 'That button is outdated or was altered.';
const onlyOurs = 'Exemption Desk only answers people of the organisation that runs it.';
const fetches = { msteams: { type: 'task/fetch' } };

/** Dialogs with something else in them than what the bot put there, or of somebody else. */
describe('a dialog that was tampered with', () => {
  let world: World;
  let presses: Presses;
  let before: Awaited<ReturnType<typeof stateOf>>;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', sharedChannels: ['#joint-project'] });
    presses = await preparePresses(world);
  }, 180_000);
  afterAll(() => world.close());
  beforeEach(async () => {
    before = await stateOf(world);
  });
  afterEach(async () => {
    await world.app().idle();
    expect(await stateOf(world)).toEqual(before);
  });

  /** What somebody reads who opens a dialog with a button that carries this. */
  const fetch = async (person: string, data: object, message = presses.approvalCard): Promise<string> =>
    dialogText((await world.teams.submit(person, message, { ...data, ...fetches })).dialog);
  /** What somebody reads who sends this from a dialog that is open. */
  const submit = async (person: string, data: unknown): Promise<string> => {
    const opened = await world.teams.submit(person, presses.approvalCard, {
      ...presses.genuine['open-form'].data,
      ...fetches,
    });
    if (opened.dialog?.kind !== 'card') throw new Error(dialogText(opened.dialog));
    return dialogText(await world.teams.dialogs.submit(person, data));
  };

  it('opens with nothing but what opens a dialog', async () => {
    const { genuine } = presses;
    const opened: string[] = [];
    for (const [verb, { by, data }] of Object.entries(genuine))
      if (!(await fetch(by, data)).includes(altered)) opened.push(verb);
    expect(opened).toEqual([
      'show-recommendation',
      'open-form',
      'extend-request',
      'open-decision',
      'change-request',
      'ask-again',
      'replace-request',
      'open-revocation',
      'show-request',
      'open-exemption',
    ]);
    expect(await fetch('bob', {})).toContain(altered);
    expect(await fetch('bob', { verb: 'help' })).toContain(altered);
  });

  it('does not reach the form of somebody else', async () => {
    const { draftId, genuine } = presses;
    for (const verb of [
      'preview-request',
      'form-as-message',
      'edit-request',
      'send-request',
      'discard-request',
    ] as const)
      expect(await submit('bob', { ...genuine[verb].data, draftId })).toContain('That form is no longer open');
  });

  it.each(['task/fetch', 'approve', 7, null, ['open-form'], { verb: 'open-form' }])(
    'takes nothing that no button of ours carries: %j',
    async (data) => {
      expect(await submit('bob', data)).toContain(altered);
    },
  );

  it('decides nothing for whoever may not', async () => {
    const { genuine, bobsOwn } = presses;
    expect(await submit('bob', { ...genuine['approve-request'].data, reference: bobsOwn })).toContain(
      'because you asked for it yourself',
    );
    expect(await submit('bob', { ...genuine['approve-request'].data, version: 7 })).toContain('has changed since');
    expect(await submit('alice', genuine['reject-request'].data)).toContain('because you asked for it yourself');
    expect(await submit('carol', genuine['approve-request'].data)).toMatch(/none of your Azure roles|may not/i);
  });

  it('shows nothing to somebody without a role', async () => {
    expect(await fetch('dan', presses.genuine['open-form'].data)).toContain(
      'does not concern any resource that you can see',
    );
  });

  it('does not open for guests, and not for people of another tenant', async () => {
    const { data } = presses.genuine['open-form'];
    expect(await fetch('gina', data)).toContain('You are a guest in this organisation.');
    await world.teams.say('bob', '#joint-project', '@Exemption Desk help');
    expect(await fetch('oscar', data, world.teams.messages('#joint-project').at(-1)!.id)).toContain(onlyOurs);
  });
});
