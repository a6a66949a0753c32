import { startWorld, worldStarts, type World } from '../../world.ts';
import { stateOf } from '../../../scripts/soak/kept/kept-state.ts';
import { knock } from '../knock.ts';
import { formInputs, latest, offered, openForm, sendRequest, storageRecommendation } from '../steps.ts';

const dayFromNow = (days: number): string => new Date(worldStarts + days * 86_400_000).toISOString().slice(0, 10);
const tooLong = 'x'.repeat(100 * 1024);
const nested = (depth: number): object => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`) as object;

/** What clumsy and hostile people do: each gets a clear sentence and changes nothing. */
describe('bad input', () => {
  let world: World;
  let reference: string;
  let form: string;
  let draftId: string;
  let storage: string;
  let bobsCard: string;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    reference = await sendRequest(world, 'alice');
    await world.teams.say('bob', 'personal', 'help');
    bobsCard = latest(world, 'bob').id;
    form = await openForm(world, 'alice');
    storage = offered(world, 'alice', form, 'stshoplogs');
    draftId = /"draftId":"([^"]+)"/.exec(JSON.stringify(world.teams.cardFor('alice', form)))![1]!;
  });
  afterAll(() => world.close());

  let before: Awaited<ReturnType<typeof stateOf>>;
  beforeEach(async () => {
    before = await stateOf(world);
  });
  const expectNothingChanged = async () => {
    await world.app().idle();
    expect(await stateOf(world)).toEqual(before);
  };

  /** What somebody reads after a click: what the bot says, and the clicked card as it is now. */
  const submit = async (person: string, card: string, data: unknown): Promise<string> => {
    const { replies } = await world.teams.submit(person, card, data);
    const clicked = world.teams.messages(person).find(({ id }) => id === card);
    return [...replies.map(({ visibleText }) => visibleText), clicked?.visibleText].join('\n');
  };
  const preview = (changes: Record<string, string>) =>
    submit('alice', form, { verb: 'preview-request', draftId, ...formInputs, resources: storage, ...changes });

  describe('in the form', () => {
    it('refuses an empty one with a sentence for each field', async () => {
      const text = await submit('alice', form, { verb: 'preview-request', draftId });

      expect(text).toContain('5 fields need your attention');
      for (const sentence of [
        'Choose at least one resource',
        'Give the exemption a name',
        'Choose Waiver',
        'A justification of',
      ])
        expect(text).toContain(sentence);
      await expectNothingChanged();
    });

    it.each([
      ['a day that is past', { expiry: 'date', expiryDate: '2020-01-01' }, 'expiry date must be after today'],
      ['today as the last day', { expiry: 'date', expiryDate: dayFromNow(0) }, 'expiry date must be after today'],
      ['a day that does not exist', { expiry: 'date', expiryDate: '2027-02-31' }, 'There is no day “2027-02-31”'],
      ['a date without a date', { expiry: 'date', expiryDate: '' }, 'Choose how long'],
      ['a day beyond the limit', { expiry: 'date', expiryDate: dayFromNow(93) }, 'Waiver may last at most 90 days'],
      ['the end of time', { expiry: 'date', expiryDate: '2999-12-31' }, 'Waiver may last at most 90 days'],
      ['a number of days that is not offered', { expiry: '3650' }, 'Choose how long'],
      ['a name that is too long', { name: 'n'.repeat(129) }, 'The name has 129 characters'],
      ['a name of blanks', { name: '   ' }, 'Give the exemption a name.'],
      ['an unknown category', { category: 'Forever' }, 'Choose Waiver'],
      ['blanks for a reason', { justification: ' '.repeat(40) }, 'at least 20 characters'],
      ['invisible characters for a reason', { justification: '\u200b\u3164'.repeat(24) }, 'at least 20 characters'],
      ['a novel for a reason', { justification: 'why '.repeat(300) }, 'at most 1,000'],
      ['a ticket that is too long', { ticket: 't'.repeat(65) }, 'at most 64 characters'],
      ['no resource', { resources: '' }, 'Choose at least one resource'],
      [
        'a resource of somebody else',
        { resources: '/subscriptions/1/resourceGroups/x' },
        'Choose at least one resource',
      ],
      ['a scope that was not offered', { scope: '/subscriptions/1' }, 'Choose at least one resource, or a wider scope'],
      ['more than a field can hold', { name: tooLong }, 'That button is outdated or was altered.'],
    ])('refuses %s', async (_name, changes, sentence) => {
      expect(await preview(changes)).toContain(sentence);
      await expectNothingChanged();
    });

    it.each(['preview-request', 'edit-request', 'send-request', 'discard-request'])(
      'is closed to everybody else (%s)',
      async (verb) => {
        expect(await submit('bob', bobsCard, { verb, draftId })).toContain('That form is no longer open.');
        await expectNothingChanged();
      },
    );

    it('does not send what the preview would refuse', async () => {
      await preview({ name: '' });
      expect(await submit('alice', form, { verb: 'send-request', draftId })).toContain('Give the exemption a name.');
      await expectNothingChanged();
    });

    it('makes one request of two clicks on Send at once', async () => {
      await preview({});
      const seen = /"seen":"([^"]+)"/.exec(JSON.stringify(world.teams.cardFor('alice', form)))![1];
      const send = () => world.teams.submit('alice', form, { verb: 'send-request', draftId, seen });
      const turns = await Promise.all([send(), send(), send()]);
      await world.app().idle();
      expect((await stateOf(world)).requests).toHaveLength(before.requests.length + 1);
      const said = turns.flatMap(({ replies }) => replies.map(({ text }) => text)).filter((text) => text !== '');
      expect(said.join('\n')).toMatch(/already sent|no longer open/);
    });
  });

  describe('in a typed line', () => {
    it.each([
      ['request EX-ZZZZZZ', 'There is no request EX-ZZZZZZ'],
      ['request', 'Name the request, like this: request EX-12AB'],
      ["request EX-1' or 1=1", 'Name the request'],
      ['request EX-12AB;drop', 'Name the request'],
      ['approve', 'Name the request, like this: approve EX-12AB [EX-34CD …] [until 31 Dec|for 2 weeks] [comment]'],
      ['approve EX-ZZZZZZ', 'There is no request EX-ZZZZZZ'],
      ['approve everything', 'Name the request'],
      ['reject', 'Name the request, like this: reject EX-12AB [EX-34CD …] <reason>'],
      ['withdraw 12', 'Name the request'],
      ['requests of Alice', 'Send: requests mine, requests to decide, or requests all'],
      ['recommendation', 'Name the recommendation'],
      ['recommendation nothing like it', 'No recommendation that you can see is called “nothing like it”'],
      ['recommendation should', 'Only title: “should”'],
      ['recommendations severity:terrible', 'The severity is critical, high, medium or low.'],
      ['recommendations "an open quote', 'What you asked for hides all'],
      ["recommendations '; union securityresources //", 'What you asked for hides all'],
      ['recommendations sub:"a\\" | take 5', 'that you can read is called “a\\”,'],
      ['exemptions severity:high', 'severity: does not work here. Filters here are sub: and assignment:.'],
      ['exemption', 'Name the exemption'],
      ['exemption nothing like it', 'nothing like it'],
      ['subscribe contoso', 'Send this in the channel or group chat that it is for'],
      ['approvals here', 'Send this in the channel or group chat that it is for'],
      ['unsubscribe', 'Send this in the channel or group chat that it is for'],
      ['aprove EX-ZZZZZZ', 'Did you mean: approve EX-ZZZZZZ'],
      ['\u202e\u200b\u0000', 'What you can do'],
      ['🚧', 'did not understand that.'],
      ['…', 'reads at most 2,000 characters'],
      ['recommendation …', 'too long'],
      ['reject EX-ZZZZZZ …', 'too long'],
    ])('answers “%s”, where … is 100 KB', async (line, sentence) => {
      const { status, replies } = await knock(world, 'bob', { text: line.replace('…', tooLong) });

      expect(status).toBe(200);
      expect(replies.map(({ visibleText }) => visibleText).join('\n')).toContain(sentence);
      await expectNothingChanged();
    });

    it('refuses a rejection without a reason', async () => {
      const { replies } = await world.teams.say('bob', 'personal', `reject ${reference} \u200b `);

      expect(replies.at(-1)?.text).toContain(`A reason is required: reject ${reference} <reason>`);
      await expectNothingChanged();
    });
  });

  describe('in a click', () => {
    const recommendations = {
      verb: 'list-recommendations',
      text: '',
      severity: 'all',
      subscription: '',
      type: '',
      exempt: false,
    };

    it.each<[string, () => unknown]>([
      ['nothing', () => ({})],
      ['a text', () => 'approve'],
      ['a number', () => 7],
      ['null', () => null],
      ['a list', () => [{ verb: 'approve-request' }]],
      ['a verb that nobody knows', () => ({ verb: 'drop-tables' })],
      ['a verb of the language', () => ({ verb: 'constructor' })],
      ['a page before the first', () => ({ ...recommendations, page: 0 })],
      ['a page that is no number', () => ({ ...recommendations, page: '1' })],
      ['half a page', () => ({ ...recommendations, page: 1.5 })],
      ['a page beyond all', () => ({ ...recommendations, page: 1e9 })],
      ['a reference that is none', () => ({ verb: 'approve-request', reference: "EX-1' or 1=1", version: 1 })],
      ['a version that is none', () => ({ verb: 'approve-request', reference, version: -1 })],
      ['no version', () => ({ verb: 'approve-request', reference })],
      ['an object for a comment', () => ({ verb: 'approve-request', reference, version: 1, comment: { a: 1 } })],
      ['a novel for a comment', () => ({ verb: 'approve-request', reference, version: 1, comment: tooLong })],
      ['an id that is a path', () => ({ verb: 'show-recommendation', assessmentKey: '../../x', page: 1 })],
      ['deep nesting', () => ({ verb: 'say', command: nested(30) })],
    ])('answers one that carries %s', async (_name, data) => {
      expect(await submit('bob', bobsCard, data())).toContain('That button is outdated or was altered.');
      await expectNothingChanged();
    });

    it.each([
      ['a page after the last', { ...recommendations, page: 9999 }, /Open recommendations/],
      ['a missing recommendation', { verb: 'show-recommendation', assessmentKey: 'none', page: 1 }, /not concern any/],
      ['a form for nothing', { verb: 'open-form', assessmentKey: 'none' }, /does not concern any/],
      ['an unknown request', { verb: 'show-request', reference: 'EX-ZZZZZZ' }, /There is no request EX-ZZZZZZ/],
      ['an unknown draft', { verb: 'send-request', draftId: 'none' }, /That form is no longer open/],
      ['an unknown exemption', { verb: 'show-exemption', id: '/x' }, /^There is no exemption that you may see here\./],
      ['a command in a command', { verb: 'say', command: 'approve' }, /Name the request/],
    ])('answers one that asks for %s', async (_name, data, sentence) => {
      expect(await submit('bob', bobsCard, data)).toMatch(sentence);
      await expectNothingChanged();
    });

    it.each([0, 2, 99])('refuses a decision on a version that is not there (%d)', async (version) => {
      for (const verb of ['approve-request', 'reject-request']) {
        const text = await submit('bob', bobsCard, { verb, reference, version, reason: 'Because of it.' });
        expect(text).toContain(`${reference} has changed since this card was drawn.`);
      }
      await expectNothingChanged();
    });

    it('refuses a rejection whose reason was left empty', async () => {
      const text = await submit('bob', bobsCard, { verb: 'reject-request', reference, version: 1, reason: ' \n ' });

      expect(text).toContain('A reason is required');
      await expectNothingChanged();
    });

    it.each(['withdraw-request', 'retry-request'])('keeps %s to whom it belongs', async (verb) => {
      expect(await submit('bob', bobsCard, { verb, reference, version: 1 })).toMatch(
        /Only Alice|cannot be tried again/,
      );
      await expectNothingChanged();
    });

    it('does not let somebody click in the personal chat of another', async () => {
      const card = latest(world, 'alice');
      const click = { value: { verb: 'approve-request', reference, version: 1 }, replyToId: card.id };
      const { status, replies } = await knock(world, 'bob', click, 'alice');

      expect({ status, said: replies.map(({ text }) => text) }).toEqual({
        status: 200,
        said: [expect.stringContaining('This chat belongs to somebody else') as string],
      });
      expect(latest(world, 'alice')).toEqual(card);
      await expectNothingChanged();
      const { replies: own } = await world.teams.say('bob', 'personal', 'help');
      expect(own.at(-1)?.visibleText).toContain('What you can do');
    });
  });

  describe('in an activity', () => {
    it.each([
      ['neither text nor value', {}, 'What you can do'],
      ['a text of null', { text: null }, 'What you can do'],
      ['mentions of nobody', { text: 'help', entities: [{ type: 'mention' }, { type: 'x' }] }, 'What you can do'],
      ['a name of null', { text: 'help', from: undefined }, 'What you can do'],
    ])('answers one with %s', async (_name, changes, sentence) => {
      const alice = {
        id: world.teams.userId('alice'),
        name: null,
        aadObjectId: '00000000-0000-4000-8000-000000000101',
      };
      const from = 'from' in changes ? { from: alice } : {};
      const { status, replies } = await knock(world, 'alice', { ...changes, ...from });

      expect(status).toBe(200);
      expect(replies.at(-1)?.visibleText).toContain(sentence);
      await expectNothingChanged();
    });

    it.each([
      ['a number for a text', { text: 7 }],
      ['a list for a text', { text: ['approve'] }],
      ['a text for its mentions', { entities: 'mention' }],
      ['a mention that is a text', { entities: ['mention'] }],
      ['a number for its tenant', { conversation: { id: 'a:1', conversationType: 'personal', tenantId: 7 } }],
      ['a text for its channel data', { channelData: 'tenant' }],
      ['a number for a person', { from: { id: '29:1', aadObjectId: 7 } }],
      ['a list for the clicked card', { value: {}, replyToId: ['1'] }],
      ['nesting without a bottom', { value: { verb: 'say', command: nested(3000) } }],
      ['an id that no database takes', { text: 'help', id: 'a\u0000' }],
    ])('refuses one with %s at the door', async (_name, changes) => {
      expect(await knock(world, 'alice', changes)).toEqual({ status: 400, replies: [] });
      await expectNothingChanged();
    });

    it('answers nobody who is not named', async () => {
      const { replies } = await knock(world, 'alice', { text: `withdraw ${reference}`, from: { id: '29:1' } });

      expect(replies.map(({ text }) => text)).toEqual([expect.stringContaining('Teams did not say who you are')]);
      await expectNothingChanged();
    });
  });

  it('still works for whoever asks properly', async () => {
    const { replies } = await world.teams.say('alice', 'personal', 'recommendations storage');

    expect(replies.at(-1)?.visibleText).toContain(storageRecommendation);
  });
});
