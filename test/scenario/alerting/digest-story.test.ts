import type { Assessment } from '../../../simulator/tenant/assessments.ts';
import type { TestMessage } from '../../../simulator/teams/message.ts';
import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { formInputs, latest } from '../steps.ts';

const channel = '#security-alerts';

/** A digest is a picture of a morning: it says so, and whatever becomes of its rows later, each answers a press in words that are true. */
describe.each(companies)('a daily digest at $tenant', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  let open: Assessment[];
  let reference: string;
  let made: readonly string[];
  const { said, request } = aroundRequests(() => world);

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    people = inCompany(world.tenant);
    await world.teams.say(people.approver.key, channel, `@Exemption Desk subscribe ${people.top.name} digest daily`);
    for (const person of [people.approver, people.auditor]) await said(person.key, 'help');
    await world.app().tick();
    open = people
      .openFor(people.auditor)
      .filter(
        ({ recommendation: { policyDefinitionId }, resource }) =>
          policyDefinitionId !== undefined &&
          resource.resourceGroup !== '' &&
          world.tenant.subscriptions.find(({ subscriptionId }) => subscriptionId === resource.subscriptionId)?.state !==
            'Disabled',
      )
      .filter(({ resource }) => people.seesAndMay(people.approver, 'write exemptions', resource.id));
  }, patience);
  afterAll(() => world.close());

  const digests = (): TestMessage[] =>
    world.teams
      .messages(channel)
      .filter(({ visibleText }) => /^Exemption Desk\s\d+ alerts? about exemptions/.test(visibleText));
  const rowsOf = ({ id }: TestMessage): string[] =>
    world.teams.buttons(people.approver.key, id).filter((title) => !title.includes('Azure portal'));
  /** What a press brings, to the channel or to whoever pressed. */
  const pressed = async ({ id }: TestMessage, title: string): Promise<string> => {
    const { key } = people.approver;
    const before = [channel, key].map((chat) => world.teams.messages(chat).length);
    await world.teams.press(key, id, title, {});
    await world.app().idle();
    return [channel, key]
      .flatMap((chat, at) => world.teams.messages(chat).slice(before[at]))
      .map(({ visibleText }) => visibleText)
      .join('\n');
  };
  const pressAll = async (digest: TestMessage): Promise<string[]> => {
    const answers: string[] = [];
    for (const title of rowsOf(digest)) answers.push(await pressed(digest, title));
    for (const answer of answers) expect(answer).not.toMatch(/Something went wrong|outdated or was altered|^$/);
    return answers;
  };
  const ask = async ({ resource, recommendation }: Assessment): Promise<string> => {
    const by = people.auditor.key;
    await said(by, `exempt "${resource.id}" from ${recommendation.assessmentKey} for 20 days as waiver`);
    const form = latest(world, by).id;
    await world.teams.press(by, form, 'Preview', { justification: formInputs.justification });
    await world.teams.press(by, form, 'Send', {});
    await world.app().idle();
    const [found = ''] = /EX-[0-9A-Z]+/.exec(latest(world, by).visibleText) ?? [];
    await said(people.approver.key, `approve ${found}`);
    return found;
  };

  it(
    'says as of when it is, and opens its rows',
    async () => {
      reference = await ask(open.shift()!);
      const { resource, recommendation } = open.shift()!;
      const wish = { scope: resource.id, recommendation: recommendation.assessmentKey, expiresInDays: 25 };
      const answer = await world.control['POST /simulator/portal-exemption']!(wish);
      made = (answer as { exemptions: string[] }).exemptions;
      await world.clock.advance('PT12M');
      expect(digests()).toEqual([]);
      await world.clock.advance('P1D');
      await world.app().idle();
      const [digest] = digests();
      expect(digest?.visibleText).toMatch(/As of \d+ \w+ \d{4}, \d\d:\d\d \(/);
      expect(rowsOf(digest!)).toHaveLength(2);
      const answers = await pressAll(digest!);
      expect(answers.join('\n')).toContain(reference);
    },
    patience,
  );

  it(
    'answers in words when what it lists was revoked or deleted, and after the end',
    async () => {
      const [digest] = digests();
      expect(await said(people.approver.key, `revoke ${reference} because Mended.`)).toContain(reference);
      for (const exemption of made) await world.control['POST /simulator/portal-delete']!({ exemption });
      await world.clock.advance('PT12M');
      await world.app().idle();
      const after = (await pressAll(digest!)).join('\n');
      expect((await request(reference)).status).toBe('revoked');
      expect(after).toMatch(/Revoked/);
      expect(after).toMatch(/There is no exemption|no longer|deleted|does not exist|not found/i);
      await world.clock.advance('P1D');
      await world.app().idle();
      // The next morning tells the ends.
      expect(digests().at(-1)?.visibleText).toMatch(/Revoked|Deleted/);
      await pressAll(digests().at(-1)!);
      await world.clock.advance('P25D');
      for (const each of digests()) await pressAll(each);
    },
    patience,
  );
});
