import type { ExemptionFacts } from '../../core/exemption/exemption.ts';
import { action, askFirst, openPage, textInput, type CardAction, type ButtonOptions } from '../card-action.ts';

/** No more reminders; the reference tells apart what was renewed since the card was drawn. */
export const letLapse = (
  id: string,
  reference: string | undefined,
  options: Pick<ButtonOptions, 'secondary'> = {},
): CardAction =>
  action(
    'Let it lapse',
    { verb: 'let-lapse', id, ...(reference === undefined ? {} : { reference }) },
    {
      ...options,
      withoutInputs: true,
    },
  );

/** For what was made outside: whoever adopts it answers for it from now on. */
export const adopt = (id: string): CardAction =>
  askFirst(
    'Adopt…',
    [textInput('purpose', 'Why it is needed', 'Say why it is needed: you answer for it from now on.')],
    action('Adopt this exemption', { verb: 'adopt-exemption', id }),
    {
      explanation:
        'You become its owner here: it stays as it is, gets your justification and a request of its own, and can then be renewed and revoked.',
    },
  );

/** A user principal name as Entra accepts it; nothing else goes into an address. */
const userName = /^[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;
const plainName = /^[\w.() -]{1,90}$/;

/** Opens a chat with whoever Azure says made it; none where that is an application, or nothing that looks like a person. */
export const askCreator = ({ createdBy, name }: Pick<ExemptionFacts, 'createdBy' | 'name'>): CardAction[] => {
  if (createdBy === undefined || createdBy.length > 254 || !userName.test(createdBy)) return [];
  const which = plainName.test(name) ? ` ${name}` : '';
  const message = `You made the policy exemption${which} in Azure. What is it for, and for how long is it needed?`;
  const chat = new URL('https://teams.microsoft.com/l/chat/0/0');
  chat.search = `users=${encodeURIComponent(createdBy)}&message=${encodeURIComponent(message)}`;
  return [openPage('Ask the creator', chat.href)];
};
