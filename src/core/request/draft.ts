import type { Person } from '../person.ts';
import type { Recommendation } from '../tenant/recommendation.ts';
import type { Form } from './terms.ts';

/** A request that is still being written, kept on the server for its requester only. */
export type Draft = {
  readonly id: string;
  readonly requester: Person;
  readonly recommendation: Pick<Recommendation, 'key' | 'title' | 'severity' | 'policyDefinitionId'>;
  readonly form: Form;
  readonly createdAt: Date;
  /** The waiting request that it will change, and the version of the terms it started from. Undefined: it becomes a new request. */
  readonly amends: { readonly reference: string; readonly termsVersion: number } | undefined;
  /** The request in force that the new one will replace, and the reason. */
  readonly replaces: { readonly reference: string; readonly deed: 'renew' | 'change' } | undefined;
  /** The id of the channel or group chat where its form was opened first; left out: in a personal chat. */
  readonly origin?: string | undefined;
};

export type DraftStore = {
  readonly save: (draft: Draft) => Promise<void>;
  readonly find: (id: string) => Promise<Draft | undefined>;
  /** Remembers which ids stand behind the tokens that a search of this form showed, a few hundred at most. Saving the draft keeps them. */
  readonly offer: (id: string, found: Readonly<Record<string, string>>) => Promise<void>;
  /** What `offer` remembered. */
  readonly offered: (id: string) => Promise<Readonly<Record<string, string>>>;
  /** False if it was already gone, so that two clicks on Send make one request. */
  readonly remove: (id: string) => Promise<boolean>;
  /** Removes every draft of a person (Entra object id); returns their number. */
  readonly removeOf: (objectId: string) => Promise<number>;
};

/** A draft that an application left: nobody has asked yet. Whoever claims it becomes its requester, and never one of its approvers. */
export type UnclaimedDraft = Pick<Draft, 'id' | 'recommendation' | 'createdAt'> & {
  readonly form: Partial<Form>;
  readonly scopes: readonly string[];
  /** The client id of the application. */
  readonly application: string;
  /** For whom it says that it drafts, word for word. Nothing shows that it is true. */
  readonly onBehalfOf: string;
  /** The Entra object id of who claimed it. */
  readonly claimedBy: string | undefined;
};

/** The time within which all that an application drafts about one recommendation is one draft: a portal sends each chosen resource by itself. */
export const draftedTogetherMs = 2 * 60_000;

export type UnclaimedDrafts = {
  /**
   * Adds a draft, or its scopes to the one with its id: what was drafted together is one. False if that was claimed or told already.
   */
  readonly add: (draft: UnclaimedDraft) => Promise<boolean>;
  /** Those of which nobody was told yet, left until this moment, the oldest first, at most so many. From now on they count as told. */
  readonly takeToTell: (which: {
    readonly until: Date;
    readonly most: number;
    readonly now: Date;
  }) => Promise<UnclaimedDraft[]>;
  /** Nobody was told after all: it is tried again. */
  readonly tellLater: (id: string) => Promise<void>;
  readonly find: (id: string) => Promise<UnclaimedDraft | undefined>;
  /** False if it is gone or somebody was faster. */
  readonly claim: (id: string, objectId: string) => Promise<boolean>;
};
