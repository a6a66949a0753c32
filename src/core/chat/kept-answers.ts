/** A change that another program asked for under a key of its own, so that asking twice changes it once. */
export type KeyedCall = {
  /** The Entra object id of the caller, in lower case. */
  readonly callerId: string;
  /** The client id of the application that called. */
  readonly application: string;
  readonly key: string;
  /** Stands for all that was sent. */
  readonly digest: string;
};

export type KeptAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** The state of a call's key when it comes. In flight: another one with its key is being answered. Other: its key belongs to something else. */
type KnownCall =
  | { readonly kind: 'new' }
  | { readonly kind: 'in-flight' }
  | { readonly kind: 'other' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer };

/** The time for which a key means the same call. */
export const keyLastsMs = 24 * 60 * 60_000;

/** After this time without an answer its process has died: the call may be answered again. */
export const answeredWithinMs = 2 * 60_000;

/** The answers to changes, by the caller and their key. */
export type KeptAnswers = {
  /** Takes the key, unless it is known. Of two calls at the same moment one is new. */
  readonly begin: (call: KeyedCall, at: Date) => Promise<KnownCall>;
  readonly end: (call: KeyedCall, at: Date, answer: KeptAnswer) => Promise<void>;
  /** Gives the key back, because nothing was changed and the same call may be tried again. */
  readonly drop: (call: KeyedCall, at: Date) => Promise<void>;
  /** Removes every answer to a caller (Entra object id); returns their number. */
  readonly removeOf: (objectId: string) => Promise<number>;
};
