import type { ResourceSelector } from './resource-selector.ts';
import type { TagWanted } from './tag-filter.ts';

/** An assignment of one policy definition or of an initiative (a policy set). */
export type PolicyAssignment = {
  readonly id: string;
  readonly displayName: string;
  readonly scope: string;
  /** notScopes in Azure: nothing at or under these is evaluated. */
  readonly excludedScopes: readonly string[];
  /** A policyDefinitions id or a policySetDefinitions id. */
  readonly definitionId: string;
  /** The versions of the initiative that it may use, such as `57.*.*`; undefined: always the newest. */
  readonly definitionVersion?: string | undefined;
  readonly enforced: boolean;
  /** Empty: every resource is selected. */
  readonly resourceSelectors: readonly ResourceSelector[];
  /** The parts that overrides switch off: reference ids, or all of it. */
  readonly switchedOff: readonly string[] | 'all';
  /** The parameters whose value is a text, such as effects; names in lower case. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The tool that manages it according to its metadata, such as EPAC or Terraform. */
  readonly managedBy: string | undefined;
};

/** One policy definition in an initiative. */
export type InitiativeReference = {
  readonly referenceId: string;
  readonly definitionId: string;
  /** The source of its effect: a parameter of the assignment (in lower case), or this value if that parameter is not set. */
  readonly effect?: { readonly parameter: string | undefined; readonly otherwise: string | undefined };
};

/** An initiative as it is in the version that some assignments use. */
export type Initiative = {
  readonly id: string;
  readonly displayName: string;
  /** The `definitionVersion` of those assignments. */
  readonly definitionVersion?: string | undefined;
  /** The same definition may occur more than once, with different reference ids. */
  readonly references: readonly InitiativeReference[];
};

/** The state that one policy reports for one exempted resource, for finding the exemptions behind it. */
export type ExemptState = {
  readonly assignmentId: string;
  /** Undefined if the assignment assigns the definition itself. */
  readonly referenceId: string | undefined;
  readonly resourceId: string;
  /** The state that it would have without the exemption; undefined: Azure does not say. */
  readonly underneath: 'compliant' | 'non-compliant' | undefined;
};

/** Reads Azure Policy. Every method throws GovernanceError unavailable when Azure does not answer. */
export type PolicySource = {
  /** Every assignment at, above and below the scope that Exemption Desk can see. */
  readonly assignments: (scope: string) => Promise<PolicyAssignment[]>;
  /**
   * An initiative by its id, in the highest version that matches the `definitionVersion` of an assignment (undefined: the newest). Undefined
   * if it does not exist, has no such version, or Exemption Desk may not read it. Cached for minutes.
   */
  readonly initiative: (id: string, definitionVersion?: string) => Promise<Initiative | undefined>;
  /** Whether an assignment exists, read live; false only if Azure answers 404. Throws GovernanceError forbidden where Exemption Desk may not look. */
  readonly assignmentExists: (id: string) => Promise<boolean>;
  /**
   * The states that policies report for every exempted resource that Exemption Desk can see, page by page; as old as the last evaluation by
   * Azure, about a day.
   */
  readonly exemptStates: () => AsyncIterable<ExemptState[]>;
};

/** What a card or a list that may be minutes old shows of Azure Policy. Nothing is planned, decided, written or refused by it. */
export type PoliciesForLists = {
  /** Every assignment in the tenant that Exemption Desk can see. Throws GovernanceError unavailable. */
  readonly assignments: () => Promise<PolicyAssignment[]>;
};

export const isInitiative = (definitionId: string): boolean => /\/policysetdefinitions\//i.test(definitionId);

/** Reads resources. */
export type ResourceSource = {
  /** The locations of resources, by their ids in lower case, as far as Exemption Desk may read them. Throws GovernanceError unavailable. */
  readonly locations: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /**
   * The subscriptions, resource groups and resources that carry a tag themselves, in some subscriptions, as far as Exemption Desk may read
   * their tags. Throws GovernanceError unavailable.
   */
  readonly tagged: (tag: TagWanted, subscriptions: readonly string[]) => Promise<string[]>;
};
