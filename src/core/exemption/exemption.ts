import type { Hierarchy } from '../tenant/hierarchy.ts';
import type { ResourceSelector } from '../tenant/resource-selector.ts';

/**
 * Mitigated: the intent is met in another way, and the resource counts as healthy. Waiver: the risk is accepted, and the resource leaves
 * the score.
 */
export type ExemptionCategory = 'Mitigated' | 'Waiver';

/** A policy exemption as it is in Azure. */
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
  /** From Azure's systemData: an e-mail address, an app id, or nothing. Not evidence; the ledger is. */
  readonly createdBy: string | undefined;
  readonly createdAt: Date | undefined;
  /** Who wrote it last and when, from systemData as well; right after its creation that is who created it. */
  readonly changedBy?: string | undefined;
  readonly changedAt?: Date | undefined;
  /** The reference that Exemption Desk wrote into the metadata. Trust it only if the ledger has that request and it names this exemption id. */
  readonly requestReference: string | undefined;
  /** They limit the exemption to some of the resources at its scope. */
  readonly resourceSelectors?: readonly ResourceSelector[];
  /** The tool that manages it according to its metadata, such as EPAC or Terraform. */
  readonly managedBy?: string | undefined;
};

/** The facts to show about any exemption, wherever it was made. */
export type ExemptionFacts = Pick<
  Exemption,
  | 'id'
  | 'name'
  | 'scope'
  | 'category'
  | 'displayName'
  | 'description'
  | 'expiresAt'
  | 'createdBy'
  | 'createdAt'
  | 'changedBy'
  | 'changedAt'
  | 'managedBy'
>;

/** An exemption word for word as Azure returned it, as JSON. Only its gateway can read it. */
export type Snapshot = string;

export type ExemptionToWrite = Pick<
  Exemption,
  'id' | 'policyAssignmentId' | 'referenceIds' | 'category' | 'displayName' | 'description' | 'expiresAt'
> & { readonly metadata: Readonly<Record<string, string>> };

/**
 * Reads and writes policy exemptions. If Azure refuses: GovernanceError forbidden, not-found, conflict or invalid. If Azure does not
 * answer: unavailable, and a write may or may not have happened.
 */
export type ExemptionGateway = {
  /**
   * The exemptions at, above and below some scopes, from Resource Graph, which may lag minutes behind a write. They are asked for alone, so the
   * size of the tenant does not matter. Cached for 15 s, until Exemption Desk writes.
   */
  readonly near: (scopes: readonly string[], hierarchy: Hierarchy) => Promise<Exemption[]>;
  /** Whether an exemption still exists, read live from Azure. `gone-with-scope`: the scope that it was on no longer exists. */
  readonly fate: (id: string) => Promise<'there' | 'deleted' | 'gone-with-scope'>;
  /** One exemption from Resource Manager, read live; undefined only if Azure answers 404. */
  readonly read: (id: string) => Promise<Exemption | undefined>;
  /**
   * Members of an exemption that our version of Azure's interface does not show, as `properties.name`, so that a write would delete them. Empty if
   * there are none, or no exemption.
   */
  readonly hiddenMembers: (id: string) => Promise<readonly string[]>;
  /**
   * Creates or replaces an exemption; keeps everything else of an existing one, or refuses (conflict) if it has hidden members. Safe to repeat.
   * Returns it as Azure has it then.
   */
  readonly write: (exemption: ExemptionToWrite) => Promise<Exemption>;
  /** The exemption at an id, word for word; undefined only if Azure answers 404. */
  readonly snapshot: (id: string) => Promise<Snapshot | undefined>;
  /**
   * Writes back exactly what a snapshot of this id contains, but of its reference ids only the known ones, because Azure refuses all others; undefined:
   * all of them. Removes the exemption if none of them is left: it exempted nothing any more.
   * Returns it as Azure has it then; undefined: removed.
   */
  readonly restore: (id: string, snapshot: Snapshot, known?: readonly string[]) => Promise<Exemption | undefined>;
  /** Deletes an exemption; succeeds if it is already gone. */
  readonly remove: (id: string) => Promise<void>;
};

export const isExpired = (exemption: Pick<Exemption, 'expiresAt'>, now: Date): boolean =>
  exemption.expiresAt !== undefined && exemption.expiresAt.getTime() <= now.getTime();
