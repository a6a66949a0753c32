import type { ExemptionFacts } from '../../core/exemption/exemption.ts';
import { action, askFirst, openPage, type CardAction, type ButtonOptions } from '../card-action.ts';
import { openForm, type FormOpening } from '../form-openings.ts';
import { smallFormInput } from '../small-forms.ts';

/** Stops the expiry reminders. The reference makes sure that an exemption that was renewed since the card was drawn keeps its reminders. */
export const letLapse = (
  id: string,
  reference: string | undefined,
  options: Pick<ButtonOptions, 'secondary'> = {},
): CardAction =>
  action(
    'Stop reminders',
    { verb: 'let-lapse', id, ...(reference === undefined ? {} : { reference }) },
    {
      ...options,
      withoutInputs: true,
    },
  );

/** For exemptions that were created outside Exemption Desk: the person who adopts one becomes responsible for it. */
export const adopt = (id: string): CardAction =>
  askFirst(
    'Adopt…',
    [smallFormInput('adopt-exemption')],
    action('Adopt this exemption', { verb: 'adopt-exemption', id }),
    {
      explanation:
        'You become responsible for it. The exemption keeps its name, scope, category and end; your justification becomes its description. It gets a request, so you can then renew or revoke it.',
    },
  );

/** For exemptions made outside: opens the form that names all that is deleted and asks for the reason. */
export const revokeOutside = (id: string): FormOpening =>
  openForm('Revoke…', { verb: 'open-revocation', id }, { messageTitle: 'Revoke as a message' });

/** A user principal name as Entra accepts it. Nothing else is put into the address of the chat. */
const userName = /^[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;
const plainName = /^[\w.() -]{1,90}$/;

/** Opens a chat with the person who created it, as Azure names them. No button where Azure names an application or nobody. */
export const askCreator = ({ createdBy, name }: Pick<ExemptionFacts, 'createdBy' | 'name'>): CardAction[] => {
  if (createdBy === undefined || createdBy.length > 254 || !userName.test(createdBy)) return [];
  const which = plainName.test(name) ? ` ${name}` : '';
  const message = `You created the policy exemption${which} in Azure. What is it for, and how long is it needed?`;
  const chat = new URL('https://teams.microsoft.com/l/chat/0/0');
  chat.search = `users=${encodeURIComponent(createdBy)}&message=${encodeURIComponent(message)}`;
  return [openPage('Ask the creator', chat.href)];
};
