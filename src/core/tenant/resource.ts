/** Reads resources. */
export type ResourceSource = {
  /** Where resources are, by their ids in lower case, as far as the bot may read them. Throws GovernanceError unavailable. */
  readonly locations: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
};
