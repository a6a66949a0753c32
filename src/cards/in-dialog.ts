import type { Card } from './render-card.ts';

type Json = unknown;

const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const opensDialog = (data: Json): boolean =>
  isObject(data) && isObject(data.msteams) && data.msteams.type === 'task/fetch';

/** A button that would open a dialog sends the same from within one, which answers there. */
const adapted = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(adapted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      if (name !== 'data') return [name, adapted(each)];
      if (!isObject(each) || !opensDialog(each)) return [name, each];
      const { msteams: _, ...data } = each;
      return [name, data];
    }),
  );
};

const noteAbove = (note: string): Json => ({
  type: 'Container',
  style: 'accent',
  items: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: note }] }],
});

/**
 * A card as it stands in a dialog: it is not refreshed (only Action.Submit reaches the bot from there, as Microsoft documents) and opens no
 * other dialog. `note`, a sentence of our own, stands above it.
 */
export const inDialog = ({ content }: Card, note?: string): Readonly<Record<string, unknown>> => {
  const { refresh: _, ...card } = adapted(content) as Readonly<Record<string, Json>>;
  return note === undefined ? card : { ...card, body: [noteAbove(note), ...((card.body ?? []) as Json[])] };
};
