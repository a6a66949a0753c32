import { runQuery } from '../../../../simulator/azure/kql/run-query.ts';
import type { QueryResult, Row, TableSet } from '../../../../simulator/azure/kql/run-query.ts';

const columns = {
  id: 'string',
  name: 'string',
  type: 'string',
  kind: 'string',
  properties: 'dynamic',
  tags: 'dynamic',
} as const;

const resources: readonly Row[] = [
  {
    id: '/subscriptions/s1/vm1',
    name: 'vm1',
    type: 'microsoft.compute/virtualmachines',
    properties: {
      size: 4,
      encrypted: true,
      owner: 'Ada',
      created: '2026-01-02T03:04:05.1234567Z',
      disks: [{ lun: 0 }, { lun: 1 }],
    },
    tags: { env: 'prod', 'cost center': '42' },
  },
  {
    id: '/subscriptions/s1/vm10',
    name: 'VM10',
    type: 'microsoft.compute/virtualmachines',
    kind: 'spot',
    properties: { size: 2, encrypted: false, owner: 'grace-hopper', created: '2026-03-02', disks: [] },
    tags: { env: 'Test' },
  },
  {
    id: '/subscriptions/s2/store',
    name: 'store',
    type: 'microsoft.storage/storageaccounts',
    kind: 'spot',
  },
];

const containers: readonly Row[] = [
  { id: '/subscriptions/s1', name: 'one', type: 'microsoft.resources/subscriptions', kind: 's1' },
  { id: '/subscriptions/s3', name: 'three', type: 'microsoft.resources/subscriptions', kind: 's3' },
];

const tables: TableSet = {
  resources: { columns, rows: () => resources },
  resourcecontainers: { columns, rows: () => containers },
  securityresources: { columns, rows: () => [] },
};

export const now = new Date('2026-02-01T12:00:00Z');

export const run = (kql: string): QueryResult => runQuery(kql, tables, now);

/** The values of the only column of a query. */
export const values = (kql: string): unknown[] => run(kql).rows.flatMap((row) => Object.values(row));
