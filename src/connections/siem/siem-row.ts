import type { LedgerRecord } from '../../core/ledger/ledger.ts';

/** Azure cuts a field at 32 kB without a word; this is cut before, and said. In bytes of UTF-8. */
const longestField = 31_000;

const bytesOf = (text: string): number => Buffer.byteLength(text);

/** Cut to so many bytes, never through a character. */
const cutTo = (text: string, most: number): string => {
  if (bytesOf(text) <= most) return text;
  const cut = Buffer.from(text).subarray(0, most).toString('utf8');
  return cut.replace(/\uFFFD+$/, '');
};

/** The facts that fit into one field, in their order, and the names of those that do not. */
const factsThatFit = (facts: LedgerRecord['facts']) => {
  let kept: Record<string, string> = {};
  const left: string[] = [];
  for (const [name, fact] of Object.entries(facts)) {
    const more = { ...kept, [name]: fact };
    if (bytesOf(JSON.stringify(more)) <= longestField) kept = more;
    else left.push(`Facts.${name}`);
  }
  return { kept, left };
};

const actorColumns = ({ actor }: LedgerRecord, withWords: boolean) =>
  actor.kind === 'job'
    ? { ActorKind: 'job', ActorId: actor.name, ActorTenantId: '', ActorName: '' }
    : {
        ActorKind: 'person',
        ActorId: actor.person.objectId,
        ActorTenantId: actor.person.tenantId,
        ActorName: withWords ? actor.person.name : '',
      };

/** The columns of one row of the ledger, as infra/siem.bicep declares them. `EventUid` is the hash of the row: whoever finds it twice counts it once. */
export const siemRow = (record: LedgerRecord, scopes: readonly string[], withWords: boolean) => {
  const { kept, left } = factsThatFit(record.facts);
  const words = withWords ? record.text : '';
  const text = cutTo(words, longestField);
  const allScopes = scopes.join(' ');
  const someScopes = cutTo(allScopes, longestField);
  return {
    TimeGenerated: record.at.toISOString(),
    EventUid: record.hash,
    Sequence: record.sequence,
    Event: record.event,
    Reference: record.reference ?? '',
    FromStatus: record.from ?? '',
    ToStatus: record.to ?? '',
    ...actorColumns(record, withWords),
    Scopes: someScopes,
    Facts: kept,
    Words: text,
    CutFields: [...left, ...(text === words ? [] : ['Words']), ...(someScopes === allScopes ? [] : ['Scopes'])].join(
      ' ',
    ),
  };
};

export type SiemRow = ReturnType<typeof siemRow>;

/** One call takes 1 MB, compressed and not. */
const longestCall = 1_000_000;

/** The text of one call with the first of these rows, as many as fit, and how many these are; at least one. */
export const callWith = (rows: readonly SiemRow[]): { readonly body: string; readonly count: number } => {
  const texts: string[] = [];
  let size = 2;
  for (const row of rows) {
    const text = JSON.stringify(row);
    size += bytesOf(text) + 1;
    if (texts.length > 0 && size > longestCall) break;
    texts.push(text);
  }
  return { body: `[${texts.join(',')}]`, count: texts.length };
};
