/** While this is on, nothing can be requested, decided or written to Azure. */
export type ReadOnly = {
  /** Undefined: since the start, by the configuration. */
  readonly since: Date | undefined;
  /** A sentence by the person who switched it on. */
  readonly reason: string;
};

/** Settings that an operator may switch while Exemption Desk runs; they apply to all replicas at once. */
export type SwitchStore = {
  readonly readOnly: () => Promise<ReadOnly | undefined>;
  readonly setReadOnly: (readOnly: (ReadOnly & { readonly since: Date }) | undefined) => Promise<void>;
};
