import { evidenceKey, reasonNamed, type ReadyReason } from '../../core/governance/reasons.ts';
import type { Form } from '../../core/request/terms.ts';

/** A form as the card sends it: scopes and resources by their tokens, evidence in the order of its fields. */
export type FilledIn = Omit<Form, 'evidence'> & {
  /** The resources on the page of the card; undefined on a card of an earlier version. */
  readonly shown?: readonly string[] | undefined;
  /** Where in the list that page begins. */
  readonly first?: number | undefined;
  /** What the fields for evidence on the card are for. */
  readonly evidenceOf?: readonly string[] | undefined;
} & Readonly<Partial<Record<`evidence${1 | 2 | 3 | 4 | 5}`, string>>>;

/**
 * What somebody typed, as their draft keeps it. What they typed for another reason stays, in case they choose it again; fields that no reason
 * has are left out. The category of a ready reason is that of a form that names none.
 */
export const typedForm = (before: Form, given: FilledIn, reasons: readonly ReadyReason[]): Form => {
  const {
    shown: _,
    first: __,
    evidenceOf = [],
    evidence1,
    evidence2,
    evidence3,
    evidence4,
    evidence5,
    ...typed
  } = given;
  const texts = [evidence1, evidence2, evidence3, evidence4, evidence5];
  const known = reasons.flatMap((reason) => reason.evidence.map((field) => evidenceKey(reason, field)));
  const fields = evidenceOf.flatMap((key, at) => (known.includes(key) ? [[key, texts[at] ?? '']] : []));
  return {
    ...typed,
    category: typed.category === '' ? (reasonNamed(reasons, typed.reason)?.category ?? '') : typed.category,
    evidence: { ...before.evidence, ...(Object.fromEntries(fields) as Record<string, string>) },
  };
};
