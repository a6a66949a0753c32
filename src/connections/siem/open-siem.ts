import { z } from 'zod';
import { ConnectionMistake, type Connection, type ConnectionKind } from '../../core/connection/connection.ts';
import { createIngest, type IngestMeans } from './ingest.ts';
import { callWith, siemRow } from './siem-row.ts';

const schema = z.record(
  z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  z.strictObject({
    // No other host ever gets a token of the identity.
    endpoint: z.string().regex(/^https:\/\/[a-z0-9.-]+\.ingest\.monitor\.azure\.com\/?$/),
    rule: z.string().regex(/^dcr-[0-9a-f]{32}$/),
    stream: z
      .string()
      .regex(/^Custom-[A-Za-z0-9_]{1,80}$/)
      .default('Custom-ExemptionDesk_CL'),
    withWords: z.boolean().default(false),
  }),
);

type Written = z.infer<typeof schema>[string];

const remedies: Readonly<Record<string, string>> = {
  endpoint: 'https://….ingest.monitor.azure.com, the output endpoint of infra/siem.bicep',
  rule: 'dcr- and 32 letters, the output rule of infra/siem.bicep',
  stream: 'Custom-ExemptionDesk_CL, unless you have renamed the table',
  withWords: 'true or false',
};

const mistakesIn = (error: z.ZodError): string[] =>
  error.issues.map(({ path, code }) => {
    const [name = '', field] = path.map(String);
    if (field !== undefined) return `${name}: ${field} is missing or not valid: ${remedies[field] ?? ''}`;
    return code === 'unrecognized_keys'
      ? `${name} has a field that is not known; known: ${Object.keys(remedies).join(', ')}`
      : `${name || 'it'} has to be a name of small letters, digits and hyphens with its fields`;
  });

const rowsAtOnce = 500;

const connectionTo = (name: string, { withWords, ...written }: Written, means: IngestMeans): Connection => {
  const workspace = { ...written, endpoint: written.endpoint.replace(/\/$/, '') };
  const ingest = createIngest(means);
  return {
    name: `siem/${name}`,
    // All of them: a gap in the numbers would look like a broken ledger.
    events: ['*'],
    order: 'as-in-ledger',
    atOnce: rowsAtOnce,
    patienceDays: undefined,
    mostUnknowns: undefined,
    deliver: async (deliveries) => {
      const rows = deliveries.flatMap(({ record, scopes }) =>
        record === undefined ? [] : [siemRow(record, scopes, withWords)],
      );
      if (rows.length < deliveries.length) return { kind: 'unwanted' };
      const { body, count } = callWith(rows);
      const result = await ingest(workspace, body);
      return result.kind === 'sent' ? { kind: 'sent', count } : result;
    },
    check: async () => {
      // No rows: Azure checks the token, the rule and the stream, and takes nothing.
      const result = await ingest(workspace, '[]');
      // Not tried in a workspace: Azure may refuse a call without rows, and then it has accepted the token, the rule and the stream.
      if (result.kind === 'retry' && result.status === 400)
        return {
          seen: `Azure Monitor answers for ${workspace.stream}; whether it takes the columns shows the first row`,
        };
      if (result.kind !== 'sent')
        throw new Error('reason' in result ? result.reason : 'Azure Monitor did not take it.');
      return { seen: `Azure Monitor takes rows for ${workspace.stream}` };
    },
  };
};

/** The ledger in Azure Monitor, for Microsoft Sentinel; docs/connect/siem.md. */
export const siem = (means: IngestMeans): ConnectionKind => ({
  section: 'siem',
  open: (written) => {
    const parsed = schema.safeParse(written);
    if (!parsed.success) throw new ConnectionMistake(mistakesIn(parsed.error));
    return Object.entries(parsed.data).map(([name, each]) => connectionTo(name, each, means));
  },
});
