import type { ExemptionStore } from './exemption-store.ts';
import type { SystemData } from './policy-exemption.ts';
import type { EffectOverride, ResourceSelector } from './selectors.ts';

export type ManagementGroup = { readonly name: string; readonly displayName: string; readonly parent?: string };
export type Subscription = { readonly subscriptionId: string; readonly name: string; readonly managementGroup: string };
type Tags = Readonly<Record<string, string>>;
export type ResourceGroup = {
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly location: string;
  readonly tags: Tags;
  /** The resource whose service owns this group, as a Databricks workspace does. */
  readonly managedBy?: string;
};
export type Resource = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly kind: string;
  readonly subscriptionId: string;
  readonly resourceGroup: ResourceGroup;
};

/** What Azure Bot Service knows of a bot: where it brings what people say, and from which channels. */
export type AzureBot = {
  readonly id: string;
  readonly name: string;
  readonly endpoint: string;
  readonly appId: string;
  readonly appType: 'UserAssignedMSI' | 'SingleTenant' | 'MultiTenant';
  readonly enabledChannels: readonly string[];
};

export type Recommendation = {
  readonly assessmentKey: string;
  readonly displayName: string;
  readonly severity: string;
  readonly policyDefinitionId?: string;
  readonly resourceType: string;
  readonly resourceKind?: string;
  readonly category: string;
  /** The name of the secure score control it counts in. */
  readonly control: string;
  readonly description: string;
  readonly remediationDescription: string;
  /** Defender assesses it everywhere, also where no assignment holds its policy definition. */
  readonly evaluatedWithoutPolicy: boolean;
};

type PolicyType = 'BuiltIn' | 'Custom';
export type PolicyDefinition = {
  readonly id: string;
  readonly displayName: string;
  readonly policyType: PolicyType;
  readonly category: string;
  readonly mode: string;
  readonly effect: string;
};
export type InitiativeMember = {
  readonly policyDefinitionId: string;
  readonly policyDefinitionReferenceId: string;
  readonly groupNames: readonly string[];
};
export type Initiative = {
  readonly id: string;
  readonly displayName: string;
  readonly policyType: PolicyType;
  readonly category: string;
  readonly version: string;
  readonly members: readonly InitiativeMember[];
};
export type PolicyAssignment = {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly displayName: string;
  /** A policy definition or an initiative. */
  readonly policyDefinitionId: string;
  readonly notScopes: readonly string[];
  readonly assignedBy: string;
  /** Only resources that one of these selects are evaluated; all of them where there is none. */
  readonly resourceSelectors?: readonly ResourceSelector[];
  readonly overrides?: readonly EffectOverride[];
  /** DoNotEnforce is still evaluated; it only refuses nothing. */
  readonly enforcementMode?: 'Default' | 'DoNotEnforce';
  /** What its owner wrote down besides the author, such as the owner mark of a tool. */
  readonly metadata?: Readonly<Record<string, unknown>>;
};
export type ResourceLock = {
  readonly name: string;
  readonly scope: string;
  /** ReadOnly stops writes and deletions, CanNotDelete only deletions. */
  readonly level: 'ReadOnly' | 'CanNotDelete';
};
/** How Defender exempts where no policy definition stands behind a recommendation; the name is a GUID. */
export type StandardAssignment = {
  readonly name: string;
  readonly scope: string;
  readonly properties: Readonly<Record<string, unknown>> & {
    readonly effect: string;
    readonly expiresOn?: string;
    readonly excludedScopes?: readonly string[];
    readonly exemptionData?: {
      readonly exemptionCategory: string;
      readonly assignedAssessment: { readonly assessmentKey: string };
    };
  };
  readonly systemData: SystemData;
};

export type RoleDefinition = {
  readonly name: string;
  readonly roleName: string;
  readonly type: 'BuiltInRole' | 'CustomRole';
  readonly description: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
};
export type RoleAssignment = {
  readonly name: string;
  readonly scope: string;
  /** The GUID of a role definition. */
  readonly role: string;
  readonly principalId: string;
  readonly principalType: 'User' | 'Group' | 'ServicePrincipal';
};
export type DenyAssignment = {
  readonly name: string;
  readonly displayName: string;
  readonly scope: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  /** `everyone` or object ids. */
  readonly principals: readonly string[];
  readonly excludePrincipals: readonly string[];
};
/** A role that PIM lets somebody activate; it grants nothing by itself. */
export type RoleEligibility = {
  readonly name: string;
  readonly scope: string;
  readonly role: string;
  readonly principalId: string;
};
/** Members are object ids of people or of other groups. */
export type Group = { readonly id: string; readonly displayName: string; readonly members: readonly string[] };
export type Principal = {
  readonly key: string;
  readonly objectId: string;
  /** How systemData and error messages call the caller. */
  readonly signature: string;
  readonly type: 'User' | 'Application';
};

/** Behaviour that a test or the demo may change while the tenant lives; delays are ISO 8601 durations. */
export type TenantSettings = {
  /** From the write of an exemption until Defender's assessments show it. */
  effectDelay: string;
  /** From the write of an exemption until Resource Graph shows it. */
  resourceGraphDelay: string;
  /** Resource Graph answers 429 after 15 queries of one caller in 5 seconds. */
  throttling: boolean;
  /** Microsoft Graph tells the bot who is in which group. */
  groupsReadable: boolean;
  /** How many values an ARM list answers before it says nextLink. */
  pageSize: number;
  /** Members of an exemption that nobody has heard of yet and that this Azure takes and keeps: the Azure of a later day. */
  laterProperties: readonly string[];
};

/** Contoso: everything Azure knows about it. The arrays without readonly may be changed by a test to make another story. */
export type Tenant = {
  readonly tenantId: string;
  readonly now: () => Date;
  readonly createdAt: Date;
  readonly settings: TenantSettings;
  readonly managementGroups: readonly ManagementGroup[];
  readonly subscriptions: readonly Subscription[];
  readonly resourceGroups: readonly ResourceGroup[];
  readonly resources: Resource[];
  readonly azureBots: AzureBot[];
  /** Ids of assessments whose resource was mended: underneath any exemption they are healthy. */
  readonly remedied: string[];
  readonly recommendations: readonly Recommendation[];
  readonly policyDefinitions: readonly PolicyDefinition[];
  readonly initiatives: readonly Initiative[];
  readonly policyAssignments: PolicyAssignment[];
  readonly exemptions: ExemptionStore;
  readonly standardAssignments: StandardAssignment[];
  readonly locks: ResourceLock[];
  readonly principals: readonly Principal[];
  readonly groups: readonly Group[];
  readonly roleDefinitions: readonly RoleDefinition[];
  readonly roleAssignments: RoleAssignment[];
  /** As they were when the story began. */
  readonly firstRoleAssignments: readonly RoleAssignment[];
  readonly denyAssignments: DenyAssignment[];
  readonly roleEligibilities: RoleEligibility[];
  /** The scope itself and all that contain it, innermost first, in lower case; the last one is the tenant root group. */
  readonly chainOf: (id: string) => readonly string[];
  readonly exists: (scope: string) => boolean;
};
