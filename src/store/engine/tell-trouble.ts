import { AsyncLocalStorage } from 'node:async_hooks';
import { GovernanceError } from '../../core/governance-error.ts';
import { StoreUnavailable } from '../../core/store-unavailable.ts';
import { troubleOf, type DatabaseTrouble } from './not-answering.ts';

const silent = {
  nothing: 'The database does not answer; nothing was recorded. Please try again in a minute.',
  maybe:
    'The database stopped answering; what you decided or sent may have been recorded before that. To check in a minute, send: requests',
};

const nothingRecorded: Readonly<Record<DatabaseTrouble, string>> = {
  silent: silent.nothing,
  closed: silent.nothing,
  full: 'The database has no room left; nothing was recorded. Please tell the operator of Exemption Desk, and try again later.',
};

const maybeRecorded: Readonly<Record<DatabaseTrouble, string>> = {
  silent: silent.maybe,
  closed: silent.maybe,
  full: 'The database has run out of room; what you decided or sent may have been recorded before that. Please tell the operator of Exemption Desk. To check later, send: requests',
};

type Call = (...given: never[]) => Promise<unknown> | AsyncIterable<unknown>;

/** The one place that turns a database without an answer into a sentence for the person: StoreUnavailable. Other errors pass. */
export const tellTrouble = () => {
  const turns = new AsyncLocalStorage<{ hasRecorded: boolean }>();

  const told = (error: unknown, hasRecorded = turns.getStore()?.hasRecorded ?? false): unknown => {
    const trouble = error instanceof GovernanceError ? undefined : troubleOf(error);
    if (trouble === undefined) return error;
    const sentences = hasRecorded ? maybeRecorded : nothingRecorded;
    return new StoreUnavailable(sentences[trouble], { cause: error });
  };

  const call = <Given extends unknown[], Result>(work: (...given: Given) => Promise<Result>) => {
    return async (...given: Given): Promise<Result> => {
      try {
        return await work(...given);
      } catch (error) {
        throw told(error);
      }
    };
  };
  const each = async function* (portions: AsyncIterable<unknown>): AsyncIterable<unknown> {
    try {
      yield* portions;
    } catch (error) {
      throw told(error);
    }
  };
  const portCall =
    (work: Call): Call =>
    (...given) => {
      const answer = work(...given);
      return Symbol.asyncIterator in answer ? each(answer) : call(() => answer)();
    };

  return {
    call,
    /** Wraps every call of a port. */
    port: <Port extends object>(port: Port): Port =>
      Object.fromEntries(
        Object.entries(port as Readonly<Record<string, Call>>).map(([name, work]) => [name, portCall(work)]),
      ) as Port,
    /** `begin` opens a transaction for the work. If the connection breaks during the commit, nobody knows whether it was committed. */
    transaction: async <Inside, Result>(
      begin: (work: (inside: Inside) => Promise<Result>) => Promise<Result>,
      work: (inside: Inside) => Promise<Result>,
    ): Promise<Result> => {
      const turn = turns.getStore() ?? { hasRecorded: false };
      let isWorkDone = false;
      try {
        return await begin(async (inside) => {
          const result = await work(inside);
          isWorkDone = true;
          return result;
        });
      } catch (error) {
        throw told(error, turn.hasRecorded || isWorkDone);
      } finally {
        turn.hasRecorded ||= isWorkDone;
      }
    },
    /** Within one turn, once something may have been recorded, no error says any more that nothing was. */
    turn: <Result>(work: () => Promise<Result>): Promise<Result> => turns.run({ hasRecorded: false }, work),
  };
};
