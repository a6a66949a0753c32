import { GovernanceError, type GovernanceErrorCode } from '../../src/core/governance-error.ts';
import type { TestDesk } from './make-desk.ts';
import { everyRequest } from '../../scripts/soak/kept/every-request.ts';
import { everySubscription } from '../../scripts/soak/kept/kept-state.ts';

/** Everything that a use case could have changed. */
const everythingIn = async ({ desk, jobs, tenant, teams, ledger }: TestDesk) => ({
  requests: await everyRequest(desk.database.requests),
  ledger: await ledger(),
  jobs: jobs.names(),
  exemptions: tenant.exemptions(),
  posts: teams.posts.length,
  subscriptions: await everySubscription(desk.database.subscriptions),
});

/** The code with which a use case refuses. Throws where it does not. */
const refusalOf = async (work: Promise<unknown>): Promise<GovernanceErrorCode> => {
  const error: unknown = await work.then(
    () => new Error('It was not refused.'),
    (reason: unknown) => reason,
  );
  if (error instanceof GovernanceError) return error.code;
  throw error;
};

/** That a use case refuses with this code and changes nothing; that somebody was refused may go on record. */
export const expectRefused = async (
  world: TestDesk,
  code: GovernanceErrorCode,
  work: () => Promise<unknown>,
): Promise<void> => {
  const before = await everythingIn(world);
  const refusal = await refusalOf(work());
  const after = await everythingIn(world);
  const changes = after.ledger.slice(before.ledger.length).filter(({ event }) => event !== 'refused');
  expect({ refusal, changes, ...after, ledger: [] }).toEqual({ refusal: code, changes: [], ...before, ledger: [] });
};

/** The refusals on record, as `approve by Alice Adler`. */
export const refusalsIn = async ({ ledger }: TestDesk): Promise<string[]> =>
  (await ledger())
    .filter(({ event }) => event === 'refused')
    .map(({ facts, actor }) => `${facts.tried ?? ''} by ${actor.kind === 'person' ? actor.person.name : actor.name}`);
