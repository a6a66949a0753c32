import { GovernanceError } from '../../core/governance-error.ts';
import type { Store } from '../../core/desk/store.ts';

type Place = {
  readonly now: () => Date;
  readonly database: {
    readonly transaction: <T>(work: (store: Omit<Store, 'jobs'>) => Promise<T>) => Promise<T>;
  };
};

const actor = { kind: 'job', name: 'operator' } as const;

/** Makes Exemption Desk read-only, with a reason that everybody is told; undefined: ends that. Both are recorded. */
export const switchReadOnly = async ({ now, database }: Place, reason: string | undefined): Promise<void> => {
  if (reason?.trim() === '')
    throw new GovernanceError(
      'invalid',
      'A reason is required, because people who are refused will read it: --reason "…"',
    );
  const since = now();
  await database.transaction(async ({ switches, ledger }) => {
    await switches.setReadOnly(reason === undefined ? undefined : { since, reason });
    await ledger.append({
      at: since,
      actor,
      reference: undefined,
      event: reason === undefined ? 'read-only-ended' : 'read-only-begun',
      from: undefined,
      to: undefined,
      text: reason ?? '',
      facts: {},
    });
  });
};
