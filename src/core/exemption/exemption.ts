import type { ResourceSelector } from '../tenant/resource-selector.ts';

/** Mitigated: the intent is met another way, the resource counts as healthy. Waiver: the risk is accepted, it leaves the score. */
export type ExemptionCategory = 'Mitigated' | 'Waiver';

/** A policy exemption as it stands in Azure. */
export type Exemption = {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly policyAssignmentId: string;
  /** Undefined: the whole assignment is exempt. */
  readonly referenceIds: readonly string[] | undefined;
  readonly category: ExemptionCategory;
  readonly displayName: string;
  readonly description: string;
  /** UTC; undefined: never expires. Past it Azure keeps the object but no longer honours it. */
  readonly expiresAt: Date | undefined;
  /** As Azure wrote it (systemData): an e-mail address, an app id, or nothing. Not evidence; our ledger is. */
  readonly createdBy: string | undefined;
  readonly createdAt: Date | undefined;
  /** The request that Exemption Desk wrote into the metadata; to be believed only if that request is ours and names this id. */
  readonly requestReference: string | undefined;
  /** They narrow it to a part of what lies at its scope. */
  readonly resourceSelectors?: readonly ResourceSelector[];
  /** The tool that keeps it by its metadata, such as EPAC or Terraform. */
  readonly managedBy?: string | undefined;
};

/** What people want to know of any exemption, wherever it was made. */
export type ExemptionFacts = Pick<
  Exemption,
  'id' | 'name' | 'scope' | 'category' | 'displayName' | 'description' | 'expiresAt' | 'createdBy' | 'createdAt'
>;

/** An exemption word for word as Azure told it, as JSON; only its gateway can read it. */
export type Snapshot = string;

export type ExemptionToWrite = Pick<
  Exemption,
  'id' | 'policyAssignmentId' | 'referenceIds' | 'category' | 'displayName' | 'description' | 'expiresAt'
> & { readonly metadata: Readonly<Record<string, string>> };

/**
 * Reads and writes policy exemptions.
 * Azure said no: GovernanceError forbidden, not-found, conflict or invalid. Azure did not answer: unavailable, and a write may or may not have happened.
 */
export type ExemptionGateway = {
  /** Every exemption at every scope the bot can see, from Resource Graph: may lag behind a write by minutes. The same answer serves for 15 s, unless we write. */
  readonly list: () => Promise<Exemption[]>;
  /**
   * The same, page by page, past every cache and without holding more than a page. An error may come after some pages: then nothing is known of
   * what was not among them.
   */
  readonly pages: () => AsyncIterable<Exemption[]>;
  /** What became of an exemption, by Azure's own word, current; `gone-with-scope`: what it stood at does not exist any more. */
  readonly fate: (id: string) => Promise<'there' | 'deleted' | 'gone-with-scope'>;
  /** One exemption from Resource Manager, current; undefined only on Azure's own 404. */
  readonly read: (id: string) => Promise<Exemption | undefined>;
  /** Creates or replaces; what it does not know of an existing one (selectors, foreign metadata) survives. Safe to repeat. */
  readonly write: (exemption: ExemptionToWrite) => Promise<void>;
  /** What stands at an id, word for word; undefined only on Azure's own 404. */
  readonly snapshot: (id: string) => Promise<Snapshot | undefined>;
  /** Puts back exactly what a snapshot of this id says. */
  readonly restore: (id: string, snapshot: Snapshot) => Promise<void>;
  /** Deletes; an exemption that is already gone is no error. */
  readonly remove: (id: string) => Promise<void>;
};

export const isExpired = (exemption: Pick<Exemption, 'expiresAt'>, now: Date): boolean =>
  exemption.expiresAt !== undefined && exemption.expiresAt.getTime() <= now.getTime();
