/**
 * One id for all that one message, one click or one look causes: it goes with the work through jobs, to Azure (as the correlation id of its activity log)
 * and into every line of the log.
 */
export type Correlation = {
  /** A GUID; undefined outside of any work. */
  readonly current: () => string | undefined;
  /** Does work, and all that it starts, under an id. */
  readonly within: <Result>(id: string, work: () => Result) => Result;
};
