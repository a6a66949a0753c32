import { answerTurn } from '../../src/bot/answer-turn.ts';
import type { Outcome } from '../../src/bot/outcome.ts';
import type { Turn } from '../../src/bot/turn.ts';
import type { Person } from '../../src/core/person.ts';
import type { Json } from '../../simulator/teams/message.ts';
import { press } from '../../simulator/teams/people/card-press.ts';
import type { TestDesk } from '../fakes/make-desk.ts';
import { channel, chatOf } from '../fakes/story.ts';

/** The card that somebody gets. */
export const cardOf = (outcome: Outcome): Json => {
  const { content } = cardIn(outcome);
  return content;
};

const cardIn = (outcome: Outcome) => {
  if (outcome.kind === 'private' && outcome.outcome.kind === 'card') return outcome.outcome.card;
  if (outcome.kind === 'card' || outcome.kind === 'replace' || outcome.kind === 'redraw') return outcome.card;
  throw new Error(`No card: ${JSON.stringify(outcome)}`);
};

/** What a client sends that read the card. */
export const pressed = (card: Json, title: string, inputs: Readonly<Record<string, string>> = {}): Json =>
  press(JSON.parse(JSON.stringify(card)) as Json, title, inputs).data;

type Where = 'personal' | 'channel';

/** The turn of a press that carries this. */
export const turnFor = (person: Person, submitted: unknown, where: Where = 'personal'): Turn => {
  const conversation = where === 'personal' ? chatOf(person) : channel('approvals');
  return {
    person,
    conversation,
    inChannel: where === 'channel',
    asker: { person, channelId: where === 'channel' ? conversation.id : undefined },
    text: '',
    submitted,
    clickedCardId: 'clicked',
  };
};

/** What a press brings that carries this. */
export const pressWith = (
  { desk }: TestDesk,
  person: Person,
  submitted: unknown,
  where: Where = 'personal',
): Promise<Outcome> => answerTurn(desk, turnFor(person, submitted, where));

/** What pressing a button of a card brings. */
export const pressOn = (
  world: TestDesk,
  person: Person,
  card: Json,
  title: string,
  inputs: Readonly<Record<string, string>> = {},
  where: Where = 'personal',
): Promise<Outcome> => pressWith(world, person, pressed(card, title, inputs), where);

type Choices = {
  readonly value?: string;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
};

const inputsIn = (element: unknown): Json[] => {
  if (typeof element !== 'object' || element === null) return [];
  const own = element as Json;
  return [...(typeof own.id === 'string' ? [own] : []), ...Object.values(own).flatMap(inputsIn)];
};

/** An input of a card, wherever it stands. */
export const inputOf = (card: Json, id: string): Json | undefined => inputsIn(card).find((each) => each.id === id);

const choicesOf = (card: Json, id: string): Choices => inputOf(card, id) as unknown as Choices;

/** What a client sends for the choices with these titles; a part of the title is enough where only one has it. */
export const tick = (card: Json, id: string, ...titles: readonly string[]): string =>
  titles
    .map((title) => {
      const found = choicesOf(card, id).choices.filter((each) => each.title.endsWith(title));
      if (found.length !== 1) throw new Error(`${found.length} choices called ${title}`);
      return found[0]!.value;
    })
    .join(',');

/** The titles of the choices that are ticked on a card. */
export const tickedOn = (card: Json, id: string): string[] => {
  const { value = '', choices } = choicesOf(card, id);
  return choices.filter((each) => value.split(',').includes(each.value)).map(({ title }) => title);
};
