/** What happens where the bot's own rights do not reach every policy assignment: nothing is written, or only what can be. */
export type PartialRights = 'all-or-nothing' | 'best-effort';
