import type { TestMessage } from '../../simulator/teams/message.ts';
import type { World } from '../../simulator/start.ts';
import { everyRequest } from '../../scripts/soak/kept/every-request.ts';

export const storageRecommendation = 'Secure transfer to storage accounts should be enabled';

/** The newest message of the bot in a chat that a person can read. */
export const latest = (world: World, chat: string): TestMessage => {
  const message = world.teams.messages(chat).findLast((each) => each.from === 'bot' && each.cards.length > 0);
  if (message === undefined) throw new Error(`No card in ${chat}`);
  return message;
};

/** Opens the request form for a recommendation; the id of the message it stands in. */
export const openForm = async (world: World, person: string, title = storageRecommendation): Promise<string> => {
  await world.teams.say(person, 'personal', `recommendation ${title}`);
  await world.teams.press(person, latest(world, person).id, 'Open as a message', {});
  return latest(world, person).id;
};

/** The choices of one field of the form whose label contains a text, as a client sends them; `next` is the field after it. */
const choicesOn = (card: unknown, [field, next]: [string, string], label: string): string =>
  [
    ...(JSON.stringify(card).split(`"id":"${field}"`)[1] ?? '')
      .split(`"id":"${next}"`)[0]!
      .matchAll(/\{"title":"([^"]*)","value":"([0-9a-f]{24})"\}/g),
  ]
    .filter(([, title]) => title?.includes(label))
    .map(([, , token]) => token)
    .join(',');

const choices = (world: World, person: string, form: string, fields: [string, string], label: string): string =>
  choicesOn(world.teams.cardFor(person, form), fields, label);

/** The resources that the form in somebody's dialog offers and whose label contains a text. */
export const offeredInDialog = (world: World, person: string, label: string): string =>
  choicesOn(world.teams.dialogs.of(person)?.card, ['resources', 'category'], label);

/** The resources that the form offers and whose label contains a text. */
export const offered = (world: World, person: string, form: string, label: string): string =>
  choices(world, person, form, ['resources', 'category'], label);

/** The wider scopes that the form offers and whose label contains a text. */
export const offeredScope = (world: World, person: string, form: string, label: string): string =>
  choices(world, person, form, ['scope', 'resources'], label);

export const formInputs = {
  scope: 'resources',
  name: 'Legacy uploader',
  category: 'Waiver',
  expiry: '30',
  justification: 'The old uploader cannot speak TLS until it is replaced in spring.',
};

/** Fills in the form, looks at the preview and sends it; the reference of the new request. */
export const sendRequest = async (
  world: World,
  person: string,
  inputs: Record<string, string> = formInputs,
): Promise<string> => {
  const form = await openForm(world, person);
  await world.teams.press(person, form, 'Preview', {
    resources: offered(world, person, form, 'stshopprod'),
    ...inputs,
  });
  await world.teams.press(person, form, 'Send', {});
  await world.app().idle();
  const [request] = await everyRequest(world.app().desk.database.requests);
  if (request === undefined) throw new Error('No request was made.');
  return request.reference;
};

export const isExpiryOf = (reference: string, messages: readonly TestMessage[]): boolean =>
  messages.some((message) => message.text.startsWith(`${reference} expired.`));
