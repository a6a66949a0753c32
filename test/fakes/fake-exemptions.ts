import { deleteExemptions, exemptFromAssignment, mayDo, writeExemptions } from '../../src/core/access/access.ts';
import type { Exemption, ExemptionGateway, ExemptionToWrite } from '../../src/core/exemption/exemption.ts';
import type { EveryExemption } from '../../src/core/inventory/every-exemption.ts';
import { noChangeTimes, withChangeTimes } from '../../src/core/inventory/change-times.ts';
import { GovernanceError } from '../../src/core/governance-error.ts';
import { nameOf, sameId, scopeOfExtension } from '../../src/core/tenant/arm-id.ts';
import { initiativeOf } from '../../src/core/tenant/assignment-references.ts';
import { covers } from '../../src/core/tenant/hierarchy.ts';
import { nearTo } from '../../src/core/tenant/scope-sets.ts';
import { isInitiative } from '../../src/core/tenant/policy.ts';
import type { FakeTenant } from './fake-tenant.ts';

const exemptionId = /^\/.+\/providers\/microsoft\.authorization\/policyexemptions\/[^/]+$/i;

const refuse = (code: ConstructorParameters<typeof GovernanceError>[0], why: string): never => {
  throw new GovernanceError(code, why);
};

const revive = (key: string, value: unknown): unknown =>
  (key === 'expiresAt' || key === 'createdAt') && typeof value === 'string' ? new Date(value) : value;

/** All that stands in a fake tenant, as the sweep reads it. */
export const fakeEveryExemption = (tenant: FakeTenant): EveryExemption => ({
  async *ofPolicy() {
    const all = tenant.inGraph();
    for (let at = 0; at < all.length; at += tenant.pageSize) yield all.slice(at, at + tenant.pageSize);
  },
  named: async (ids) => tenant.inGraph().filter(({ id }) => ids.some((each) => sameId(each, id))),
  changeTimes: async () =>
    withChangeTimes(
      noChangeTimes,
      tenant.inGraph().map(({ changedAt }) => changedAt),
    ),
  ofDefender: async () => [...tenant.defenderExemptions],
  changeTimesOfDefender: async () => undefined,
});

/** Keeps exemptions in a fake tenant, and refuses what Azure refuses, in its order. */
export const fakeExemptions = (tenant: FakeTenant, now: () => Date): ExemptionGateway => {
  const requireExemption = (id: string): void => {
    if (!exemptionId.test(id)) refuse('invalid', `This is no exemption: ${id}`);
  };

  const requireRight = (action: string, scope: string): void => {
    const { botGrants: grants, botDenials: denials, hierarchy } = tenant;
    if (!mayDo({ grants, denials, eligible: [] }, action, scope, hierarchy))
      refuse('forbidden', `The bot may not ${action} at ${scope}.`);
  };

  const requireUnlocked = (scope: string, operation: 'write' | 'delete'): void => {
    const isLocked = tenant.locks
      .filter(({ level }) => level === 'ReadOnly' || operation === 'delete')
      .some((lock) => covers(lock.scope, scope, tenant.hierarchy));
    if (isLocked) refuse('conflict', `${scope} is locked.`);
  };

  const requireScope = (scope: string): void => {
    if (!tenant.exists(scope)) refuse('not-found', `There is no ${scope}.`);
  };

  const requireFitting = ({ policyAssignmentId, referenceIds }: ExemptionToWrite, scope: string): void => {
    const assignment = tenant.assignments.find(({ id }) => sameId(id, policyAssignmentId));
    if (assignment === undefined) return refuse('not-found', `There is no ${policyAssignmentId}.`);
    if (!covers(assignment.scope, scope, tenant.hierarchy)) refuse('invalid', `${scope} lies outside its assignment.`);
    const known = initiativeOf(assignment, tenant.initiatives)?.references ?? [];
    const isKnown = (reference: string): boolean =>
      isInitiative(assignment.definitionId) &&
      known.some(({ referenceId }) => referenceId.toLowerCase() === reference.toLowerCase());
    if (!(referenceIds ?? []).every(isKnown)) refuse('invalid', 'A reference id is not known there.');
  };

  const put = (written: ExemptionToWrite): Exemption => {
    const { metadata, id, ...said } = written;
    const before = tenant.standing.get(id.toLowerCase());
    const made: Exemption = {
      ...said,
      id: before?.exemption.id ?? id,
      name: before?.exemption.name ?? nameOf(id),
      scope: before?.exemption.scope ?? scopeOfExtension(id),
      createdBy: before?.exemption.createdBy ?? 'the bot',
      createdAt: before?.exemption.createdAt ?? now(),
      requestReference: metadata.request,
      resourceSelectors: before?.exemption.resourceSelectors ?? [],
      managedBy: before?.exemption.managedBy === 'EPAC' ? undefined : before?.exemption.managedBy,
    };
    tenant.put(made, { ...before?.metadata, pacOwnerId: 'exemption-desk', exemptionDesk: metadata });
    return made;
  };

  const remove = async (id: string): Promise<void> => {
    requireExemption(id);
    const scope = scopeOfExtension(id);
    requireRight(deleteExemptions, scope);
    if (!tenant.exists(scope)) return;
    requireUnlocked(scope, 'delete');
    tenant.delete(id);
  };

  return {
    near: async (scopes, hierarchy) => {
      const isNear = nearTo(scopes, hierarchy);
      return tenant.inGraph().filter(({ scope }) => isNear(scope));
    },

    async fate(id) {
      requireExemption(id);
      if (!tenant.exists(scopeOfExtension(id))) return 'gone-with-scope';
      return tenant.find(id) === undefined ? 'deleted' : 'there';
    },

    async read(id) {
      requireExemption(id);
      return tenant.exists(scopeOfExtension(id)) ? tenant.find(id) : undefined;
    },

    async write(exemption) {
      const { id, policyAssignmentId } = exemption;
      requireExemption(id);
      const scope = scopeOfExtension(id);
      requireRight(writeExemptions, scope);
      requireScope(scope);
      const before = tenant.find(id);
      if (before !== undefined && !sameId(before.policyAssignmentId, policyAssignmentId))
        refuse('invalid', 'The assignment of an exemption cannot be changed.');
      requireFitting(exemption, scope);
      requireRight(exemptFromAssignment, scopeOfExtension(policyAssignmentId));
      requireUnlocked(scope, 'write');
      return put(exemption);
    },

    async snapshot(id) {
      requireExemption(id);
      const found = tenant.standing.get(id.toLowerCase());
      return found === undefined ? undefined : JSON.stringify(found);
    },

    async hiddenMembers(id) {
      requireExemption(id);
      return [];
    },

    async restore(id, snapshot, known) {
      requireExemption(id);
      const { exemption, metadata } = JSON.parse(snapshot, revive) as {
        exemption: Exemption;
        metadata: Record<string, unknown>;
      };
      const isKnown = (each: string): boolean =>
        known === undefined || known.some((one) => one.toLowerCase() === each.toLowerCase());
      const referenceIds = exemption.referenceIds?.filter(isKnown);
      if (referenceIds?.length === 0) {
        await remove(id);
        return undefined;
      }
      requireRight(writeExemptions, exemption.scope);
      requireFitting({ ...exemption, referenceIds, metadata: {} }, exemption.scope);
      requireUnlocked(exemption.scope, 'write');
      tenant.put({ ...exemption, referenceIds }, metadata);
      return tenant.find(id);
    },

    remove,
  };
};
