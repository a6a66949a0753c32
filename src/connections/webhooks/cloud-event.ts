import type { Delivery } from '../../core/connection/connection.ts';
import type { LedgerRecord } from '../../core/ledger/ledger.ts';

/** An event as CloudEvents 1.0 in structured JSON. */
export type CloudEvent = { readonly id: string; readonly body: string };

export type EventOptions = {
  /** Names this installation; the same id never comes twice from one source. */
  readonly source: string;
  /** Names and words of people are sent too. */
  readonly withWords: boolean;
};

/** Facts that a receiver can use; others serve only to rebuild a request. */
const told = [
  'recommendation',
  'title',
  'severity',
  'category',
  'expiresAt',
  'appliedAt',
  'revokedAt',
  'ratifyBy',
  'exemption',
  'exemptions',
  'scope',
  'kind',
  'channel',
  'cleanup',
  'count',
  'why',
  'by',
  'target',
] as const;

/** Receivers need not take more than this. */
const longestFact = 4000;

const actorOf = ({ actor }: LedgerRecord, withWords: boolean) =>
  actor.kind === 'job'
    ? { kind: 'job', id: actor.name }
    : {
        kind: 'person',
        id: actor.person.objectId,
        tenantId: actor.person.tenantId,
        ...(withWords ? { name: actor.person.name } : {}),
      };

const factsOf = ({ facts }: LedgerRecord): Record<string, string> =>
  Object.fromEntries(
    told.flatMap((name) => {
      const fact = facts[name] ?? '';
      return fact === '' || fact.length > longestFact ? [] : [[name, fact] as const];
    }),
  );

const json = (event: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ specversion: '1.0', datacontenttype: 'application/json', ...event });

/** A row of the ledger as an event, with the hash of its row as id: the same for everybody who is told, whenever. */
export const cloudEventOf = (
  record: LedgerRecord,
  scopes: Delivery['scopes'],
  { source, withWords }: EventOptions,
): CloudEvent => ({
  id: record.hash,
  body: json({
    id: record.hash,
    source,
    type: `exemption-desk.${record.event}`,
    time: record.at.toISOString(),
    ...(record.reference === undefined ? {} : { subject: record.reference }),
    // The extension by which receivers see what is missing.
    sequence: String(record.sequence),
    data: {
      event: record.event,
      sequence: record.sequence,
      reference: record.reference ?? null,
      from: record.from ?? null,
      to: record.to ?? null,
      actor: actorOf(record, withWords),
      scopes: scopes.slice(0, 100),
      facts: factsOf(record),
      ...(withWords && record.text !== '' ? { text: record.text.slice(0, longestFact) } : {}),
    },
  }),
});

/** An event by which an operator tries a receiver. */
export const testEvent = (id: string, at: Date, source: string): CloudEvent => ({
  id,
  body: json({
    id,
    source,
    type: 'exemption-desk.test',
    time: at.toISOString(),
    data: { event: 'test' },
  }),
});
