/** How far something long has come, in things: 12 of 40. There are at least two. */
export type DoneSoFar = { readonly done: number; readonly of: number };
