import {
  evidenceKey,
  longestEvidence,
  ownWords,
  reasonNamed,
  type ReadyReason,
} from '../../core/governance/reasons.ts';
import type { Form } from '../../core/request/terms.ts';
import { beginningOf, shortened } from '../../core/visible-text.ts';
import { longestTyped } from '../actions.ts';
import type { Choice } from '../card-action.ts';
import { withoutMarkup } from '../plain-text.ts';

const titleOf = ({ category, text, evidence }: ReadyReason): string => {
  const asks = evidence.length === 0 ? '' : ` (asks for: ${evidence.map(({ label }) => label).join(', ')})`;
  return withoutMarkup(shortened(`${category}: ${text}${asks}`, 200));
};

/** The choice of a ready reason in the form, and the fields of the one that is chosen; without ready reasons there is no choice. */
export const formReasons = (form: Form, reasons: readonly ReadyReason[]) => {
  const chosen = reasonNamed(reasons, form.reason);
  const choices: Choice[] = [
    { title: 'In my own words', value: ownWords },
    ...reasons.map((each) => ({ title: titleOf(each), value: each.id })),
  ];
  return {
    shown: {
      choices: reasons.length === 0 ? [] : choices,
      value: chosen?.id ?? ownWords,
      instead: chosen?.instead ?? '',
      heading: chosen === undefined || chosen.evidence.length === 0 ? '' : `Evidence for “${chosen.text}”`,
      fields: (chosen?.evidence ?? []).map(({ id, label, required }, at) => ({
        id: `evidence${at + 1}`,
        label: `${withoutMarkup(label)}${required ? '' : ' (optional)'}`,
        maxLength: longestEvidence,
        value: beginningOf(
          form.evidence?.[evidenceKey({ id: form.reason ?? '' }, { id })] ?? '',
          longestTyped.evidence,
        ),
      })),
    },
    carried:
      chosen === undefined || chosen.evidence.length === 0
        ? {}
        : { evidenceOf: chosen.evidence.map((field) => evidenceKey(chosen, field)) },
  };
};
