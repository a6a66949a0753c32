import type { ActionData, Verb } from '../../../src/cards/actions.ts';
import { latestReportWeek } from '../../../src/core/week.ts';
import { choiceTokens } from '../../../src/core/request/choice-token.ts';
import { buttons } from '../../../src/bot/routes.ts';
import type { TestMessage } from '../../../simulator/teams/message.ts';
import { startWorld, type World } from '../../world.ts';
import { formInputs, latest, offered, openForm, sendRequest } from '../steps.ts';

const everyRecommendation = {
  verb: 'list-recommendations',
  text: '',
  severity: 'all',
  subscription: '',
  type: '',
  exempt: false,
  page: 1,
} as const;

/** A card in a channel belongs to everybody there: what somebody opens from it comes to them alone. */
describe('a card that a channel shares', () => {
  let world: World;
  let report: TestMessage;

  const said = (chat: string) => world.teams.messages(chat).filter(({ from }) => from === 'bot');
  const now = (message: TestMessage): TestMessage | undefined =>
    world.teams.messages(message.chat).find(({ id }) => id === message.id);
  /** What a press adds to the channel and to the personal chat of whoever pressed. */
  const press = async (person: string, message: TestMessage, act: () => Promise<unknown>) => {
    const before = { channel: said(message.chat).length, personal: said(person).length };
    await act();
    await world.app().idle();
    return { channel: said(message.chat).slice(before.channel), personal: said(person).slice(before.personal) };
  };

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    for (const person of ['alice', 'carol']) await world.teams.say(person, 'personal', 'help');
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await world.app().idle();
    const { dueAt } = latestReportWeek(world.clock.now(), 'Europe/Berlin');
    const monday = dueAt.getTime() + 7 * 86_400_000;
    await world.clock.advance(`PT${Math.ceil((monday - world.clock.now().getTime()) / 1000)}S`);
    await world.app().idle();
    report = latest(world, '#security-alerts');
  });
  afterAll(() => world.close());

  it('stays the report of the week for everybody while somebody with fewer rights opens a list from it', async () => {
    expect(report.visibleText).toContain('The week in exemptions');
    const { channel, personal } = await press('alice', report, () =>
      world.teams.press('alice', report.id, 'Show exemptions'),
    );

    expect(now(report)).toEqual(report);
    expect(channel.map(({ text }) => text)).toEqual([
      'Alice Anders: The answer is in your personal chat with Exemption Desk.',
    ]);
    expect(personal.map(({ visibleText }) => visibleText).join()).toContain('In shop-prod / rg-shop-prod');
  });

  it('opens as a copy that turns its pages in place, in the personal chat', async () => {
    const { personal } = await press('carol', report, () =>
      world.teams.submit('carol', report.id, everyRecommendation),
    );
    const [copy] = personal;
    expect(copy?.visibleText).toContain('1–10 of');
    const turned = await press('carol', copy!, () => world.teams.press('carol', copy!.id, 'Next'));

    expect(turned.personal).toEqual([]);
    expect(now(copy!)?.visibleText).toContain('11–');
  });

  it('shows what the person may see, not only what the channel is subscribed to', async () => {
    await world.teams.say('erin', '#team-shop', '@Exemption Desk subscribe corp-data');
    await world.app().tick();
    await world.teams.say('bob', '#team-shop', '@Exemption Desk recommendations');
    const list = latest(world, '#team-shop');
    expect(list.visibleText).toContain('In corp-data');
    const { personal } = await press('carol', list, () =>
      world.teams.press('carol', list.id, 'Show those with exemptions'),
    );

    expect(now(list)).toEqual(list);
    expect(personal.map(({ visibleText }) => visibleText).join()).toContain('In Contoso');
  });

  it('turns its pages where it stands for the one who asked for it', async () => {
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk recommendations');
    const list = latest(world, '#security-alerts');
    const { channel, personal } = await press('bob', list, () => world.teams.press('bob', list.id, 'Next'));

    expect([channel, personal]).toEqual([[], []]);
    expect(now(list)?.visibleText).toContain('11–');
  });

  it('tells somebody without a personal chat how to begin one', async () => {
    const { channel } = await press('dan', report, () => world.teams.press('dan', report.id, 'Show exemptions'));

    expect(now(report)).toEqual(report);
    expect(channel.map(({ text }) => text).join()).toMatch(
      /^Dan Dorn: This answer is only for you\. .* Apps, .* Add\./,
    );
  });

  it('answers where the client waits for a response there, and in the channel not at all', async () => {
    const { verb, ...data } = everyRecommendation;
    const answers: unknown[] = [];
    for (const person of ['carol', 'dan']) {
      const { channel } = await press(person, report, async () => {
        answers.push(await world.teams.execute(person, report.id, { verb, data }));
      });
      expect(channel).toEqual([]);
    }

    expect(answers[0]).toEqual({ kind: 'message', text: 'The answer is in your personal chat with Exemption Desk.' });
    expect(JSON.stringify(answers[1])).toContain('Dan Dorn: This answer is only for you.');
    expect(now(report)).toEqual(report);
  });

  describe('whatever its button is', () => {
    type Row = { readonly by: 'alice' | 'bob' | 'carol'; readonly on?: string; readonly data: ActionData };
    let rows: Readonly<Record<Verb, Row | 'acts'>>;
    let reference: string;
    let approval: string;

    beforeAll(async () => {
      await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
      await world.app().tick();
      reference = await sendRequest(world, 'alice');
      approval = latest(world, '#approvals').id;
      const { requests } = world.app().desk.database;
      const request = (await requests.find(reference))!;
      const inForce = 'EX-1NF0CE';
      await requests.add({ ...request, reference: inForce, status: 'effective', version: 3 });
      const withdrawn = 'EX-W1THDR';
      await requests.add({ ...request, reference: withdrawn, status: 'withdrawn', version: 2 });
      const form = await openForm(world, 'alice');
      const draftId = /"draftId":"([^"]+)"/.exec(JSON.stringify(world.teams.cardFor('alice', form)))![1]!;
      const resources = offered(world, 'alice', form, 'stshoplogs');
      const { key: assessmentKey } = request.terms.recommendation;
      const { id } = world.tenant.exemptions.all()[0]!;
      const { unclaimedDrafts } = world.app().desk.database;
      await unclaimedDrafts.add({
        ...{
          id: 'left',
          application: 'a',
          form: {},
          onBehalfOf: '',
          createdAt: world.clock.now(),
          claimedBy: undefined,
        },
        recommendation: { ...request.terms.recommendation, policyDefinitionId: undefined },
        scopes: request.terms.scopes,
      });
      const filled = { ...formInputs, resources, expiryDate: '', ticket: '' };
      rows = {
        'list-recommendations': { by: 'carol', data: everyRecommendation },
        'show-recommendation': { by: 'carol', data: { verb: 'show-recommendation', assessmentKey, page: 1 } },
        'list-exempted': { by: 'carol', data: { verb: 'list-exempted', assessmentKey, page: 1 } },
        'open-form': { by: 'alice', data: { verb: 'open-form', assessmentKey, selected: '' } },
        'extend-request': { by: 'alice', data: { verb: 'extend-request', reference: inForce } },
        'preview-request': { by: 'alice', data: { verb: 'preview-request', draftId, ...filled } },
        'turn-form-page': { by: 'alice', data: { verb: 'turn-form-page', draftId, page: 1, shown: [], ...filled } },
        'form-as-message': { by: 'alice', data: { verb: 'form-as-message', draftId, page: 1, shown: [], ...filled } },
        'edit-request': { by: 'alice', data: { verb: 'edit-request', draftId } },
        'open-decision': {
          by: 'bob',
          on: approval,
          data: { verb: 'open-decision', reference, version: 1, form: 'less' },
        },
        'decide-several': 'acts',
        'change-request': { by: 'alice', data: { verb: 'change-request', reference, version: 1 } },
        'claim-draft': { by: 'alice', data: { verb: 'claim-draft', draftId: 'left' } },
        'ask-again': { by: 'alice', data: { verb: 'ask-again', reference: withdrawn } },
        'replace-request': { by: 'alice', data: { verb: 'replace-request', reference: inForce, deed: 'renew' } },
        'refresh-request': { by: 'carol', on: approval, data: { verb: 'refresh-request', reference } },
        'show-request': { by: 'carol', data: { verb: 'show-request', reference } },
        'list-requests': { by: 'carol', data: { verb: 'list-requests', which: 'all', status: 'any', page: 1 } },
        'list-exemptions': {
          by: 'carol',
          data: { verb: 'list-exemptions', text: '', filter: 'all', withinDays: 30, page: 1 },
        },
        'show-exemption': { by: 'carol', data: { verb: 'show-exemption', id } },
        'open-exemption': {
          by: 'carol',
          data: { verb: 'open-exemption', token: choiceTokens(world.app().desk.hash)(id) },
        },
        'show-score': { by: 'carol', data: { verb: 'show-score', subscription: '', page: 1 } },
        'show-status': { by: 'carol', data: { verb: 'show-status' } },
        'offer-report-file': {
          by: 'carol',
          data: { verb: 'offer-report-file', fromDay: '2026-11-01', toDay: '2026-11-20' },
        },
        say: { by: 'carol', data: { verb: 'say', command: 'recommendations' } },
        'send-request': 'acts',
        'send-in-emergency': 'acts',
        'discard-request': 'acts',
        'approve-request': 'acts',
        'approve-less': 'acts',
        'reject-request': 'acts',
        'withdraw-request': 'acts',
        'revoke-request': 'acts',
        'retry-request': 'acts',
        'let-lapse': 'acts',
        'adopt-exemption': 'acts',
        'open-revocation': { by: 'bob', data: { verb: 'open-revocation', id } },
        'revoke-exemption': 'acts',
        'clean-up': 'acts',
        'send-again': 'acts',
      };
    });

    it.each(Object.values(buttons).map(({ verb, does }) => [verb, does] as const))(
      'is as it was, if the button opens something (%s %s)',
      async (verb, does) => {
        const row = rows[verb];
        expect(row === 'acts' ? 'acts' : 'opens').toBe(does);
        if (row === 'acts') return;
        const shared = world.teams.messages(row.on === undefined ? report.chat : '#approvals');
        const card = shared.find(({ id }) => id === (row.on ?? report.id))!;
        const { channel, personal } = await press(row.by, card, () => world.teams.submit(row.by, card.id, row.data));

        expect(now(card)).toEqual(card);
        expect(channel.filter(({ cards }) => cards.length > 0)).toEqual([]);
        expect(channel.map(({ text }) => text)).toEqual([expect.stringContaining('in your personal chat')]);
        expect(personal.filter(({ attachments }) => attachments.length > 0)).toHaveLength(1);
      },
    );

    it('shows everybody what was done with it', async () => {
      const card = world.teams.messages('#approvals').find(({ id }) => id === approval)!;
      await world.teams.press('bob', approval, `Approve ${reference}`);
      await world.app().idle();

      expect(now(card)?.visibleText).toContain('Approved by Bob Berger');
      expect(now(card)?.version).toBeGreaterThan(card.version);
    });
  });
});
