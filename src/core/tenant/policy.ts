import type { ResourceSelector } from './resource-selector.ts';

/** An assignment of one policy definition or of an initiative (a policy set). */
export type PolicyAssignment = {
  readonly id: string;
  readonly displayName: string;
  readonly scope: string;
  /** Azure's notScopes: nothing at or under these is evaluated at all. */
  readonly excludedScopes: readonly string[];
  /** A policyDefinitions id or a policySetDefinitions id. */
  readonly definitionId: string;
  readonly enforced: boolean;
  /** None: every resource is meant. */
  readonly resourceSelectors: readonly ResourceSelector[];
  /** What overrides switch off: reference ids, or all of it. */
  readonly switchedOff: readonly string[] | 'all';
  /** The parameters that have a text for a value, such as effects; names in lower case. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The tool that keeps it by its metadata, such as EPAC or Terraform. */
  readonly managedBy: string | undefined;
};

/** One policy definition in an initiative. */
export type InitiativeReference = {
  readonly referenceId: string;
  readonly definitionId: string;
  /** Where its effect comes from: a parameter of the assignment (in lower case), or this value where that says nothing. */
  readonly effect?: { readonly parameter: string | undefined; readonly otherwise: string | undefined };
};

export type Initiative = {
  readonly id: string;
  readonly displayName: string;
  /** The same definition may stand in it more than once, under different reference ids. */
  readonly references: readonly InitiativeReference[];
};

/** What one policy says of one exempted resource, for finding the exemptions behind it. */
export type ExemptState = {
  readonly assignmentId: string;
  /** Undefined where the assignment assigns the definition itself. */
  readonly referenceId: string | undefined;
  readonly resourceId: string;
  /** What it would be without the exemption; undefined: Azure does not say. */
  readonly underneath: 'compliant' | 'non-compliant' | undefined;
};

/** Reads Azure Policy. All throw GovernanceError unavailable when Azure does not answer. */
export type PolicySource = {
  /** Every assignment at, above and below the scope that the bot can see. */
  readonly assignments: (scope: string) => Promise<PolicyAssignment[]>;
  /** An initiative by its id; undefined when it does not exist or the bot may not read it. Cached: definitions rarely change. */
  readonly initiative: (id: string) => Promise<Initiative | undefined>;
  /** Whether an assignment is there, current; false only on Azure's own 404. Throws GovernanceError forbidden where the bot may not look. */
  readonly assignmentExists: (id: string) => Promise<boolean>;
  /** What every policy says of every exempted resource that the bot can see, page by page; as old as Azure's last evaluation, a day or so. */
  readonly exemptStates: () => AsyncIterable<ExemptState[]>;
};

export const isInitiative = (definitionId: string): boolean => /\/policysetdefinitions\//i.test(definitionId);

/** Reads resources. */
export type ResourceSource = {
  /** Where resources are, by their ids in lower case, as far as the bot may read them. Throws GovernanceError unavailable. */
  readonly locations: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
};
