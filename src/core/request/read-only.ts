/** Nothing is written to Azure, and nothing asked for or decided. */
export type ReadOnly = {
  /** Undefined: since the start, by the configuration. */
  readonly since: Date | undefined;
  /** A sentence of whoever switched it on. */
  readonly reason: string;
};

/** What an operator may switch while the bot runs; all replicas heed it at once. */
export type SwitchStore = {
  readonly readOnly: () => Promise<ReadOnly | undefined>;
  readonly setReadOnly: (readOnly: (ReadOnly & { readonly since: Date }) | undefined) => Promise<void>;
};
