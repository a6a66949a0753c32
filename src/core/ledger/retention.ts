/**
 * How many days personal data of each kind is kept, counted from the moment that each comment names. Requests and the ledger are evidence
 * and stay until somebody asks for their data to be erased; docs/kept-data.md says what and why.
 */
export const keptDays = {
  /** The ids of answered messages and clicks, from the answer; their content is already deleted. Teams repeats one within minutes or not at all. */
  'answered-activities': 2,
  /** How many wrong references somebody tried, from when the count is empty again. */
  'reference-tries': 2,
  /** A report offered as a file, from the offer. */
  'report-offers': 7,
  /** The answer to a change that another program asked for, from when it asked. */
  'kept-answers': 1,
  /** A draft that an application left, claimed or not, from when it was left. */
  'unclaimed-drafts': 30,
  /** A form that was never sent, from when it was opened. */
  drafts: 30,
  /** The place and the numbers of somebody's home card, from when it was last counted. After that it is no longer kept current. */
  'home-cards': 30,
  /** The time zone and language of somebody, from when they were last written down. Whoever still writes is known again at once. */
  readers: 90,
  /** The list of a dry run and its outcome, from the dry run. */
  cleanups: 7,
  /** Who asked for a card in a channel, from when it was posted. After that, what they open from it comes to their personal chat. */
  'asked-cards': 30,
  /** An alert that was sent, permanently refused or no longer wanted, from that moment. */
  'alert-deliveries': 30,
  /** A row of the outbox that was told or given up, from that moment; one that waits for a target that is no longer configured, from when that was noticed. */
  'told-targets': 30,
  /** A chat to which nothing can be sent, for example because its person has left, from the first refusal. */
  'lost-chats': 90,
  /** The places of the cards of a request, from when it can no longer change. */
  'posted-cards': 180,
  /** The card of an alert with what it says, from its last change, once nothing of its exemptions is left in Azure. */
  'posted-alerts': 180,
} as const;

export type OldKind = keyof typeof keptDays;

export type OldData = {
  /** Deletes everything of a kind that is older than a moment, as `keptDays` says; returns how much it was. */
  readonly forgetBefore: (kind: OldKind, before: Date) => Promise<number>;
};
