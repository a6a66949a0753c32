import { randomInt, randomUUID } from 'node:crypto';
import { createTeamsNotifier } from '../bot/teams-notifier.ts';
import type { Config } from '../config.ts';
import { createForesight } from '../core/foresight.ts';
import { noteAnswers } from '../workflow/ask-ahead.ts';
import { inTime } from '../timers.ts';
import type { SweepingDesk } from '../workflow/desk.ts';
import { heedReadOnly, readOnlyNow } from '../workflow/heed-read-only.ts';
import { wakeTargets } from '../workflow/connect/wake-targets.ts';
import { observeDatabase } from '../workflow/operate/observe-database.ts';
import { rememberUnreachable } from '../workflow/operate/remember-unreachable.ts';
import { heedRoster } from './heed-roster.ts';
import { hash, type Outside } from './open-outside.ts';

/** Letters and digits that cannot be confused when read aloud. */
const readable = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const newReference = (): string =>
  `EX-${Array.from({ length: 6 }, () => readable[randomInt(readable.length)] ?? '').join('')}`;

/** Assembles everything that the use cases depend on. */
export const assembleDesk = (
  config: Config,
  {
    governance,
    connections,
    correlation,
    log,
    observe,
    now,
    opened,
    jobs,
    azure,
    poster,
    roster,
    publishedHeads,
    apiCalls,
  }: Outside,
): SweepingDesk => {
  const { store, transaction } = opened;
  const { overMirror, ...live } = azure;
  const { store: mirror, sources } = overMirror(store.mirror);
  const database = observeDatabase(
    wakeTargets(
      {
        ...store,
        mirror,
        jobs: jobs.queue,
        transaction: (work) => transaction((inTransaction) => work({ ...inTransaction, jobs: jobs.queue })),
      },
      connections,
    ),
    observe,
  );
  const { readOnly, sweepMinutes, alertsAtOnce, timeZone, partialRights, delegateGroups } = config;
  return noteAnswers({
    ...live,
    ...sources,
    exemptions: heedReadOnly(azure.exemptions, () => readOnlyNow({ database, readOnly })),
    database,
    connections,
    readOnly,
    notifier: rememberUnreachable(
      heedRoster(createTeamsNotifier(poster), roster, config.allowedPlaces),
      store.conversations,
      now,
    ),
    presence: { mentionId: roster.mentionId },
    inTime,
    correlation,
    observe,
    publishedHeads,
    apiCalls: config.api === undefined ? undefined : apiCalls.read,
    foresight: createForesight(now),
    tellOperator: (sentence, facts) => {
      log.warn(facts, sentence);
    },
    governance,
    sweepMinutes,
    alertsAtOnce,
    timeZone,
    partialRights,
    delegateGroups,
    now,
    hash,
    newId: randomUUID,
    newReference,
  });
};
