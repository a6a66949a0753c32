import { z } from 'zod';
import { readTimeZone, zoneQuestion } from '../core/typed/time-zone.ts';

/** A time zone; the message of its refusal is a question with the nearest names, or empty. */
export const timeZoneSetting = z.string().transform((text, context) => {
  const read = readTimeZone(text);
  if ('zone' in read) return read.zone;
  const question = zoneQuestion(read.near);
  context.addIssue({ code: 'custom', message: question === undefined ? '' : ` (${question})` });
  return z.NEVER;
});
