/** Remarks below the facts of a card, each a paragraph of its own; the empty ones are left out. */
export const notesOf = (notes: readonly string[]): readonly { readonly text: string }[] =>
  notes.filter((note) => note !== '').map((text) => ({ text }));
