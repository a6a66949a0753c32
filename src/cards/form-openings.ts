import type { ActionData } from './actions.ts';
import { action, askFirst, openDialog, type ButtonOptions, type CardAction } from './card-action.ts';

/** What opens the request form, or another form that only one person fills in. */
type Opens = Extract<
  ActionData,
  {
    readonly verb:
      'open-form' | 'extend-request' | 'change-request' | 'ask-again' | 'replace-request' | 'open-revocation';
  }
>;

/** One way to a form, as a dialog and as a message. */
export type FormOpening = { readonly dialog: CardAction; readonly message: CardAction };

/** Opens a form in a dialog; and as a message, for clients without dialogs and for whoever has to look something up meanwhile. */
export const openForm = (
  title: string,
  data: Opens,
  options: Pick<ButtonOptions, 'main' | 'secondary'> & {
    readonly messageTitle?: string;
    readonly takesInputs?: true;
  } = {},
): FormOpening => {
  const { messageTitle = `${title} as a message`, takesInputs, ...looks } = options;
  const inputs = { withoutInputs: takesInputs !== true };
  return {
    dialog: openDialog(title, data, { ...looks, ...inputs }),
    message: action(messageTitle, { ...data, asMessage: true }, { secondary: true, ...inputs }),
  };
};

/** The forms as messages in one entry of the overflow menu, because a card has room for six buttons; `others` lead elsewhere too. */
export const asMessages = (
  openings: readonly FormOpening[],
  title: string,
  others: readonly CardAction[] = [],
): CardAction[] => {
  const [first, ...more] = [...openings.map(({ message }) => message), ...others];
  if (first === undefined) return [];
  return more.length === 0 ? [first] : [askFirst(title, [], [first, ...more], { secondary: true })];
};
