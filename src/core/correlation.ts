/**
 * One id for everything that one message, one click or one sweep causes. It travels through jobs, to Azure (as the correlation id in its
 * activity log) and into every log line.
 */
export type Correlation = {
  /** A GUID; undefined outside any work. */
  readonly current: () => string | undefined;
  /** Runs work, and everything that it starts, under an id. */
  readonly within: <Result>(id: string, work: () => Result) => Result;
};
