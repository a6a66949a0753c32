import { addDays, dayIn } from '../calendar.ts';
import { expiryChoices, type Form } from './terms.ts';

/** The parts of the line after `exempt`. */
export type ExemptWords = {
  /** Resource names. */
  readonly resources: readonly string[];
  readonly recommendation: string;
  readonly days: number | undefined;
  readonly category: 'Waiver' | 'Mitigated' | undefined;
  /** The text after `because`, word for word. */
  readonly justification: string;
};

/** Cuts a clause off the end of a text; returns the text unchanged if there is none. */
const cutOff = (text: string, clause: RegExp): { readonly left: string; readonly found: string | undefined } => {
  const match = clause.exec(text);
  return match === null ? { left: text, found: undefined } : { left: text.replace(match[0], ''), found: match[1] };
};

/** Reads `vm-1, vm-2 from <recommendation> [for 30 days] [as waiver] [because …]`; undefined if the resources or the recommendation are missing. */
export const readExemptWords = (line: string): ExemptWords | undefined => {
  const because = cutOff(line, /\sbecause\s+(.+)$/is);
  const days = cutOff(because.left, /\sfor\s+(\d{1,4})\s*d(?:ays?)?(?=\s|$)/i);
  const category = cutOff(days.left, /\sas\s+(?:a\s+)?(waiver|mitigated)(?=\s|$)/i);
  const [, resources, recommendation] = /^(.+?)\s+from\s+(.+)$/is.exec(category.left.trim()) ?? [];
  if (resources === undefined || recommendation === undefined) return undefined;
  return {
    resources: resources
      .split(/,|\sand\s/i)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    recommendation: recommendation.trim(),
    days: days.found === undefined ? undefined : Number(days.found),
    category: category.found === undefined ? undefined : /^w/i.test(category.found) ? 'Waiver' : 'Mitigated',
    justification: because.found?.trim() ?? '',
  };
};

/** The form fields that the words fill in. The form checks them like any other input. */
export const formFromWords = (words: ExemptWords, now: Date, timeZone: string): Partial<Form> => {
  const isChoice = expiryChoices.some((choice) => choice === words.days);
  return {
    justification: words.justification,
    ...(words.category === undefined ? {} : { category: words.category }),
    ...(words.days === undefined
      ? {}
      : isChoice
        ? { expiry: String(words.days) }
        : { expiry: 'date', expiryDate: addDays(dayIn(now, timeZone), words.days) }),
  };
};
