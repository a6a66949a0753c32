/** A drawn Adaptive Card, ready to be attached, and the line that stands for it in a notification. */
export type Card = { readonly content: Readonly<Record<string, unknown>>; readonly summary: string };
