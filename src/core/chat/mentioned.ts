/** Somebody whom a message asks by name. */
export type Mentioned = {
  /** Entra object id. */
  readonly objectId: string;
  /** As the directory has it: text by somebody else. */
  readonly name: string;
  /** The id by which Teams mentions them; undefined: they are only named, because they were notified before. */
  readonly userId: string | undefined;
};
