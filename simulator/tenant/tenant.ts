import type { Connector } from './resources/connector.ts';
import type { ExemptionStore } from './exemption-store.ts';
import type { Person } from './person.ts';
import type { SystemData } from './policy-exemption.ts';
import type { RoleCondition } from './role-condition.ts';
import type { TenantSettings } from './settings.ts';
import type { EffectOverride, ResourceSelector } from './selectors.ts';

export type { TenantSettings } from './settings.ts';

export type ManagementGroup = { readonly name: string; readonly displayName: string; readonly parent?: string };
export type Subscription = {
  readonly subscriptionId: string;
  readonly name: string;
  /** Empty for a subscription of another tenant. */
  readonly managementGroup: string;
  /** Enabled without it. A disabled one takes no writes. */
  readonly state?: 'Warned' | 'PastDue' | 'Disabled' | 'Deleted';
  /** Without the provider, Resource Manager answers 409 to Microsoft.Security; without plan, nothing is assessed. */
  readonly defender?: 'not registered' | 'no plan';
  /** Where it belongs, if it is delegated to this tenant by Lighthouse. */
  readonly tenantId?: string;
  readonly tags?: Tags | undefined;
};
export type Tags = Readonly<Record<string, string>>;
export type ResourceGroup = {
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly location: string;
  readonly tags: Tags;
  /** The resource whose service owns this group, such as a Databricks workspace. */
  readonly managedBy?: string;
};
export type Resource = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly kind: string;
  readonly subscriptionId: string;
  readonly resourceGroup: ResourceGroup;
  /** Its own: Azure passes down none of its group or subscription. */
  readonly tags?: Tags | undefined;
};

/** The facts of Azure Bot Service about a bot: its endpoint and its channels. */
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
  /** Only resources of these names have it; all of the type and kind without them. */
  readonly resourceNames?: readonly string[];
  readonly category: string;
  /** The name of the secure score control it counts in. */
  readonly control: string;
  readonly description: string;
  readonly remediationDescription: string;
  /** Of an individual recommendation, one of thousands: `SoftwareUpdate`, for example. `Unknown` for some others. */
  readonly recommendationCategory?: string;
  /** Defender assesses it everywhere, even if no assignment includes its policy definition. */
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
  readonly olderVersions?: readonly { readonly version: string; readonly members: readonly InitiativeMember[] }[];
};
export type PolicyAssignment = {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly displayName: string;
  /** A policy definition or an initiative. */
  readonly policyDefinitionId: string;
  /** The versions of the initiative that it may use, as `1.3.*`; the newest of all without it. */
  readonly definitionVersion?: string;
  readonly notScopes: readonly string[];
  readonly assignedBy: string;
  /** Only resources that one of these selects are evaluated; all of them if it is empty. */
  readonly resourceSelectors?: readonly ResourceSelector[];
  readonly overrides?: readonly EffectOverride[];
  /** DoNotEnforce is still evaluated; it only blocks nothing. */
  readonly enforcementMode?: 'Default' | 'DoNotEnforce';
  /** A policy with the effect Deny that forbids exemptions: all of them, or only those from these policy assignments. */
  readonly deniesExemptions?: 'all' | readonly string[];
  /** What its owner wrote in addition to the author, such as the owner mark of a tool. */
  readonly metadata?: Readonly<Record<string, unknown>>;
};
export type ResourceLock = {
  readonly name: string;
  readonly scope: string;
  /** ReadOnly blocks writes and deletions, CanNotDelete only deletions. */
  readonly level: 'ReadOnly' | 'CanNotDelete';
};
/** An exemption by Defender for a recommendation without a policy definition; the name is a GUID. */
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
  readonly condition?: RoleCondition;
};
export type RoleAssignment = {
  readonly name: string;
  readonly scope: string;
  /** The GUID of a role definition. */
  readonly role: string;
  readonly principalId: string;
  readonly principalType: 'User' | 'Group' | 'ServicePrincipal';
  /** It counts, but no list shows it. */
  readonly byLighthouse?: true;
  readonly condition?: RoleCondition;
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
  readonly condition?: RoleCondition;
};
/** A role that PIM lets somebody activate; it grants nothing by itself. */
export type RoleEligibility = {
  readonly name: string;
  readonly scope: string;
  readonly role: string;
  readonly principalId: string;
  readonly condition?: RoleCondition;
};
/** Members are object ids of people or of other groups. */
export type Group = { readonly id: string; readonly displayName: string; readonly members: readonly string[] };
export type Principal = {
  readonly key: string;
  readonly objectId: string;
  /** The name of the caller in systemData and error messages. */
  readonly signature: string;
  readonly type: 'User' | 'Application';
};

/** A tenant: everything that Azure and Teams know about it. A test may change the arrays that are not readonly to make another story. */
export type Tenant = {
  readonly tenantId: string;
  readonly people: readonly Person[];
  /** People whom the directory does not know. */
  readonly visitors: readonly Person[];
  /** Where its guests and visitors come from. */
  readonly otherTenantId: string;
  /** Somebody of the security team who works in the portal and never talks to the bot. */
  readonly portalAuthor: Principal;
  readonly now: () => Date;
  readonly createdAt: Date;
  readonly settings: TenantSettings;
  readonly managementGroups: ManagementGroup[];
  readonly subscriptions: Subscription[];
  readonly resourceGroups: readonly ResourceGroup[];
  readonly resources: Resource[];
  /** The resources at the start of the story. */
  readonly firstResources: readonly Resource[];
  readonly azureBots: AzureBot[];
  readonly connectors: readonly Connector[];
  /** Ids of assessments whose resource was fixed: they are healthy without any exemption. */
  readonly remedied: string[];
  /** Resources that were deleted and that Defender still assesses. */
  readonly goneResources: Resource[];
  /** The spelling of a resource's id in assessments; its own without it. */
  readonly spelledByDefender?: (id: string) => string;
  /** The recommendations that are about a resource; those of its type and kind without it. */
  readonly recommendationsFor?: (resource: { readonly id: string; readonly type: string }) => readonly Recommendation[];
  /** Whom the governance rules of Defender made the owner of what is unhealthy on a resource. */
  readonly governanceOwnerOf?: (resourceId: string) => string | undefined;
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
  /** The values at the start of the story. */
  readonly firstRoleAssignments: readonly RoleAssignment[];
  readonly denyAssignments: DenyAssignment[];
  readonly roleEligibilities: RoleEligibility[];
  /** The scope itself and everything that contains it, innermost first, in lower case; the last one is the tenant root group. */
  readonly chainOf: (id: string) => readonly string[];
  readonly exists: (scope: string) => boolean;
};
