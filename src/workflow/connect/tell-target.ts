import type { Connection, Delivery, DeliveryResult } from '../../core/connection/connection.ts';
import type { OutboxRow } from '../../core/connection/outbox.ts';
import type { LedgerRecord } from '../../core/ledger/ledger.ts';
import type { Desk } from '../desk.ts';
import { scopesIn } from './scopes-in.ts';
import { settleTelling } from './settle-telling.ts';

/** Nobody else tells what was taken before this time; an attempt ends long before. */
const takenForMs = 120_000;
/** Attempts of one job: a replica that stops waits for its jobs, but not for long. */
const attemptsOfAJob = 50;

const recordsOf = async (desk: Desk, rows: readonly OutboxRow[]): Promise<ReadonlyMap<number, LedgerRecord>> => {
  const wanted = new Set(rows.flatMap(({ sequence }) => sequence ?? []));
  const found = new Map<number, LedgerRecord>();
  if (wanted.size === 0) return found;
  const ends = { since: Math.min(...wanted), upTo: Math.max(...wanted) };
  for await (const records of desk.database.ledger.read(ends))
    for (const record of records) if (wanted.has(record.sequence)) found.set(record.sequence, record);
  return found;
};

const deliveriesOf = async (desk: Desk, rows: readonly OutboxRow[]): Promise<Delivery[]> => {
  const records = await recordsOf(desk, rows);
  const deliveries = [];
  for (const row of rows) {
    const record = row.sequence === undefined ? undefined : records.get(row.sequence);
    const reference = record?.reference ?? row.content?.reference;
    const request = reference === undefined ? undefined : await desk.database.requests.find(reference);
    deliveries.push({ row, record, scopes: scopesIn(record?.facts ?? row.content ?? {}, request?.terms.scopes) });
  }
  return deliveries;
};

/** An error that a connection did not expect: nobody knows whether something arrived. */
const failed = (desk: Desk, { name }: Connection, error: unknown): DeliveryResult => {
  desk.tellOperator('A connection failed in a way that it did not expect; it is tried again.', { target: name, error });
  return { kind: 'ambiguous', reason: 'Exemption Desk failed while it was sending; the log says why.' };
};

const tellOnce = async (desk: Desk, connection: Connection): Promise<'more' | 'pause'> => {
  const at = desk.now();
  const until = new Date(at.getTime() + takenForMs);
  const rows = await desk.database.outbox.take(connection.name, { at, until }, connection.atOnce);
  const [first, ...others] = await deliveriesOf(desk, rows);
  if (first === undefined) return 'pause';
  const result = await connection
    .deliver([first, ...others])
    .catch((error: unknown) => failed(desk, connection, error));
  return settleTelling(desk, connection, rows, result);
};

/** Tells a target what is due, until nothing is or an attempt failed. What is left is told later: each minute looks for it. */
export const tellTarget = async (desk: Desk, target: string): Promise<void> => {
  const connection = desk.connections.find(({ name }) => name === target);
  // Another replica may know it: while a new version is rolled out, not all have the same settings.
  if (connection === undefined) return;
  for (let attempt = 0; attempt < attemptsOfAJob; attempt += 1)
    if ((await tellOnce(desk, connection)) === 'pause') return;
  await desk.database.jobs.send('tell-target', { target });
};

/** Schedules telling whatever is due. */
export const tellTargetsIfDue = async (desk: Pick<Desk, 'connections' | 'database' | 'now'>): Promise<void> => {
  if (desk.connections.length === 0) return;
  for (const target of await desk.database.outbox.targetsDue(desk.now()))
    await desk.database.jobs.send('tell-target', { target });
};
