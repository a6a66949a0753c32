import type { AccessSource, PartialRights } from '../core/access/access.ts';
import type { OwnerSource } from '../core/access/owner-source.ts';
import type { ApproverSource } from '../core/access/approver-count.ts';
import type { ApiCalls } from '../core/desk/api-calls.ts';
import type { AzureHealth } from '../core/desk/azure-health.ts';
import type { Connection } from '../core/connection/connection.ts';
import type { Correlation } from '../core/correlation.ts';
import type { DefenderExemptionSource } from '../core/inventory/defender-exemption.ts';
import type { EveryExemption } from '../core/inventory/every-exemption.ts';
import type { ExemptionGateway } from '../core/exemption/exemption.ts';
import type { Foresight } from '../core/foresight.ts';
import type { GovernanceRules } from '../core/governance/governance-rules.ts';
import type { Presence } from '../core/chat/roster.ts';
import type { PublishedHeads } from '../core/ledger/published-heads.ts';
import type { MirrorSource } from '../core/mirror/mirror.ts';
import type { Notifier } from '../core/chat/notifier.ts';
import type { Observe } from '../core/observed.ts';
import type { OwnAccess } from '../core/access/own-access.ts';
import type { AskAfresh, PlanSources } from '../core/plan/plan-sources.ts';
import type { PoliciesForLists, ResourceSource } from '../core/tenant/policy.ts';
import type { SecureScoreSource } from '../core/score/secure-score.ts';
import type { Database } from '../core/desk/store.ts';

/** Everything that a use case depends on. src/start provides it; tests provide the parts they need. */
export type Desk = AccessSource &
  PlanSources &
  AskAfresh & {
    readonly database: Database;
    readonly secureScores: SecureScoreSource;
    readonly exemptions: ExemptionGateway;
    readonly defenderExemptions: DefenderExemptionSource;
    readonly policiesForLists: PoliciesForLists;
    readonly resources: ResourceSource;
    readonly ownAccess: OwnAccess;
    readonly approvers: ApproverSource;
    readonly owners: OwnerSource;
    readonly azureHealth: AzureHealth;
    /** The calls of the API so far; undefined: it is off. */
    readonly apiCalls?: (() => ApiCalls) | undefined;
    readonly mirrorSource: MirrorSource;
    /** What was answered lately, to guess what will be asked next; without it nothing is asked ahead. */
    readonly foresight?: Foresight | undefined;
    readonly partialRights: PartialRights;
    /** Entra object ids, in lower case, of the groups whose members need no permission on policy assignments to decide. */
    readonly delegateGroups: readonly string[];
    /** The targets in other systems that are told of what happens; empty unless the operator has configured some. */
    readonly connections: readonly Connection[];
    readonly notifier: Notifier;
    readonly presence: Presence;
    /** The result of work if it ends within this many milliseconds; undefined otherwise. */
    readonly inTime: <Result>(work: Promise<Result>, ms: number) => Promise<Result | undefined>;
    readonly correlation: Correlation;
    /** Records an event that an operator counts. */
    readonly observe: Observe;
    readonly publishedHeads: PublishedHeads;
    /** Tells the operator something in the log, as a sentence with its remedy. */
    readonly tellOperator: (sentence: string, facts: Readonly<Record<string, unknown>>) => void;
    /** Started read-only by configuration; a switch in the database has the same effect. */
    readonly readOnly: boolean;
    /** The minutes between two sweeps. */
    readonly sweepMinutes: number;
    /** The rules about what may be exempted, for how long, and who must approve; in addition to Azure roles. */
    readonly governance: GovernanceRules;
    /** If more alerts than this are due in one conversation at the same time, they become one card. */
    readonly alertsAtOnce: number;
    /** IANA name; days begin and end in this zone. */
    readonly timeZone: string;
    readonly now: () => Date;
    /** A hexadecimal SHA-256 digest. */
    readonly hash: (text: string) => string;
    /** An id that cannot be guessed. */
    readonly newId: () => string;
    /** A new request reference such as EX-12AB. */
    readonly newReference: () => string;
  };

/** The desk of the sweep, which alone reads everything that there is. */
export type SweepingDesk = Desk & { readonly everyExemption: EveryExemption };
