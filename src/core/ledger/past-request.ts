import { daysBetween } from '../calendar.ts';
import type { LedgerEvent } from './ledger.ts';
import { samePerson } from '../person.ts';
import { rebuildRequests } from './rebuild-requests.ts';
import type { RequestGovernance } from '../request/request-governance.ts';
import type { Terms } from '../request/terms.ts';

/** A request on the terms that its requester gave last, and the rules that applied to it. */
export type PastRequest = Pick<Terms, 'recommendation' | 'scopes' | 'category'> & {
  readonly reference: string;
  /** When it was first sent. */
  readonly sentAt: Date;
  /** Calendar days from the day of these terms. */
  readonly lasts: number | 'for ever';
  /** Undefined if they were erased. */
  readonly words: Pick<Terms, 'justification' | 'ticket'> | undefined;
  readonly governance: RequestGovernance;
  /** The id of its ready reason. */
  readonly reason?: string | undefined;
};

const termFacts = ['scopes', 'category', 'reason', 'expiresAt', 'governance', 'text'];

/** Whether a row contains the terms as written by the person who began the request: an approver may narrow them, and a job may erase their text. */
const isAsking = (event: LedgerEvent, first: LedgerEvent): boolean =>
  event.actor.kind === 'person' &&
  first.actor.kind === 'person' &&
  samePerson(event.actor.person, first.actor.person) &&
  termFacts.some((name) => event.facts[name] !== undefined);

const lasting = (from: Date, end: Date | undefined, timeZone: string): PastRequest['lasts'] =>
  end === undefined ? 'for ever' : daysBetween(from, end, timeZone);

const lastAsked = (events: readonly LedgerEvent[], timeZone: string): PastRequest | undefined => {
  const [first] = events;
  if (first === undefined) return undefined;
  const asking = events.filter((event) => isAsking(event, first));
  const [request] = rebuildRequests(asking);
  const last = asking.at(-1);
  if (request === undefined || last === undefined) return undefined;
  const { reference, createdAt, terms, governance } = request;
  const { recommendation, scopes, category, expiresAt, justification, ticket } = terms;
  const wordsGone = asking.findLast(({ facts }) => facts.text !== undefined)?.text === '';
  return {
    reference,
    sentAt: createdAt,
    recommendation,
    scopes,
    category,
    lasts: lasting(last.at, expiresAt, timeZone),
    words: wordsGone ? undefined : { justification, ticket },
    governance,
    ...(terms.reason === undefined ? {} : { reason: terms.reason.id }),
  };
};

/** Every request whose beginning is among the rows, which are ordered oldest first; days are in the time zone. */
export const pastRequests = (events: readonly LedgerEvent[], timeZone: string): PastRequest[] => {
  const about = Map.groupBy(
    events.filter(({ facts }) => facts.version !== undefined),
    ({ reference }) => reference,
  );
  about.delete(undefined);
  return [...about.values()].map((each) => lastAsked(each, timeZone)).filter((each) => each !== undefined);
};
