import type { RequestQuery } from '../../../cards/actions.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { nearest } from '../../../core/nearest.ts';
import { isRequestSort, requestSorts, type RequestSort } from '../../../core/request/listed-requests.ts';
import { isSeverity, type Severity } from '../../../core/tenant/severity.ts';
import { daysMeant } from '../../../core/typed/days-meant.ts';
import type { DayContext } from '../../../core/typed/read-day.ts';
import type { ParsedLine } from '../../parse-line.ts';

type Narrowing = Pick<RequestQuery, 'severity' | 'wide' | 'endsFrom' | 'endsTo' | 'sort'>;

const invalid = (sentence: string): GovernanceError => new GovernanceError('invalid', sentence);

const severityIn = (said: string): Severity => {
  const word = said.toLowerCase();
  if (isSeverity(word)) return word;
  throw invalid('The severity is critical, high, medium or low; high means critical as well.');
};

const sortIn = (said: string): RequestSort => {
  const word = said.toLowerCase();
  if (isRequestSort(word)) return word;
  const near = nearest(word, requestSorts);
  throw invalid(
    `Sort by severity, waiting, end, wide or newest.${near === undefined ? '' : ` Did you mean sort:${near}?`}`,
  );
};

const daysIn = (said: string, context: DayContext): Pick<Narrowing, 'endsFrom' | 'endsTo'> => {
  const { from, to } = daysMeant(said, context);
  if (to !== undefined && to < context.today)
    throw invalid(`${to} is past. Write the days between which they end, such as ends:30d or ends:30d..90d.`);
  return { ...(from === undefined ? {} : { endsFrom: from }), ...(to === undefined ? {} : { endsTo: to }) };
};

const isNarrowing = (word: string): boolean => word.toLowerCase() === 'wide' || isSeverity(word.toLowerCase());

/** What narrows and sorts a list of requests, and the words that do not. Throws GovernanceError invalid for what cannot be read. */
export const narrowingSaid = (
  { words, filters }: ParsedLine,
  context: DayContext,
): { readonly narrowing: Narrowing; readonly rest: string } => {
  const severity = filters.severity ?? words.find((word) => isSeverity(word.toLowerCase()));
  const { ends, sort } = filters;
  return {
    narrowing: {
      ...(severity === undefined ? {} : { severity: severityIn(severity) }),
      ...(words.some((word) => word.toLowerCase() === 'wide') ? { wide: true } : {}),
      ...(ends === undefined ? {} : daysIn(ends, context)),
      ...(sort === undefined ? {} : { sort: sortIn(sort) }),
    },
    rest: words.filter((word) => !isNarrowing(word)).join(' '),
  };
};
