import type { Assessment } from '../../../simulator/tenant/assessments.ts';
import type { Person } from '../../../simulator/tenant/person.ts';
import type { TestMessage } from '../../../simulator/teams/message.ts';
import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { formInputs, latest } from '../steps.ts';

const [one, other] = ['#security-alerts', '#second'] as const;
const titleOf = (cards: TestMessage['cards']): string =>
  /"large","text":"([^"]+)"|"text":"([^"]+)","size":"large"/.exec(JSON.stringify(cards))?.slice(1).join('') ?? '';
const purpose = 'It is needed until the new platform is there.';

/** An alert goes on saying what is true, in every channel that has it: at a small tidy company and at a large untidy one. */
describe.each(companies)('alerts kept current at $tenant', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  let open: Assessment[];
  const { said, request, written } = aroundRequests(() => world);

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant, alertsAtOnce: 1000, moreChannels: [other] });
    people = inCompany(world.tenant);
    for (const channel of [one, other])
      await world.teams.say(people.approver.key, channel, `@Exemption Desk subscribe ${people.top.name}`);
    await world.teams.say(people.approver.key, '#approvals', `@Exemption Desk approvals here for ${people.top.name}`);
    for (const person of [people.approver, people.auditor]) await said(person.key, 'help');
    await world.app().tick();
    const isEnabled = ({ resource }: Assessment): boolean =>
      world.tenant.subscriptions.find(({ subscriptionId }) => subscriptionId === resource.subscriptionId)?.state !==
      'Disabled';
    open = people
      .openFor(people.auditor)
      .filter(isEnabled)
      .filter(
        ({ recommendation: { policyDefinitionId }, resource }) =>
          policyDefinitionId !== undefined && resource.resourceGroup !== '',
      )
      .filter(({ resource }) => people.seesAndMay(people.approver, 'write exemptions', resource.id));
  }, patience);
  afterAll(() => world.close());

  const settled = async (): Promise<void> => {
    await world.app().idle();
    await world.clock.advance('PT6M');
    await world.clock.advance('PT6M');
    // What Teams did not take at once on a busy machine is posted by the next minute.
    await world.clock.advance('PT1M');
  };
  const alerts = (channel: string): TestMessage[] =>
    world.teams.messages(channel).filter(({ visibleText }) => visibleText.startsWith('Exemption alert'));
  const posts = () => [one, other].map((channel) => alerts(channel).length);
  /** What was posted since, in both channels alike. */
  const since = ([first, second]: readonly number[]): TestMessage[] => {
    const [here, there] = [alerts(one).slice(first), alerts(other).slice(second)];
    const texts = (some: TestMessage[]) => some.map(({ visibleText }) => visibleText).sort();
    expect(texts(there)).toEqual(texts(here));
    return here;
  };
  const now = ({ chat, id }: TestMessage): TestMessage => world.teams.messages(chat).find((each) => each.id === id)!;
  const buttons = (message: TestMessage): string[] => world.teams.buttons(people.approver.key, message.id);
  /** A card in the first channel and its copy in the second. */
  const copies = (message: TestMessage): TestMessage[] => {
    const key = /EX-[0-9A-Z]+/.exec(message.visibleText)?.[0] ?? '';
    const like = (channel: string): TestMessage[] =>
      alerts(channel).filter(
        ({ cards, visibleText }) => visibleText.includes(key) && titleOf(cards) === titleOf(message.cards),
      );
    const at = like(one)
      .toReversed()
      .findIndex(({ id }) => id === message.id);
    return [now(message), like(other).toReversed()[at]!];
  };
  const expectNow = (message: TestMessage, line: RegExp, left: readonly string[]): void => {
    for (const copy of copies(message)) {
      expect(copy.visibleText).toMatch(line);
      expect(buttons(copy)).toEqual(left);
      expect(copy.mentioned).toEqual(message.mentioned);
    }
  };
  const exemptInPortal = async ({ resource, recommendation }: Assessment, expiresInDays = 40) => {
    const before = posts();
    const wish = { scope: resource.id, recommendation: recommendation.assessmentKey, expiresInDays };
    const { exemptions } = (await world.control['POST /simulator/portal-exemption']!(wish)) as { exemptions: string[] };
    await settled();
    const [card, ...more] = since(before);
    expect(more).toEqual([]);
    return { card: card!, exemptions };
  };
  const ask = async (by: Person, { resource, recommendation }: Assessment, days = 30): Promise<string> => {
    await said(by.key, `exempt "${resource.id}" from ${recommendation.assessmentKey} for ${days} days as waiver`);
    const form = latest(world, by.key).id;
    await world.teams.press(by.key, form, 'Preview', { justification: formInputs.justification });
    await world.teams.press(by.key, form, 'Send', {});
    await world.app().idle();
    return /EX-[0-9A-Z]+/.exec(latest(world, by.key).visibleText)![0];
  };
  const askAndWrite = async (at: Assessment): Promise<{ reference: string; card: TestMessage }> => {
    const before = posts();
    const reference = await ask(people.auditor, at);
    expect(await said(people.approver.key, `approve ${reference}`)).toContain(reference);
    await settled();
    const [card] = since(before);
    expect(card!.visibleText).toContain(reference);
    return { reference, card: card! };
  };

  it(
    'says that somebody adopted what was made outside, and by whom',
    async () => {
      const { card } = await exemptInPortal(open[0]!);
      expect(buttons(card)).toContain('Adopt this exemption');
      await world.teams.press(people.approver.key, card.id, 'Adopt this exemption', { purpose });
      await settled();
      expectNow(card, new RegExp(`Adopted as EX-\\w+ by ${people.approver.name} on \\d+ \\w+ 202\\d`), ['Details']);
    },
    patience,
  );

  it(
    'says that it was deleted outside, and tells it in the thread of the alert',
    async () => {
      const { card, exemptions } = await exemptInPortal(open[1]!);
      const before = posts();
      for (const exemption of exemptions) await world.control['POST /simulator/portal-delete']!({ exemption });
      await settled();
      expectNow(card, /Deleted outside Exemption Desk, as found on \d+ \w+ 202\d/, []);
      const told = since(before);
      expect(told.length).toBeGreaterThan(0);
      for (const { visibleText, threadId } of told)
        expect([threadId, visibleText]).toEqual([card.threadId, expect.stringContaining('Exemption deleted')]);
    },
    patience,
  );

  it(
    'says what somebody changed outside, and goes on following it under its new end',
    async () => {
      const { card, exemptions } = await exemptInPortal(open[2]!);
      for (const exemption of exemptions)
        await world.control['POST /simulator/portal-change']!({ exemption, expiresInDays: 60 });
      await settled();
      expectNow(card, /Changed outside Exemption Desk by pat@\S+ on [^.]+\. Expiry changed from/, [
        'Adopt this exemption',
        'Details',
        'Revoke…',
        'Revoke as a message',
      ]);
      for (const exemption of exemptions) await world.control['POST /simulator/portal-delete']!({ exemption });
      await settled();
      expectNow(card, /Deleted outside Exemption Desk/, []);
    },
    patience,
  );

  it(
    'says who revoked what was requested, at once',
    async () => {
      const { reference, card } = await askAndWrite(open[3]!);
      const before = posts();
      await said(people.approver.key, `revoke ${reference} The machine is gone.`);
      await world.app().idle();
      expect((await request(reference)).status).toBe('revoked');
      expectNow(card, new RegExp(`Revoked by ${people.approver.name} on`), ['Details']);
      await settled();
      expect(written(reference)).toEqual([]);
      expect(since(before).map(({ threadId, visibleText }) => [threadId, visibleText])).toEqual([
        [card.threadId, expect.stringContaining('Exemption revoked')],
      ]);
    },
    patience,
  );

  it(
    'says that reminders were stopped, that it was renewed, and names days, not how many are left',
    async () => {
      const { reference, card } = await askAndWrite(open[4]!);
      const before = posts();
      await world.clock.advance('P24D');
      const [warning] = since(before).filter(({ visibleText }) => visibleText.includes(reference));
      expect(warning!.visibleText).toMatch(/Exemption about to expire: ends on \d+ \w+ 202\d/);
      expect(warning!.visibleText).not.toMatch(/days? left/);
      expect(buttons(warning!)).toContain('Stop reminders');
      await world.teams.press(people.approver.key, warning!.id, 'Stop reminders');
      await world.app().idle();
      for (const copy of copies(warning!)) {
        expect(copy.visibleText).toMatch(new RegExp(`Reminders stopped by ${people.approver.name} on`));
        expect(buttons(copy)).toContain('Renew');
        expect(buttons(copy)).not.toContain('Stop reminders');
      }
      await said(people.auditor.key, `renew ${reference}`);
      const form = latest(world, people.auditor.key).id;
      await world.teams.press(people.auditor.key, form, 'Preview', { justification: formInputs.justification });
      await world.teams.press(people.auditor.key, form, 'Send', {});
      await world.app().idle();
      const renewal = /EX-[0-9A-Z]+/.exec(latest(world, people.auditor.key).visibleText)![0];
      await said(people.approver.key, `approve ${renewal}`);
      await settled();
      expect((await request(reference)).status).toBe('replaced');
      for (const each of [card, warning!])
        expectNow(each, new RegExp(`Renewed as ${renewal} by ${people.auditor.name} on`), ['Details']);
      const told = since(before).find(({ visibleText }) => visibleText.includes('Exemption renewed'));
      expect(told?.threadId).toBe(warning!.threadId);
    },
    patience,
  );

  it(
    'says that it expired, in the thread of the warning, and offers to renew it',
    async () => {
      const { reference, card } = await askAndWrite(open[5]!);
      const before = posts();
      await world.clock.advance('P31D');
      await settled();
      const about = since(before).filter(({ visibleText }) => visibleText.includes(reference));
      const warning = about.find(({ visibleText }) => visibleText.includes('about to expire'));
      const end = about.find(({ visibleText }) => visibleText.includes('Exemption expired'));
      expect(end?.threadId).toBe((warning ?? card).threadId);
      expectNow(card, /Expired on \d+ \w+ 202\d/, ['Renew', 'Details', 'Renew as a message']);
    },
    patience,
  );

  it(
    'forgets a card that somebody deleted, and keeps the other copy current',
    async () => {
      const { card, exemptions } = await exemptInPortal(open[6]!);
      const [mine, copy] = copies(card);
      world.teams.backstage.board.remove(mine!.id);
      for (const exemption of exemptions) await world.control['POST /simulator/portal-delete']!({ exemption });
      await settled();
      expect(now(copy!).visibleText).toContain('Deleted outside Exemption Desk');
    },
    patience,
  );
});
