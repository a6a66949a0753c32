import { underTodaysNames, type ActionData } from '../cards/actions.ts';
import { GovernanceError } from '../core/governance-error.ts';
import { WhichQuestion } from '../core/tenant/which-question.ts';
import type { Desk } from '../workflow/desk.ts';
import { refuseWhileReadOnly } from '../workflow/heed-read-only.ts';
import { answerLine } from './answer-line.ts';
import type { Button } from './button.ts';
import { askWhichOne } from './commands/ask-which.ts';
import { helpOutcome } from './commands/operate/help.ts';
import type { Outcome } from './outcome.ts';
import { refuseToGuest } from '../core/access/guest-rights.ts';
import { buttons, commands } from './routes.ts';
import { asOwnCopy, forOneOnly, forThemAlone, isFromItsCard, isFromSharedCard } from './disclose.ts';
import type { Turn } from './turn.ts';

/** The pressed button and its checked data; undefined for anything that no button of ours could have sent. */
export const readPress = (submitted: unknown) => {
  if (typeof submitted !== 'object' || submitted === null || !('verb' in submitted)) return undefined;
  const pressed = Object.values(buttons).find(({ verb }) => verb === submitted.verb);
  if (pressed === undefined) return undefined;
  const { data } = pressed.schema.safeParse(underTodaysNames(pressed.verb, submitted));
  // The schema belongs to the button, so its output is what the button accepts.
  return data === undefined ? undefined : { button: pressed as Button, data };
};

type Press = NonNullable<ReturnType<typeof readPress>>;

/** The press with an id in place of a name. A recommendation carries the filters of the list from which it was opened in a member of their own. */
const withMeaning = (data: object, field: string, id: string): object =>
  'among' in data && data.among !== undefined
    ? { ...data, among: { ...(data.among as object), [field]: id } }
    : { ...data, [field]: id };

/** Lists carry the name of a scope or a person that was typed; meanwhile, or in a card of an earlier version, several may have it. */
const pressed = async (desk: Desk, turn: Turn, { button, data }: Press): Promise<Outcome> => {
  try {
    return await button.run(desk, turn, data);
  } catch (error) {
    if (!(error instanceof WhichQuestion)) throw error;
    return askWhichOne(error, (id) => {
      const clear = button.schema.safeParse(withMeaning(data, error.field, id));
      return clear.success ? ({ verb: button.verb, ...clear.data } as ActionData) : undefined;
    });
  }
};

/** What somebody opens in a channel replaces only a card that they asked for there themselves. */
const opened = async (desk: Desk, turn: Turn, press: Press): Promise<Outcome> =>
  (await isFromSharedCard(desk, turn))
    ? asOwnCopy(await pressed(desk, forThemAlone(turn), press))
    : pressed(desk, turn, press);

/** What somebody does in a channel replaces only a card of the same request, so the card is looked at first: the deed may change it. */
const acted = async (desk: Desk, turn: Turn, press: Press): Promise<Outcome> => {
  const reference = 'reference' in press.data ? press.data.reference : undefined;
  if (reference === undefined) return asOwnCopy(await pressed(desk, turn, press));
  return (await isFromItsCard(desk, turn, reference))
    ? pressed(desk, turn, press)
    : asOwnCopy(await pressed(desk, forThemAlone(turn), press));
};

/** Answers a typed line or a press; to the person alone where people of other organisations read along, unless a dialog is that already. */
export const answerTurn = async (desk: Desk, turn: Turn): Promise<Outcome> =>
  turn.isOverheard === true && turn.inDialog !== true
    ? forOneOnly(await answerThere(desk, forThemAlone(turn)))
    : answerThere(desk, turn);

/** Only the shape of a press is checked here: the use case checks whether this person may do it. */
const answerThere = async (desk: Desk, turn: Turn): Promise<Outcome> => {
  if (turn.submitted === undefined) return answerLine(commands, desk, turn, turn.text);
  const press = readPress(turn.submitted);
  if (press === undefined)
    throw new GovernanceError(
      'invalid',
      'That button is outdated or was altered. Send a command instead, for example: help',
    );
  const { button } = press;
  refuseToGuest(turn.guest, button.guests);
  if (button.changes) await refuseWhileReadOnly(desk);
  if (!turn.inChannel) return pressed(desk, turn, press);
  return button.does === 'opens' ? opened(desk, turn, press) : acted(desk, turn, press);
};

/** The first message for the person who installs the bot. */
export const welcome = (desk: Desk, turn: Turn): Promise<Outcome> =>
  helpOutcome(desk, turn, 'Exemption Desk is installed.');
