import fc from 'fast-check';
import type { Assessment } from '../../../simulator/tenant/assessments.ts';
import type { PolicyExemption } from '../../../simulator/tenant/policy-exemption.ts';
import { buttonsOf } from '../../../simulator/teams/people/card-press.ts';
import type { TestMessage } from '../../../simulator/teams/message.ts';
import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { formInputs, latest } from '../steps.ts';

const channel = '#security-alerts';
const purpose = 'It is needed until the new platform is there.';
const deeds = ['ask', 'portal', 'delete', 'stretch', 'recategorise', 'revoke', 'renew', 'press', 'wait'] as const;
type Deed = (typeof deeds)[number];

/** What may happen, the same in every run; the first two make something that it can happen to. */
const storyOf = (seed: number): readonly (readonly [Deed, number])[] => [
  ['ask', 0],
  ['portal', 0],
  ...fc.sample(fc.tuple(fc.constantFrom<Deed>(...deeds), fc.nat(99)), { numRuns: 8, seed }),
];

/** Whatever happens in whatever order: an alert says what is true, and none of its buttons is dead. */
describe.each(companies)('the buttons of alerts at $tenant', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  let unused: Assessment[];
  /** What was made in the portal, by the words of its card that name it. */
  const outside: { readonly card: string; readonly ids: readonly string[] }[] = [];
  const { said, request } = aroundRequests(() => world);

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant, alertsAtOnce: 1000 });
    people = inCompany(world.tenant);
    await world.teams.say(people.approver.key, channel, `@Exemption Desk subscribe ${people.top.name}`);
    for (const person of [people.approver, people.auditor]) await said(person.key, 'help');
    await world.app().tick();
    const isEnabled = ({ resource }: Assessment): boolean =>
      world.tenant.subscriptions.find(({ subscriptionId }) => subscriptionId === resource.subscriptionId)?.state !==
      'Disabled';
    unused = people
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
  const alerts = (): TestMessage[] =>
    world.teams
      .messages(channel)
      .filter(({ visibleText }) => visibleText.startsWith('Exemption alert') && !visibleText.includes('now watches'));
  const buttons = ({ id }: TestMessage): string[] => world.teams.buttons(people.approver.key, id);
  const referenceOf = ({ visibleText }: TestMessage): string | undefined =>
    /\nRequest\n(EX-\w+)/.exec(visibleText)?.[1];
  const mine = (): string[] => [...new Set(alerts().flatMap((each) => referenceOf(each) ?? []))];
  const standing = (ids: readonly string[]): PolicyExemption[] =>
    ids.flatMap((id) => world.tenant.exemptions.find(id) ?? []);

  const ask = async (by: string, line: string, { resource, recommendation }: Assessment): Promise<void> => {
    await said(
      by,
      line === '' ? `exempt "${resource.id}" from ${recommendation.assessmentKey} for 20 days as waiver` : line,
    );
    const form = latest(world, by).id;
    if (!world.teams.buttons(by, form).includes('Preview')) return;
    await world.teams.press(by, form, 'Preview', { justification: formInputs.justification });
    if (!world.teams.buttons(by, form).includes('Send')) return;
    await world.teams.press(by, form, 'Send', {});
    await world.app().idle();
    const reference = /EX-[0-9A-Z]+/.exec(latest(world, by).visibleText)?.[0];
    if (reference !== undefined) await said(people.approver.key, `approve ${reference}`);
  };
  const made = async (): Promise<void> => {
    const { resource, recommendation } = unused.shift()!;
    const wish = { scope: resource.id, recommendation: recommendation.assessmentKey, expiresInDays: 25 };
    const { exemptions } = (await world.control['POST /simulator/portal-exemption']!(wish)) as { exemptions: string[] };
    const before = new Set(alerts().map(({ id }) => id));
    await settled();
    const card = alerts().find(({ id, visibleText }) => !before.has(id) && visibleText.includes('created outside'));
    outside.push({ card: card!.id, ids: exemptions });
  };
  /** The exemptions that an alert is about: of its request, or those made together. */
  const about = async (alert: TestMessage): Promise<readonly string[] | undefined> => {
    const reference = referenceOf(alert);
    if (reference !== undefined) return (await request(reference)).targets.map(({ exemptionId }) => exemptionId);
    return outside.find(({ card }) => card === alert.id)?.ids;
  };
  const oneOf = <Item>(items: readonly Item[], chance: number): Item | undefined => items[chance % (items.length || 1)];
  const anyStanding = async (chance: number): Promise<string | undefined> => {
    const ids = (await Promise.all(alerts().map(about))).flatMap((each) => each ?? []);
    return oneOf(standing([...new Set(ids)]), chance)?.id;
  };

  const inputsFor = { purpose, why: 'Mended.', comment: '' };
  /** Everything that a press brought: in the channel, to whoever pressed, in their dialog, or on the card. */
  const pressed = async (alert: TestMessage, title: string): Promise<string> => {
    const person = people.approver.key;
    const count = () => [channel, person].map((chat) => world.teams.messages(chat).length);
    const [inChannel = 0, personal = 0] = count();
    const dialog = JSON.stringify(world.teams.dialogs.of(person) ?? null);
    const { startValues = {} } =
      buttonsOf(world.teams.cardFor(person, alert.id)!).find((each) => each.title === title) ?? {};
    const inputs = Object.fromEntries(Object.entries(inputsFor).filter(([name]) => name in startValues));
    const answer = await world.teams.press(person, alert.id, title, inputs);
    await world.app().idle();
    const news = [
      ...world.teams.messages(channel).slice(inChannel),
      ...world.teams.messages(person).slice(personal),
    ].map(({ visibleText }) => visibleText);
    const opened = JSON.stringify(world.teams.dialogs.of(person) ?? null);
    return [
      ...news,
      ...(opened === dialog ? [] : [opened]),
      ...('replies' in answer ? [] : [JSON.stringify(answer)]),
    ].join('\n');
  };
  const deeply: Readonly<Record<string, RegExp>> = {
    'Adopt this exemption':
      /adopted it as EX-|because|already|expired|gone|covers|no longer|does not|There is no|at the same|written|asked|manages/,
    'Stop reminders': /Reminders are stopped|expired|renewed|because|has not read|There is no|never expires|does not/,
  };
  const expectAlive = async (alert: TestMessage, title: string): Promise<void> => {
    const answer = await pressed(alert, title);
    expect([title, answer.length > 10]).toEqual([title, true]);
    expect([title, answer]).toEqual([title, expect.not.stringMatching(/Something went wrong|outdated or was altered/)]);
    expect([title, answer]).toEqual([title, expect.stringMatching(deeply[title] ?? /./)]);
  };

  const happen: Readonly<Record<Deed, (chance: number) => Promise<unknown>>> = {
    ask: async () => ask(people.auditor.key, '', unused.shift()!),
    portal: made,
    delete: async (chance) => {
      const exemption = await anyStanding(chance);
      return exemption && world.control['POST /simulator/portal-delete']!({ exemption });
    },
    stretch: async (chance) => {
      const exemption = await anyStanding(chance);
      return exemption && world.control['POST /simulator/portal-change']!({ exemption, expiresInDays: 50 + chance });
    },
    recategorise: async (chance) => {
      const exemption = await anyStanding(chance);
      return (
        exemption && world.control['POST /simulator/portal-change']!({ exemption, exemptionCategory: 'Mitigated' })
      );
    },
    revoke: async (chance) => {
      const reference = oneOf(mine(), chance);
      return reference && said(people.approver.key, `revoke ${reference} Mended.`);
    },
    renew: async (chance) => {
      const reference = oneOf(mine(), chance);
      return reference && ask(people.auditor.key, `renew ${reference}`, unused[0]!);
    },
    press: async (chance) => {
      const alert = oneOf(alerts(), chance);
      const title = alert && oneOf(buttons(alert), chance);
      return title && expectAlive(alert, title);
    },
    wait: (chance) => world.clock.advance(`P${1 + (chance % 9)}D`),
  };

  const over = /(Deleted|Revoked|Taken out|Renewed as|Replaced as|Adopted as|Expired on|expired|deleted|revoked)/;
  const acting = /^(Adopt|Revoke|Stop reminders)/;
  /** What the words and buttons of a card claim is so in Azure and in the store. */
  const expectTrue = async (alert: TestMessage): Promise<void> => {
    const [ids, reference, text] = [await about(alert), referenceOf(alert), alert.visibleText];
    if (ids === undefined || ids.length === 0) return;
    const now = standing(ids);
    const owners = new Set(
      now.map((each) => /EX-[0-9A-Z]{6}/.exec(JSON.stringify(each.properties.metadata ?? {}))?.[0]),
    );
    const said = { text, buttons: buttons(alert) };
    if (now.length === 0) {
      expect(said.text).toMatch(over);
      expect(said.buttons.filter((title) => acting.test(title))).toEqual([]);
      return;
    }
    const [owner] = owners;
    if (owners.size === 1 && owner !== reference) {
      const successor = /(?:Renewed|Replaced|Adopted) as (EX-\w+)/.exec(text)?.[1] ?? '';
      // A card names its next request, which another may have replaced since.
      if (successor !== owner) expect([text, (await request(successor)).status]).toEqual([text, 'replaced']);
      expect(said.buttons.filter((title) => acting.test(title))).toEqual([]);
    }
    const isInForce = now.every(
      ({ properties: { expiresOn } }) => expiresOn === undefined || new Date(expiresOn) > world.clock.now(),
    );
    if (now.length === ids.length && owners.size === 1 && owner === reference && isInForce)
      expect(said.text).not.toMatch(/(^|\n)(Deleted|Revoked by|Expired on|Renewed as|Adopted as)/);
  };

  it.each([1, 2])(
    'do what they say or say why not, in story %s, and the cards are true after each step',
    async (seed) => {
      for (const [deed, chance] of storyOf(seed)) {
        await happen[deed](chance);
        await settled();
        for (const alert of alerts()) await expectTrue(alert);
      }
      for (const { id } of alerts()) {
        const alert = (): TestMessage => alerts().find((each) => each.id === id)!;
        for (const title of buttons(alert())) if (buttons(alert()).includes(title)) await expectAlive(alert(), title);
      }
      await settled();
      for (const alert of alerts()) await expectTrue(alert);
    },
    2 * patience,
  );
});
