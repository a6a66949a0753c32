import type { AccessSource, PartialRights } from '../core/access/access.ts';
import type { Correlation } from '../core/correlation.ts';
import type { DefenderExemptionSource } from '../core/inventory/defender-exemption.ts';
import type { ExemptionGateway } from '../core/exemption/exemption.ts';
import type { GovernanceRules } from '../core/governance/governance-rules.ts';
import type { HierarchySource } from '../core/tenant/hierarchy.ts';
import type { LedgerHead } from '../core/ledger/ledger.ts';
import type { Notifier } from '../core/chat/notifier.ts';
import type { Observe } from '../core/observed.ts';
import type { OwnAccess } from '../core/access/own-access.ts';
import type { PolicySource, ResourceSource } from '../core/tenant/policy.ts';
import type { RecommendationSource } from '../core/tenant/recommendation.ts';
import type { SecureScoreSource } from '../core/score/secure-score.ts';
import type { Database } from '../core/desk/store.ts';

/** Everything a use case may lean on; src/start fills it, tests fill it with what they need. */
export type Desk = AccessSource &
  HierarchySource & {
    readonly database: Database;
    readonly recommendations: RecommendationSource;
    readonly secureScores: SecureScoreSource;
    readonly policies: PolicySource;
    readonly exemptions: ExemptionGateway;
    readonly defenderExemptions: DefenderExemptionSource;
    readonly resources: ResourceSource;
    readonly ownAccess: OwnAccess;
    readonly partialRights: PartialRights;
    /** Entra object ids, in lower case, of the groups whose members need no right on policy assignments to decide. */
    readonly delegateGroups: readonly string[];
    readonly notifier: Notifier;
    readonly correlation: Correlation;
    /** Takes note of what an operator counts. */
    readonly observe: Observe;
    /** Says the ledger's head where nobody who can change the ledger can change it: the log. */
    readonly publishHead: (head: LedgerHead) => void;
    /** Says something to whoever runs the bot, a whole sentence with the remedy: the log. */
    readonly tellOperator: (sentence: string, facts: Readonly<Record<string, unknown>>) => void;
    /** Started so that nothing may be changed; a switch in the database can say the same. */
    readonly readOnly: boolean;
    /** How many minutes lie between two sweeps. */
    readonly sweepMinutes: number;
    /** What may be exempted, for how long, and who has to agree; on top of Azure's roles. */
    readonly governance: GovernanceRules;
    /** More alerts than that, due for one conversation at the same time, become one card. */
    readonly alertsAtOnce: number;
    /** IANA name; the zone in which days begin and end. */
    readonly timeZone: string;
    readonly now: () => Date;
    /** A hexadecimal SHA-256 digest. */
    readonly hash: (text: string) => string;
    /** An unguessable id. */
    readonly newId: () => string;
    /** A fresh request reference such as EX-12AB. */
    readonly newReference: () => string;
  };
