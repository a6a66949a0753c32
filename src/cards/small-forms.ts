import { emergencyHours } from '../core/request/waiting.ts';
import { textInput, type Input } from './card-action.ts';

type SmallForm = {
  /** The id of its one text. */
  readonly id: string;
  readonly label: string;
  /** What to say where it is empty; undefined: it may be. */
  readonly required?: string;
};

/** The one text of each small form that opens on a card. */
const smallForms = {
  'approve-request': { id: 'comment', label: 'Comment (optional)' },
  'approve-less': { id: 'note', label: 'Comment (optional)' },
  'reject-request': { id: 'reason', label: 'Reason', required: 'Enter a reason. The requester can read it.' },
  'decide-several': { id: 'said', label: 'Comment, or the reason of a rejection' },
  'revoke-request': { id: 'why', label: 'Reason', required: 'Enter a reason. Everyone who relied on it can read it.' },
  'revoke-exemption': {
    id: 'why',
    label: 'Reason',
    required: 'Enter a reason. Everyone who relied on it can read it.',
  },
  'adopt-exemption': {
    id: 'purpose',
    label: 'Why it is needed',
    required: 'Enter why it is needed. You become responsible for it.',
  },
  'send-in-emergency': {
    id: 'reason',
    label: 'Why it cannot wait',
    required: 'Enter why it cannot wait. Whoever approves it afterwards can read it.',
  },
} as const satisfies Record<string, SmallForm>;

export type SmallFormVerb = keyof typeof smallForms;

/** The text input of a small form, with what was typed into it before. */
export const smallFormInput = (verb: SmallFormVerb, typed = ''): Input => {
  const { id, label, required }: SmallForm = smallForms[verb];
  return { ...textInput(id, label, required), ...(typed === '' ? {} : { value: typed }) };
};

/** The button that writes at once, wherever it is drawn. */
export const emergencyTitle = `Write to Azure now, for ${emergencyHours} hours`;
