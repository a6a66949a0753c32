import { action, type CardAction, type Input } from '../../../cards/card-action.ts';
import { messageCard } from '../../../cards/message-card.ts';
import { refusedCard, seeRequest } from '../../../cards/refused-card.ts';
import { pickOf, severalForm } from '../../../cards/request/several-form.ts';
import { lessForm, rejectForm } from '../../../cards/request/decision-forms.ts';
import { emergencyTitle, smallFormInput } from '../../../cards/small-forms.ts';
import type { Pressed, Verb } from '../../../cards/actions.ts';
import { isRefusal } from '../../../core/governance-error.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { requestNamed } from '../../../workflow/record/change-request.ts';
import { viewRequest } from '../../../workflow/tell/view-request.ts';
import { readPress } from '../../answer-turn.ts';
import type { Outcome } from '../../outcome.ts';
import type { Turn } from '../../turn.ts';

/** A small form as it was sent. */
type Sent = {
  readonly title: string;
  readonly typed: string;
  readonly reference: string | undefined;
  /** It was sent from the card of an earlier refusal. */
  readonly again: boolean;
  /** The same form, filled in as it was. Only for whoever was refused because of what they typed. */
  readonly form: () => Promise<{
    readonly inputs: readonly Input[];
    readonly submits: readonly CardAction[];
    readonly explanation?: string;
  }>;
};

type Read<V extends Verb> = (desk: Desk, data: Pressed<V>) => Sent;

const again = { again: true } as const;

const approving: Read<'approve-request'> = (_, { reference, version, named, comment, again: isAgain }) => ({
  title: `${reference} was not approved`,
  typed: comment,
  reference,
  again: isAgain,
  form: async () => ({
    inputs: [smallFormInput('approve-request', comment)],
    submits: [
      action(`Approve ${reference}`, { verb: 'approve-request', reference, version, named, ...again }, { main: true }),
    ],
  }),
});

const approvingLess: Read<'approve-less'> = (desk, { reference, lastDay, scopes, note, again: isAgain }) => ({
  title: `${reference} was not approved`,
  typed: note,
  reference,
  again: isAgain,
  form: async () =>
    lessForm(await viewRequest(desk, await requestNamed(desk, reference)), { lastDay, scopes, note }, again),
});

const rejecting: Read<'reject-request'> = (desk, { reference, version, reason, again: isAgain }) => ({
  title: `${reference} was not rejected`,
  typed: reason,
  reference,
  again: isAgain,
  // In the version that was seen, so that another one is not decided.
  form: async () => rejectForm({ ...(await requestNamed(desk, reference)), termsVersion: version }, reason, again),
});

const decidingSeveral: Read<'decide-several'> = (_, { picked, said, again: isAgain }) => ({
  title: 'Nothing was decided',
  typed: said,
  reference: undefined,
  again: isAgain,
  form: async () => {
    const choices = picked.map(({ reference, version }) => ({
      title: reference,
      value: pickOf({ reference, termsVersion: version }),
    }));
    const ticked = choices.map(({ value }) => value);
    return severalForm(choices, ticked, said, again);
  },
});

const revoking: Read<'revoke-request'> = (_, { reference, why, again: isAgain }) => ({
  title: `${reference} was not revoked`,
  typed: why,
  reference,
  again: isAgain,
  form: async () => ({
    inputs: [smallFormInput('revoke-request', why)],
    submits: [action(`Revoke ${reference}`, { verb: 'revoke-request', reference, ...again })],
  }),
});

const adopting: Read<'adopt-exemption'> = (_, { id, purpose, again: isAgain }) => ({
  title: 'The exemption was not adopted',
  typed: purpose,
  reference: undefined,
  again: isAgain,
  form: async () => ({
    inputs: [smallFormInput('adopt-exemption', purpose)],
    submits: [action('Adopt this exemption', { verb: 'adopt-exemption', id, ...again })],
  }),
});

const revokingOutside: Read<'revoke-exemption'> = (_, { id, seen, why, again: isAgain }) => ({
  title: 'The exemption was not revoked',
  typed: why,
  reference: undefined,
  again: isAgain,
  form: async () => ({
    inputs: [smallFormInput('revoke-exemption', why)],
    submits: [action('Revoke', { verb: 'revoke-exemption', id, seen, ...again })],
  }),
});

const inEmergency: Read<'send-in-emergency'> = (_, { draftId, seen, reason, again: isAgain }) => ({
  title: 'The request was not sent',
  typed: reason,
  reference: undefined,
  again: isAgain,
  form: async () => ({
    inputs: [smallFormInput('send-in-emergency', reason)],
    submits: [action(emergencyTitle, { verb: 'send-in-emergency', draftId, seen, ...again })],
  }),
});

const readers: { readonly [V in Verb]?: Read<V> } = {
  'approve-request': approving,
  'approve-less': approvingLess,
  'reject-request': rejecting,
  'decide-several': decidingSeveral,
  'revoke-request': revoking,
  'adopt-exemption': adopting,
  'revoke-exemption': revokingOutside,
  'send-in-emergency': inEmergency,
};

const readSent = (desk: Desk, submitted: unknown): Sent | undefined => {
  const press = readPress(submitted);
  if (press === undefined) return undefined;
  // The data was checked by the schema of the same verb.
  return (readers[press.button.verb] as Read<Verb> | undefined)?.(desk, press.data);
};

const pointer = 'Nothing was decided. The reason, and what you typed, are in your personal chat with Exemption Desk.';

/**
 * The answer to a small form that was refused: the sentence, and everything that was typed, to be mended and sent from there. Undefined for
 * anything else, and where nothing was typed that could be lost and nothing can be mended.
 */
export const keepTyped = async (
  desk: Desk,
  turn: Turn,
  error: unknown,
  sentence: string,
): Promise<Outcome | undefined> => {
  const sent = readSent(desk, turn.submitted);
  if (sent === undefined) return undefined;
  // Whoever may not do it must learn nothing more of it, and what was decided meanwhile has to be looked at first.
  const form = isRefusal(error, 'invalid') ? await sent.form() : undefined;
  if (form === undefined && sent.typed === '' && !sent.again) return undefined;
  const card = refusedCard({
    title: sent.title,
    sentence: [sentence, form?.explanation ?? ''].filter((each) => each !== '').join(' '),
    inputs: form?.inputs ?? [],
    typed: form === undefined ? sent.typed : '',
    actions: [...(form?.submits ?? []), ...(sent.reference === undefined ? [] : [seeRequest(sent.reference)])],
  });
  if (turn.inChannel)
    return {
      kind: 'private',
      outcome: { kind: 'card', card },
      pointer,
      ...(form === undefined ? {} : { otherwise: sentence }),
    };
  return { kind: sent.again ? 'replace' : 'card', card };
};

/** The outcome of a press. On the card of an earlier refusal it takes the place of that refusal, which no longer holds. */
export const inPlaceOfRefusal = (desk: Desk, turn: Turn, outcome: Outcome): Outcome =>
  outcome.kind === 'say' && readSent(desk, turn.submitted)?.again === true
    ? { kind: 'replace', card: messageCard({ title: 'Done', text: outcome.text, buttons: [] }) }
    : outcome;
