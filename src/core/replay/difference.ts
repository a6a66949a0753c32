/** The ways in which a past request would end differently, most serious first, each with the words of its count. */
export const differences = {
  refused: 'would be refused',
  'over-limits': 'would break the limits',
  'no-longer-without-approval': 'would no longer be applied without approval',
  'more-approvals': 'would need more approvals',
  'other-approvers': 'would need other approvers',
  'not-known': 'cannot be told',
  'fewer-approvals': 'would need fewer approvals',
  'another-rule': 'would be decided by another rule, to the same effect',
} as const;

export type DifferenceKind = keyof typeof differences;

export type Difference = {
  readonly kind: DifferenceKind;
  /** A clause about the request, without its texts or names of people; empty if the answer itself says it. */
  readonly why: string;
};
