import { z } from 'zod';

/** Any object; an empty one for everything else. */
export const anything = z
  .record(z.string(), z.unknown())
  .nullish()
  .catch(null)
  .transform((each) => each ?? {});

/** The text under a key of a parameter, as in `{"value": "Disabled"}`. */
export const textIn = (parameter: unknown, key: 'value' | 'defaultValue'): string | undefined => {
  const text = anything.parse(parameter)[key];
  return typeof text === 'string' ? text : undefined;
};
