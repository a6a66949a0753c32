import type { ExemptionCategory } from '../exemption/exemption.ts';
import { visibleLength } from '../visible-text.ts';
import type { Approver } from './approvers.ts';

/** Something that a ready reason wants to know, in a field of its own. */
export type EvidenceField = { readonly id: string; readonly label: string; readonly required: boolean };

/** A reason that the governance file offers for a category. */
export type ReadyReason = {
  readonly id: string;
  /** Line of the file where the reason begins, from 1. */
  readonly line: number;
  readonly category: ExemptionCategory;
  readonly text: string;
  readonly evidence: readonly EvidenceField[];
  /** An approver must also be among these; undefined: whoever may decide otherwise. */
  readonly approvers: readonly Approver[] | undefined;
  /** What to do instead of an exemption: a request for this reason is refused with it. */
  readonly instead: string | undefined;
};

/** The ready reason of a request with its evidence, as it was when the request was sent. */
export type GivenReason = {
  readonly id: string;
  readonly text: string;
  /** What was filled in. */
  readonly evidence: readonly { readonly id: string; readonly label: string; readonly text: string }[];
};

/** The choice of a form for a reason in one's own words. */
export const ownWords = 'own';

/** The most fields that one reason may ask for, each with a field on the form. */
export const mostEvidence = 5;

/** The most characters of one piece of evidence. */
export const longestEvidence = 300;

/** Under which a form keeps what was typed into a field of a reason: two reasons may have fields of the same name. */
export const evidenceKey = (reason: Pick<ReadyReason, 'id'>, field: Pick<EvidenceField, 'id'>): string =>
  `${reason.id}/${field.id}`;

export const reasonNamed = (reasons: readonly ReadyReason[], id: string | undefined): ReadyReason | undefined =>
  reasons.find((each) => each.id === id);

/** A ready reason in a form: its choice, and what was typed into the fields of every reason that was chosen so far. */
export type ReasonTyped = {
  readonly reason?: string | undefined;
  readonly evidence?: Readonly<Record<string, string>> | undefined;
};

export type ReasonProblem = { readonly field: 'reason' | 'evidence'; readonly sentence: string };

const evidenceProblem = ({ label, required }: EvidenceField, text: string): string | undefined => {
  if (required && visibleLength(text) === 0) return `“${label}” is missing.`;
  return text.length > longestEvidence
    ? `“${label}” has ${text.length.toLocaleString('en')} characters; at most ${longestEvidence} are allowed.`
    : undefined;
};

const forCategory: Readonly<Record<ExemptionCategory, string>> = { Waiver: 'waiver', Mitigated: 'mitigation' };

/**
 * The chosen reason with its evidence, or a sentence for each thing that is wrong. A field that was never shown is asked for first, also where
 * it may stay empty.
 */
export const givenReason = (
  { reason: chosen = '', evidence = {} }: ReasonTyped,
  reasons: readonly ReadyReason[],
  category: ExemptionCategory | undefined,
): { readonly reason: GivenReason | undefined; readonly problems: readonly ReasonProblem[] } => {
  if (chosen === '' || chosen === ownWords) return { reason: undefined, problems: [] };
  const meant = reasonNamed(reasons, chosen);
  if (meant === undefined)
    return {
      reason: undefined,
      problems: [{ field: 'reason', sentence: 'That reason is not offered. Choose again.' }],
    };
  const problems: ReasonProblem[] = [];
  if (category !== undefined && category !== meant.category)
    problems.push({
      field: 'reason',
      sentence: `“${meant.text}” is a reason for a ${forCategory[meant.category]}. Choose that category, or another reason.`,
    });
  const typed = meant.evidence.map((field) => ({ field, text: evidence[evidenceKey(meant, field)] }));
  if (typed.some(({ text }) => text === undefined))
    problems.push({
      field: 'evidence',
      sentence: 'This reason asks for what stands here. Fill it in and press Preview.',
    });
  else
    for (const { field, text = '' } of typed) {
      const sentence = evidenceProblem(field, text.trim());
      if (sentence !== undefined) problems.push({ field: 'evidence', sentence });
    }
  return {
    reason: {
      id: meant.id,
      text: meant.text,
      evidence: typed.flatMap(({ field: { id, label }, text = '' }) =>
        visibleLength(text) === 0 ? [] : [{ id, label, text: text.trim() }],
      ),
    },
    problems,
  };
};

/** The reason that words begin with by its id, alone or before a colon or comma, and the other words; undefined: they are a reason themselves. */
export const reasonInWords = (
  words: string,
  reasons: readonly ReadyReason[],
): { readonly reason: ReadyReason; readonly rest: string } | undefined => {
  const [, id = '', rest = ''] = /^([\w-]+)\s*(?:$|[:,;]\s*([\s\S]*)$)/.exec(words.trim()) ?? [];
  const reason = reasonNamed(reasons, id.toLowerCase());
  return reason && { reason, rest: rest.trim() };
};
