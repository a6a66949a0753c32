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
};

export type Initiative = {
  readonly id: string;
  readonly displayName: string;
  /** The same definition may stand in it more than once, under different reference ids. */
  readonly references: readonly { readonly referenceId: string; readonly definitionId: string }[];
};

/** Reads Azure Policy. Both throw GovernanceError unavailable when Azure does not answer. */
export type PolicySource = {
  /** Every assignment at, above and below the scope that the bot can see. */
  readonly assignments: (scope: string) => Promise<PolicyAssignment[]>;
  /** An initiative by its id; undefined when it does not exist. Cached: definitions rarely change. */
  readonly initiative: (id: string) => Promise<Initiative | undefined>;
};

export const isInitiative = (definitionId: string): boolean => /\/policysetdefinitions\//i.test(definitionId);
