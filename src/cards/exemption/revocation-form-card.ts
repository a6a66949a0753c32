import { counted, firstFew } from '../../core/first-few.ts';
import type { OutsideRevoked } from '../../core/inventory/listed-exemption.ts';
import { shortened } from '../../core/visible-text.ts';
import { action } from '../card-action.ts';
import { renderCard, type Card } from '../render-card.ts';
import { smallFormInput } from '../small-forms.ts';
import template from '../templates/decision-form.json' with { type: 'json' };

export type RevocationFormInput = OutsideRevoked & {
  /** The exemption that was asked for. */
  readonly id: string;
  /** What was typed already. */
  readonly reason: string;
};

/** The form to revoke what was made outside. It names every exemption that is deleted, literally, because names are what somebody typed. */
export const revocationFormCard = ({
  id,
  names,
  seen,
  reason,
  scopeLabel,
  recommendations,
}: RevocationFormInput): Card => {
  const all = names.map((name) => shortened(name, 100)).join(', ');
  const title = names.length === 1 ? 'Revoke this exemption' : `Revoke these ${names.length} exemptions`;
  const about = firstFew(
    recommendations.map((each) => shortened(each, 140)),
    3,
  );
  return renderCard(template, {
    summary: `${title}: ${shortened(all, 200)}`,
    command: 'exemptions outside',
    title,
    ask: [shortened(scopeLabel, 200), about].filter((each) => each !== '').join(' · '),
    writer: `Deleted from Azure: ${counted(names.length, 'exemption')}${names.length === 1 ? '' : ', created together'}`,
    evidence: [],
    words: [{ type: 'TextRun', text: all }],
    explanation:
      'The recommendation opens again there. Each is read again right before, and left alone if it was changed since. Your name and reason are recorded and told to subscribed channels.',
    inputs: [smallFormInput('revoke-exemption', reason)],
    actions: [action(title, { verb: 'revoke-exemption', id, seen, again: true })],
  });
};
