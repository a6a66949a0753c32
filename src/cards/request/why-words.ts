import type { Terms } from '../../core/request/terms.ts';
import { shortened } from '../../core/visible-text.ts';
import { linkedRuns, type TextRun } from '../linked-text.ts';

/** The most characters of what people wrote on a card that shows much besides; the form to decide has all of it. */
const room = 1000;
const roomForEvidence = 400;

const writtenBy = (given: readonly { readonly text: string }[]): number =>
  given.reduce((sum, { text }) => sum + text.length, 0);

type Why = Pick<Terms, 'justification' | 'reason'>;

const evidenceRuns = ({ reason }: Why, most: number): TextRun[] => {
  const evidence = reason?.evidence ?? [];
  const longest = writtenBy(evidence) <= most ? Infinity : Math.floor(most / evidence.length);
  return evidence.flatMap(({ label, text }, at) => [
    { type: 'TextRun', text: `${at === 0 ? '' : ' · '}${label}: `, size: 'small', isSubtle: true },
    ...linkedRuns(shortened(text, longest), { size: 'small' }),
  ]);
};

const justificationRuns = ({ reason, justification }: Why, most: number): TextRun[] => {
  const written = linkedRuns(shortened(justification, most), { italic: true });
  if (reason === undefined) return written;
  const ready = { type: 'TextRun', text: reason.text, weight: 'bolder' };
  return reason.text === justification ? [ready] : [ready, { type: 'TextRun', text: ' · ' }, ...written];
};

/** Why somebody asks: the ready reason with what they wrote besides, and what it asked for. */
export const whyShown = (why: Why) => ({
  words: justificationRuns(why, room),
  evidence: evidenceRuns(why, Infinity),
});

/** The same in as much room as a justification alone takes: long evidence is shortened, then the justification. */
export const whyInBrief = (why: Why) => ({
  words: justificationRuns(why, room - Math.min(roomForEvidence, writtenBy(why.reason?.evidence ?? []))),
  evidence: evidenceRuns(why, roomForEvidence),
});

/** The reason on one line with the beginning of its evidence, for comparing two of them; empty if there is none. */
export const reasonLine = ({ reason }: Pick<Why, 'reason'>): string =>
  reason === undefined
    ? ''
    : [
        reason.text,
        ...reason.evidence.map(({ label, text }) => `${shortened(label, 20)}: ${shortened(text, 40)}`),
      ].join('; ');
