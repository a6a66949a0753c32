import type { TestMessage } from './teams/message.ts';
import type { World } from './start.ts';

type Ask = {
  readonly by: string;
  readonly recommendation: string;
  /** The endings of the labels of the resources to select. */
  readonly resources: string;
  readonly inputs: Readonly<Record<string, string>>;
};

const requests: readonly (Ask & {
  readonly then?: { readonly by: string; readonly say: (reference: string) => string };
})[] = [
  {
    by: 'alice',
    recommendation: 'Key Vault secrets should have an expiration date',
    resources: 'kv-shop-prod',
    inputs: {
      name: 'Secrets move in December',
      category: 'Waiver',
      expiry: '30',
      justification: 'The secrets are replaced when the shop moves to its new vault in December.',
      ticket: 'CHG-1042',
    },
    then: {
      by: 'bob',
      say: (reference) => `reject ${reference} An expiry date costs nothing. Please set one until then.`,
    },
  },
  {
    by: 'alice',
    recommendation: 'SQL servers should have vulnerability assessment configured',
    resources: 'sql-shop-prod',
    inputs: {
      name: 'Scanned by our own scanner',
      category: 'Mitigated',
      expiry: '90',
      justification: 'The databases are scanned every night by the scanner of the data team.',
      ticket: 'SEC-318',
    },
    then: { by: 'bob', say: (reference) => `approve ${reference} "Report seen, fine for a quarter."` },
  },
  {
    by: 'alice',
    recommendation: 'Management ports should be closed on your virtual machines',
    resources: 'vm-shop-1',
    inputs: {
      name: 'Vendor needs port 22',
      category: 'Waiver',
      expiry: '7',
      justification: 'The vendor mends the order import over SSH this week, from one address.',
      ticket: 'INC-7781',
    },
  },
];

const lastCard = (world: World, chat: string): TestMessage => {
  const found = world.teams.messages(chat).findLast((message) => message.from === 'bot' && message.cards.length > 0);
  if (found === undefined) throw new Error(`The bot has posted no card to ${chat}.`);
  return found;
};

const choices = /\{"title":"([^"]*)","value":"([0-9a-f]{24})"\}/g;

/** Requests an exemption in Teams as a person would; returns the reference. */
const ask = async (world: World, { by, recommendation, resources, inputs }: Ask): Promise<string> => {
  const { teams } = world;
  await teams.say(by, 'personal', `recommendation ${recommendation}`);
  await teams.press(by, lastCard(world, by).id, 'Open as a message', {});
  const form = lastCard(world, by).id;
  const ticked = [...JSON.stringify(teams.cardFor(by, form)).matchAll(choices)].flatMap(([, title, value]) =>
    title?.endsWith(resources) === true && value !== undefined ? [value] : [],
  );
  await teams.press(by, form, 'Preview', { scope: 'resources', resources: ticked.join(','), ...inputs });
  await teams.press(by, form, 'Send', {});
  const [reference] = /EX-[0-9A-Z]{4,8}/.exec(lastCard(world, by).visibleText) ?? [];
  if (reference === undefined) throw new Error(`The request for “${recommendation}” was not sent.`);
  return reference;
};

/** Prepares Contoso for the demo: channels are subscribed, and there are requests in various states. */
export const tellDemoStory = async (world: World): Promise<void> => {
  await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
  await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
  await world.app().tick();
  for (const request of requests) {
    const reference = await ask(world, request);
    if (request.then !== undefined) await world.teams.say(request.then.by, 'personal', request.then.say(reference));
    await world.app().idle();
  }
  await world.app().tick();
};

/** Prepares Fabrikam for the demo: its central security team hears of everything and decides in a channel. */
export const tellFabrikamStory = async (world: World): Promise<void> => {
  await world.teams.say('sara', '#security-alerts', '@Exemption Desk subscribe Fabrikam');
  await world.teams.say('sara', '#approvals', '@Exemption Desk approvals here for Fabrikam');
  await world.app().tick();
};
