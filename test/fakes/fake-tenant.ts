import type { Grant, Denial } from '../../src/core/access/access.ts';
import type { ApproverFacts } from '../../src/core/access/approver-count.ts';
import type { Exemption } from '../../src/core/exemption/exemption.ts';
import type { AzureServiceHealth } from '../../src/core/desk/azure-health.ts';
import type { DefenderExemption } from '../../src/core/inventory/defender-exemption.ts';
import type { Lock } from '../../src/core/access/own-access.ts';
import type { SecureScore } from '../../src/core/score/secure-score.ts';
import { isAtOrUnder, normalId, scopeKind, subscriptionOf } from '../../src/core/tenant/arm-id.ts';
import { scopeChain, type Hierarchy } from '../../src/core/tenant/hierarchy.ts';
import type { ExemptState, Initiative, PolicyAssignment } from '../../src/core/tenant/policy.ts';
import type { Assessment, Recommendation } from '../../src/core/tenant/recommendation.ts';
import { contoso, landingZones, root, vm1, vm10 } from '../core/contoso.ts';
import { assignment, benchmark, definition, ownInitiative, otherDefinition } from '../core/policies.ts';

type Known = Recommendation & { readonly preview: boolean };
/** An exemption with the metadata of everybody, word for word. */
type Standing = { readonly exemption: Exemption; readonly metadata: Readonly<Record<string, unknown>> };

const recommendation = (key: string, title: string, policyDefinitionId: string | undefined): Known => ({
  key,
  title,
  severity: 'high',
  description: `${title}.`,
  remediation: 'Do it.',
  policyDefinitionId,
  category: undefined,
  preview: false,
});

export const disks = recommendation('8a6e9d3b-0000-4000-8000-000000000001', 'Disks should be encrypted', definition);
export const boot = recommendation('8a6e9d3b-0000-4000-8000-000000000002', 'Secure boot should be on', otherDefinition);
/** Azure Policy has no part in it. */
const accounts = recommendation('8a6e9d3b-0000-4000-8000-000000000003', 'Accounts should be few', undefined);

export const atRoot = assignment('mcsb', root, benchmark);
export const atLandingZones = assignment('contoso', landingZones, ownInitiative);

const assessment = ({ key }: Known, resourceId: string): Assessment => ({
  recommendationKey: key,
  resourceId,
  resourceName: resourceId.split('/').at(-1) ?? '',
  status: 'unhealthy',
});

/** What stands in a small Azure: disks are not encrypted on two machines, and two initiatives, assigned above one another, say that they should be. */
export class FakeTenant {
  hierarchy: Hierarchy = contoso;
  assignments: readonly PolicyAssignment[] = [atRoot, atLandingZones];
  initiatives: readonly Initiative[] = [benchmark, ownInitiative];
  recommendations: readonly Known[] = [disks, boot, accounts];
  assessments: readonly Assessment[] = [assessment(disks, vm1), assessment(disks, vm10), assessment(boot, vm1)];
  /** The policy assignments that exist, but that the bot does not see, by id. */
  hidden: readonly string[] = [];
  exemptStates: readonly ExemptState[] = [];
  defenderExemptions: readonly DefenderExemption[] = [];
  scores: readonly SecureScore[] = [];
  locations: Readonly<Record<string, string>> = {};
  /** Tags, by the id of the scope that carries them. */
  tags: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
  locks: readonly Lock[] = [];
  /** What the mirror knows of those who could approve. */
  approverFacts: ApproverFacts | undefined;
  health: readonly AzureServiceHealth[] = [];
  /** Scopes that were deleted, with all below them. */
  deleted: readonly string[] = [];
  /** What the bot itself may do. */
  botGrants: readonly Grant[] = [
    { scope: '/', roleName: 'Exemption Desk', actions: ['*'], notActions: [], conditions: [] },
  ];
  botDenials: readonly Denial[] = [];
  /** If Azure says when an exemption was last changed: the clock that it goes by. */
  changeClock: (() => Date) | undefined;
  /** How many exemptions are on a page of those that the sweep reads. */
  pageSize = 2;
  /** Lists use what they were told before, as the real ones do for minutes. */
  listsRemember = false;
  readonly standing = new Map<string, Standing>();
  #graph: readonly Exemption[] | undefined;

  /** Every exemption as it stands now. */
  exemptions(): Exemption[] {
    return [...this.standing.values()].map(({ exemption }) => exemption);
  }

  find(id: string): Exemption | undefined {
    return this.standing.get(normalId(id))?.exemption;
  }

  /** Puts an exemption there, as somebody does in the portal. */
  put(exemption: Exemption, metadata: Readonly<Record<string, unknown>> = {}): void {
    const changedAt = this.changeClock?.() ?? exemption.changedAt;
    this.standing.set(normalId(exemption.id), { exemption: { ...exemption, changedAt }, metadata });
  }

  /** Changes one that stands there, as somebody does in the portal. */
  change(id: string, changes: Partial<Exemption>): void {
    const found = this.standing.get(normalId(id));
    if (found === undefined) throw new RangeError(`Nothing stands at ${id}.`);
    this.put({ ...found.exemption, ...changes }, found.metadata);
  }

  delete(id: string): void {
    this.standing.delete(normalId(id));
  }

  /** From now on Resource Graph shows what stands there at this moment, or these; until `graphCatchesUp`. */
  graphLags(shown: readonly Exemption[] = this.exemptions()): void {
    this.#graph = shown;
  }

  graphCatchesUp(): void {
    this.#graph = undefined;
  }

  inGraph(): readonly Exemption[] {
    return this.#graph ?? this.exemptions();
  }

  /** How a recommendation stands on a resource from now on. */
  show({ key }: Pick<Known, 'key'>, resourceId: string, status: Assessment['status']): void {
    this.assessments = this.assessments.map((each) =>
      each.recommendationKey === key && each.resourceId === resourceId ? { ...each, status } : each,
    );
  }

  exists(scope: string): boolean {
    if (this.deleted.some((each) => isAtOrUnder(scope, each))) return false;
    const around = scopeKind(scope) === 'management-group' ? scope : (subscriptionOf(scope) ?? '');
    return around !== '' && (scopeChain(around, this.hierarchy).length > 1 || around === root);
  }
}
