import { buttons } from '../../../src/bot/routes.ts';
import type { Verb } from '../../../src/cards/actions.ts';
import { startWorld, type World } from '../../world.ts';
import { stateOf } from '../../../scripts/soak/kept/kept-state.ts';
import { knock } from '../knock.ts';
import { personNamed, preparePresses, type Presses } from './genuine-presses.ts';
import { formVerbs, withoutRole } from './without-role.ts';
import { latest, storageRecommendation } from '../steps.ts';

const onlyOurs = 'Exemption Desk only answers people of the organisation that runs it.';
const onlyReading =
  'You are a guest in this organisation. Guests can read with Exemption Desk, but request, change and decide nothing.';
const oversize = 'x'.repeat(100_000);
const decisions = ['approve-request', 'approve-less', 'reject-request', 'retry-request', 'withdraw-request'] as const;

/** Every button that there is, pressed with something else than what it carries. */
describe('a button that was tampered with', () => {
  let world: World;
  let pending: string;
  let bobsOwn: string;
  let failed: string;
  let form: string;
  let approvalCard: string;
  let genuine: Presses['genuine'];
  let before: Awaited<ReturnType<typeof stateOf>>;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', sharedChannels: ['#joint-project'] });
    ({ pending, bobsOwn, failed, form, approvalCard, genuine } = await preparePresses(world));
  }, 180_000);
  afterAll(() => world.close());

  beforeEach(async () => {
    before = await stateOf(world);
  });
  afterEach(async () => {
    await world.app().idle();
    expect(await stateOf(world)).toEqual(before);
  });

  /** What somebody hears who sends this from the personal chat of `chat`. */
  const click = async (person: string, value: unknown, chat = person, changes: object = {}): Promise<string> => {
    const { status, replies } = await knock(
      world,
      person,
      { value, replyToId: latest(world, chat).id, ...changes },
      chat,
    );
    expect(status).toBe(200);
    return replies.map(({ visibleText }) => visibleText).join('\n');
  };
  const verbs = (): Verb[] => Object.keys(genuine) as Verb[];
  const changed = (verb: Verb, changes: object): object => ({ ...genuine[verb].data, ...changes });

  it('is refused with a value of a wrong type or size in any field of any button', async () => {
    const accepted: string[] = [];
    for (const verb of verbs()) {
      const { by, data } = genuine[verb];
      for (const [field, value] of Object.entries(data)) {
        const wrong = [null, { a: 1 }, [value], true, typeof value === 'string' ? 7 : '7', -1, 1.5, oversize].filter(
          (each) => typeof each !== typeof value || each === oversize || typeof each === 'number',
        );
        for (const each of wrong) {
          const said = await click(by, changed(verb, { [field]: each }));
          if (!said.includes('That button is outdated or was altered.'))
            accepted.push(`${verb} ${field} ${JSON.stringify(each).slice(0, 20)}: ${said.slice(0, 80)}`);
        }
      }
    }
    expect(accepted).toEqual([]);
  }, 180_000);

  it.each<[Verb, () => object, string]>([
    ['approve-request', () => ({ reference: bobsOwn }), 'because you asked for it yourself'],
    ['approve-request', () => ({ reference: 'EX-ZZZZZZ' }), 'There is no request EX-ZZZZZZ'],
    ['approve-request', () => ({ reference: failed }), 'is already approved by Carol Costa'],
    ['approve-request', () => ({ version: 2 }), 'has changed since this card was drawn'],
    ['approve-less', () => ({ reference: bobsOwn }), 'because you asked for it yourself'],
    ['approve-less', () => ({ version: 2 }), 'has changed since this card was drawn'],
    ['approve-less', () => ({ lastDay: '2090-01-01' }), 'can only shorten'],
    ['approve-less', () => ({ lastDay: '2001-01-01' }), 'must not be in the past'],
    ['approve-less', () => ({ lastDay: 'the audit' }), 'no date that Exemption Desk can read'],
    ['approve-less', () => ({ scopes: '/subscriptions/1' }), 'can only narrow the scope'],
    ['open-decision', () => ({ reference: bobsOwn }), 'because you asked for it yourself'],
    ['open-decision', () => ({ version: 2 }), 'has changed since this card was drawn'],
    ['open-decision', () => ({ form: 'more' }), 'That button is outdated or was altered.'],
    ['change-request', () => ({ reference: bobsOwn }), 'Only Bob Berger may change'],
    ['change-request', () => ({ reference: failed }), 'can no longer be changed'],
    ['change-request', () => ({ version: 2 }), 'has changed since this card was drawn'],
    ['refresh-request', () => ({ reference: failed }), 'There is no request'],
    ['send-in-emergency', () => ({ reason: ' ' }), 'A reason why it cannot wait is required'],
    ['send-in-emergency', () => ({ draftId: 'none' }), 'no longer open'],
    ['send-in-emergency', () => ({}), 'none of your Azure roles'],
    ['reject-request', () => ({ reference: bobsOwn }), 'because you asked for it yourself'],
    ['reject-request', () => ({ reference: failed }), 'is already approved by Carol Costa'],
    ['reject-request', () => ({ version: 0 }), 'has changed since this card was drawn'],
    ['reject-request', () => ({ reason: '' }), 'A reason is required'],
    ['withdraw-request', () => ({ reference: bobsOwn }), 'Only Bob Berger may withdraw'],
    ['withdraw-request', () => ({ reference: failed }), 'is already approved by Carol Costa'],
    ['withdraw-request', () => ({ version: 2 }), 'has changed since this card was drawn'],
    ['retry-request', () => ({ reference: pending }), 'cannot be tried again'],
    ['retry-request', () => ({ reference: bobsOwn }), 'because you asked for it yourself'],
    ['retry-request', () => ({ version: 2 }), 'has changed since this card was drawn'],
    ['replace-request', () => ({ reference: pending }), 'cannot be renewed or changed'],
    ['replace-request', () => ({ reference: 'EX-ZZZZZZ' }), 'There is no request EX-ZZZZZZ'],
    ['let-lapse', () => ({ id: '/subscriptions/1/x' }), 'There is no exemption'],
    ['let-lapse', () => ({}), 'has been renewed'],
    ['clean-up', () => ({}), 'You have no such dry run'],
    ['adopt-exemption', () => ({ id: '/subscriptions/1/x' }), 'There is no exemption'],
    ['adopt-exemption', () => ({ purpose: 'Because.' }), 'of at least 20 characters'],
    ['open-revocation', () => ({ id: '/subscriptions/1/x' }), 'There is no exemption'],
    ['revoke-exemption', () => ({ id: '/subscriptions/1/x' }), 'There is no exemption'],
    ['revoke-exemption', () => ({ seen: 'forged' }), 'has changed since this form was opened'],
    ['revoke-exemption', () => ({ why: ' ' }), 'A reason is required'],
    ['revoke-request', () => ({ reference: pending }), 'is already waiting for approval'],
    ['revoke-request', () => ({ reference: failed }), 'is already approved by Carol Costa'],
    ['revoke-request', () => ({ reference: 'EX-ZZZZZZ' }), 'There is no request EX-ZZZZZZ'],
    ['revoke-request', () => ({ why: ' ' }), 'A reason is required'],
    ['show-request', () => ({ reference: 'EX-ZZZZZZ' }), 'There is no request EX-ZZZZZZ'],
    ['preview-request', () => ({ draftId: 'none' }), 'no longer open'],
    ['turn-form-page', () => ({ draftId: 'none' }), 'no longer open'],
    ['form-as-message', () => ({ draftId: 'none' }), 'no longer open'],
    ['edit-request', () => ({ draftId: 'none' }), 'no longer open'],
    ['send-request', () => ({ draftId: 'none' }), 'no longer open'],
    ['discard-request', () => ({ draftId: 'none' }), 'no longer open'],
    ['open-form', () => ({ assessmentKey: 'none' }), 'does not concern any resource that you can see'],
    ['extend-request', () => ({ reference: 'EX-ZZZZZZ' }), 'There is no request EX-ZZZZZZ'],
    ['show-recommendation', () => ({ assessmentKey: 'none' }), 'not concern any resource that you'],
    ['show-recommendation', () => ({ among: 'rg-shop-prod' }), 'That button is outdated or was altered.'],
    ['show-recommendation', () => ({ among: { group: 7 } }), 'That button is outdated or was altered.'],
    ['show-recommendation', () => ({ among: { owner: oversize } }), 'That button is outdated or was altered.'],
    ['show-recommendation', () => ({ among: { subscription: 'nowhere' } }), 'that you can read is called “nowhere”'],
    ['show-exemption', () => ({ id: '/subscriptions/1/x' }), 'There is no exemption'],
    ['open-exemption', () => ({ token: 'e'.repeat(24) }), 'There is no exemption that you may see here'],
    ['open-exemption', () => ({ token: 'e' }), 'There is no exemption that you may see here'],
    ['offer-report-file', () => ({ fromDay: '2026-11-21' }), 'before it begins'],
    ['offer-report-file', () => ({ fromDay: '2026-02-30' }), 'That button is outdated or was altered.'],
    ['say', () => ({ command: `approve ${bobsOwn}` }), 'because you asked for it yourself'],
    ['say', () => ({ command: 'drop tables' }), 'did not understand that'],
  ])('%s does not reach something else than its own (%#)', async (verb, changes, sentence) => {
    expect(await click(genuine[verb].by, changed(verb, changes()))).toContain(sentence);
  });

  it.each<[Verb, RegExp]>([...withoutRole])('%s does nothing for somebody without a role', async (verb, sentence) => {
    const { replies } = await world.teams.submit('dan', latest(world, 'dan').id, genuine[verb].data);
    const shown = [...replies, latest(world, 'dan')].map(({ visibleText }) => visibleText).join('\n');

    expect(shown).toMatch(sentence);
    expect(shown).not.toContain(storageRecommendation);
  });

  it.each(['approve-request', 'approve-less', 'reject-request', 'retry-request'] as const)(
    '%s does not decide for its own requester',
    async (verb) => {
      await expect(click('alice', genuine[verb].data)).resolves.toContain('because you asked for it yourself');
    },
  );

  it('is refused in the chat of somebody else, whatever it carries', async () => {
    for (const verb of verbs()) {
      const { by, data } = genuine[verb];
      expect(await click(by, data, 'carol')).toContain('This chat belongs to somebody else');
    }
  });

  it.each(formVerbs)('does not bring a form into a channel (%s)', async (verb) => {
    const card = latest(world, '#approvals');
    const { replies } = await world.teams.submit('alice', approvalCard, genuine[verb].data);

    expect(replies.map(({ text }) => text)).toEqual([expect.stringContaining('personal chat')]);
    expect(latest(world, '#approvals')).toEqual(card);
  });

  it('is refused for somebody of another tenant, whatever it carries', async () => {
    const elsewhere = personNamed('gina').tenantId;
    await world.teams.say('bob', '#joint-project', '@Exemption Desk help');
    const joint = world.teams.messages('#joint-project').at(-1)!.id;
    for (const verb of verbs()) {
      const { by, data } = genuine[verb];
      const place = world.teams.conversations().find(({ name }) => name === by)!.conversationId;
      const forged = [
        { channelData: { tenant: { id: elsewhere } } },
        { conversation: { id: place, conversationType: 'personal', tenantId: elsewhere } },
      ];
      for (const changes of forged) expect(await click(by, data, by, changes)).toBe(onlyOurs);
      expect(await world.teams.execute('oscar', joint, { verb, data })).toEqual({ kind: 'message', text: onlyOurs });
      if (buttons[verb].guests === 'reads') continue;
      const { replies } = await knock(world, 'gina', { value: data });
      expect(`${verb}: ${replies.map(({ visibleText }) => visibleText).join('\n')}`).toContain(onlyReading);
    }
  }, 180_000);

  describe('or is replayed after its work is done', () => {
    beforeAll(async () => {
      await world.teams.submit('alice', form, genuine['send-request'].data);
      await world.teams.submit('bob', approvalCard, genuine['approve-request'].data);
      await world.app().idle();
      expect((await world.app().desk.database.requests.find(pending))?.status).toBe('applied');
    });

    it.each([...decisions, 'say'] as const)('changes nothing (%s)', async (verb) => {
      const { by, data } = genuine[verb];
      const late = verb === 'retry-request' ? { ...data, reference: pending } : data;
      expect(await click(by, late)).toMatch(
        /is already approved by Bob Berger|cannot be tried again: .* approved by Bob/,
      );
    });

    it.each(formVerbs)('finds no form any more (%s)', async (verb) => {
      expect(await click('alice', genuine[verb].data)).toContain('That form is no longer open.');
    });

    it('is heard once when the very same click comes twice', async () => {
      const id = crypto.randomUUID();
      const data = genuine['approve-request'].data;

      expect(await click('bob', data, 'bob', { id })).toContain('already approved');
      expect(await click('bob', data, 'bob', { id })).toBe('');
    });
  });
});
