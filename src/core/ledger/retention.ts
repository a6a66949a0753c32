/**
 * How many days what is kept of people stays, counted from what the comment says. Requests and the ledger are evidence and stay until the words of a
 * person are asked to be forgotten; docs/kept-data.md says what and why.
 */
export const keptDays = {
  /** Which message or click was answered already, from the answer; its words are gone by then. Teams repeats one within minutes or not at all. */
  'answered-activities': 2,
  /** A report offered as a file, from the offer. */
  'report-offers': 7,
  /** A form that was begun and never sent, from when it was opened. */
  drafts: 30,
  /** The list of a dry run and what became of it, from the dry run. */
  cleanups: 7,
  /** An alert that was sent, refused for good or not wanted any more, from then. */
  'alert-deliveries': 30,
  /** A chat to which nothing can be sent, as when its person has left, from the first refusal. */
  'lost-chats': 90,
  /** Where the cards of a request stand, from when nothing can happen to it any more. */
  'posted-cards': 180,
} as const;

export type OldKind = keyof typeof keptDays;

export type OldData = {
  /** Deletes what of a kind is older than a moment, which its days in `keptDays` name; how much it was. */
  readonly forgetBefore: (kind: OldKind, before: Date) => Promise<number>;
};
