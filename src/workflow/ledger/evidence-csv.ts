import { csvOf } from '../../core/csv.ts';
import type { LedgerRecord } from '../../core/ledger/ledger.ts';
import { actorName } from '../../core/person.ts';
import { wordsIn } from '../../core/ledger/request-record.ts';
import { exemptionsIn, type Evidence } from './evidence.ts';

const columns: Readonly<Record<string, (record: LedgerRecord) => string>> = {
  row: ({ sequence }) => String(sequence),
  at: ({ at }) => at.toISOString(),
  request: ({ reference }) => reference ?? '',
  event: ({ event }) => event,
  from: ({ from }) => from ?? '',
  to: ({ to }) => to ?? '',
  who: ({ actor }) => actorName(actor),
  'object id or job': ({ actor }) => (actor.kind === 'person' ? actor.person.objectId : actor.name),
  'exemption name': (record) => wordsIn(record)?.name ?? '',
  ticket: (record) => wordsIn(record)?.ticket ?? '',
  why: (record) => wordsIn(record)?.justification ?? record.text,
  reason: ({ facts }) => facts.reason ?? '',
  evidence: (record) =>
    wordsIn(record)
      ?.evidence?.map(({ label, text }) => `${label}: ${text}`)
      .join('\n') ?? '',
  exemptions: (record) => exemptionsIn(record).join(' '),
  facts: ({ facts }) => JSON.stringify(facts),
  hash: ({ hash }) => hash,
};

/** One line for each row of the ledger; times in UTC. */
export async function* evidenceCsv({ records }: Pick<Evidence, 'records'>): AsyncGenerator<string, void> {
  yield csvOf([Object.keys(columns)]);
  for await (const portion of records())
    yield csvOf(portion.map((record) => Object.values(columns).map((cell) => cell(record))));
}
