/** Something that waits for a decision. */
type Waiting = { readonly waitingSince: Date };

const hour = 3_600_000;

/** When approvers are reminded of a request that waits. */
export const reminders = [
  { step: '4 hours', after: 4 * hour },
  { step: '1 day', after: 24 * hour },
  { step: '2 days', after: 48 * hour },
] as const;

/** A request that nobody decides within this time lapses. */
export const lapsesAfterDays = 7;

/** An emergency exemption that nobody approves within this time is revoked. */
export const emergencyHours = 72;

export const lapsesAt = ({ waitingSince }: Waiting): Date =>
  new Date(waitingSince.getTime() + lapsesAfterDays * 24 * hour);

export const ratifyBy = (now: Date): Date => new Date(now.getTime() + emergencyHours * hour);

/**
 * The reminders that are due by now, the latest last: after 4 hours, 1 day and 2 days. Claim them together, so that somebody who comes back
 * after a week gets one. Empty while it is too early.
 */
export const dueReminders = ({ waitingSince }: Waiting, now: Date): readonly string[] =>
  reminders.filter(({ after }) => now.getTime() - waitingSince.getTime() >= after).map(({ step }) => step);

/** What has waited since then or longer is overdue now: its last reminder was due, after 2 days. */
export const overdueSince = (now: Date): Date =>
  new Date(now.getTime() - Math.max(...reminders.map(({ after }) => after)));
