import { createHash } from 'node:crypto';
import { choiceTokens } from '../../../src/core/request/choice-token.ts';
import type { Surroundings } from '../../../simulator/start.ts';

/** A resource and the recommendation that is open there. */
export type Place = { readonly assessmentKey: string; readonly resource: string };

/** A button that somebody pressed. */
export type Press = {
  readonly person: string;
  readonly data: { readonly verb: string } & Readonly<Record<string, unknown>>;
  /** The bot answered 200: it has the press and must do something about it. */
  readonly isAcknowledged: boolean;
  /** The number of messages in the chat of the person before. */
  readonly messages: number;
};

/** A form that its person can send. */
export type OpenDraft = { readonly person: string; readonly form: string; readonly draftId: string };

const answers = {
  scope: 'resources',
  category: 'Waiver',
  expiry: '30',
  expiryDate: '',
  justification: 'It stays as it is until its owner has replaced it.',
  ticket: '',
};

const tokenOf = choiceTokens((text) => createHash('sha256').update(text).digest('hex'));

/** The hands of people in their personal chats; every press is written down. */
export const createHands = ({ teams }: Pick<Surroundings, 'teams'>) => {
  const presses: Press[] = [];
  let names = 0;

  const lastCard = (person: string): string =>
    teams.messages(person).findLast(({ from, cards }) => from === 'bot' && cards.length > 0)?.id ?? '';

  const press = async (person: string, data: Press['data'], on = lastCard(person)): Promise<void> => {
    const messages = teams.messages(person).length;
    const { status } = await teams.submit(person, on, data);
    presses.push({ person, data, isAcknowledged: status === 200, messages });
  };

  const textOn = (person: string, message: string, pattern: RegExp): string | undefined =>
    pattern.exec(JSON.stringify(teams.cardFor(person, message)))?.[1];

  /** Opens a form by a press, fills it in and looks at the preview; undefined if it cannot be sent. */
  const draft = async (person: string, opening: Press['data'], { resource }: Place): Promise<OpenDraft | undefined> => {
    const before = lastCard(person);
    await press(person, opening);
    const form = lastCard(person);
    const draftId = form === before ? undefined : textOn(person, form, /"draftId":"([^"]+)"/);
    if (draftId === undefined) return undefined;
    names += 1;
    const filledIn = {
      verb: 'preview-request',
      draftId,
      ...answers,
      resources: tokenOf(resource),
      name: `Race ${names}`,
    };
    await press(person, filledIn, form);
    return teams.buttons(person, form).includes('Send') ? { person, form, draftId } : undefined;
  };

  return {
    presses,
    press,
    ask: (person: string, place: Place) =>
      draft(
        person,
        { verb: 'open-form', assessmentKey: place.assessmentKey, selected: tokenOf(place.resource) },
        place,
      ),
    replace: (person: string, place: Place, reference: string, deed: 'renew' | 'change') =>
      draft(person, { verb: 'replace-request', reference, deed }, place),
    send: ({ person, form, draftId }: OpenDraft) => press(person, { verb: 'send-request', draftId }, form),
    approve: (person: string, reference: string) =>
      press(person, { verb: 'approve-request', reference, version: 1, comment: '' }),
    revoke: (person: string, reference: string) =>
      press(person, { verb: 'revoke-request', reference, why: 'It is not needed any more.' }),
    adopt: (person: string, id: string) =>
      press(person, { verb: 'adopt-exemption', id, purpose: 'We know this resource and take it over.' }),
    /** Asks for a dry run; what would delete it, if there is anything. */
    planCleanup: async (person: string): Promise<(() => Promise<void>) | undefined> => {
      const before = lastCard(person);
      await teams.say(person, 'personal', 'cleanup expired');
      const card = lastCard(person);
      const plan = card === before ? undefined : textOn(person, card, /"plan":"([^"]+)"/);
      return plan === undefined ? undefined : () => press(person, { verb: 'clean-up', plan }, card);
    },
  };
};

export type Hands = ReturnType<typeof createHands>;
