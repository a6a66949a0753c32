import { normalReference } from './request.ts';

/** What Teams, Word and mail make of a hyphen. */
const dash = '[-\\u2010-\\u2015\\u2212\\uFE58\\uFE63\\uFF0D]';
const around = '["\'“”„‘’«»‹›<>()\\[\\]`*_#]*';
const digits = '[0-9A-Za-z]{4,8}(?![0-9A-Za-z])';

const atStart = new RegExp(
  `^\\s*${around}EX(?: ?${dash} ?(${digits})| ?((?=[A-Za-z]*[0-9])${digits}))${around}[.,:;!?]*${around}(?=\\s|$)`,
  'i',
);

/** The reference at the beginning of a text, as people type and paste it (`ex–12ab.`, `"EX-12AB"`), and the text after it. */
export const referenceAtStart = (text: string): { readonly reference: string; readonly rest: string } | undefined => {
  const [said, dashed, run] = atStart.exec(text) ?? [];
  const letters = dashed ?? run;
  if (said === undefined || letters === undefined) return undefined;
  return { reference: normalReference(`EX-${letters}`), rest: text.slice(said.length).trim() };
};

const joint = /^(?:(?:,|&|and\b|und\b)\s*)+/i;

/** All references that a text begins with, each once: `EX-12AB, EX-34CD and EX-56EF fine by me`; and the text after them. */
export const referencesAtStart = (text: string): { readonly references: readonly string[]; readonly rest: string } => {
  const references: string[] = [];
  let rest = text.trim();
  for (let next = referenceAtStart(rest); next !== undefined; next = referenceAtStart(rest.replace(joint, ''))) {
    references.push(next.reference);
    rest = next.rest;
  }
  return { references: [...new Set(references)], rest };
};

const anywhere = new RegExp(`(?<![0-9A-Za-z])(EX)${dash}(${digits})`, 'gi');

/** “ex-staff” and “ex-employee” are words: a reference is in capitals, has a digit, or is six letters that references use. */
const isMeant = (start: string, letters: string): boolean =>
  `${start}${letters}` === `${start}${letters}`.toUpperCase() ||
  /\d/.test(letters) ||
  /^[a-hj-np-z]{6}$/i.test(letters);

/** Every reference that stands anywhere in a text. */
export const referencesIn = (text: string): string[] =>
  [...text.matchAll(anywhere)].flatMap(([, start = '', letters = '']) =>
    isMeant(start, letters) ? [normalReference(`EX-${letters}`)] : [],
  );
