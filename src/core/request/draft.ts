import type { Person } from '../person.ts';
import type { Recommendation } from '../tenant/recommendation.ts';
import type { Form } from './terms.ts';

/** A request being written: kept on the server, for its requester only. */
export type Draft = {
  readonly id: string;
  readonly requester: Person;
  readonly recommendation: Pick<Recommendation, 'key' | 'title' | 'severity' | 'policyDefinitionId'>;
  readonly form: Form;
  readonly createdAt: Date;
  /** The waiting request that it will change, and the version of the terms that it was drawn from; undefined: it becomes a new one. */
  readonly amends: { readonly reference: string; readonly termsVersion: number } | undefined;
  /** The request in force whose place the new one will take, and what for. */
  readonly replaces: { readonly reference: string; readonly deed: 'renew' | 'change' } | undefined;
};

export type DraftStore = {
  readonly save: (draft: Draft) => Promise<void>;
  readonly find: (id: string) => Promise<Draft | undefined>;
  /** False when it was already gone: two clicks on Send make one request. */
  readonly remove: (id: string) => Promise<boolean>;
  /** Everything that somebody (Entra object id) has begun; how many there were. */
  readonly removeOf: (objectId: string) => Promise<number>;
};
