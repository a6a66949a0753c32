import { isJson } from '../message.ts';
import type { Json } from '../message.ts';
import type { Delivery } from './bot-delivery.ts';

export type FoundChoice = { readonly title: string; readonly value: string };

/** As many as Teams shows. */
const mostShown = 15;

const inputsIn = (value: unknown): Json[] => {
  if (Array.isArray(value)) return value.flatMap(inputsIn);
  if (!isJson(value)) return [];
  return [...(value.type === 'Input.ChoiceSet' ? [value] : []), ...Object.values(value).flatMap(inputsIn)];
};

/** The value of the invoke that a client sends for a text that somebody types into a field with a search. */
export const searchIn = (card: Json, inputId: string, queryText: string): Json => {
  const input = inputsIn(card).find(({ id }) => id === inputId);
  const query = input?.['choices.data'];
  if (input?.style !== 'filtered' || !isJson(query) || query.type !== 'Data.Query')
    throw new RangeError(`The card has no field ${inputId} with a search.`);
  return { queryText, queryOptions: { skip: 0, top: mostShown }, dataset: query.dataset };
};

/** Reads the answer to a search by the published contract; undefined: the client shows nothing. */
export const readFound = ({ status, body }: Delivery): FoundChoice[] | undefined => {
  if (status !== 200 || !isJson(body) || body.type !== 'application/vnd.microsoft.search.searchResponse')
    return undefined;
  const results = isJson(body.value) ? body.value.results : undefined;
  if (body.statusCode !== 200 || !Array.isArray(results)) return undefined;
  return results
    .filter(isJson)
    .slice(0, mostShown)
    .map(({ title, value }) => ({ title: String(title), value: String(value) }));
};
