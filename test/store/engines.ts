import { freshStore } from './fresh-database.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import { noPostgres, postgresStore } from './postgres-database.ts';

type EngineUnderTest = {
  readonly engine: string;
  readonly open: () => Promise<OpenStore>;
  readonly whyNot: string | undefined;
};

/** Both engines that the product runs on; `whyNot` says why one cannot be tried here. */
export const engines: readonly EngineUnderTest[] = [
  { engine: 'the embedded engine', open: freshStore, whyNot: undefined },
  { engine: 'PostgreSQL', open: postgresStore, whyNot: noPostgres },
];
