import { denialDoubt, denialOf, type Denial, type PartialRights } from '../access/access.ts';
import { sameId } from '../tenant/arm-id.ts';
import type { Exemption } from '../exemption/exemption.ts';
import { rightsFor, type NeededRight } from './exemption-rights.ts';
import type { Target } from './exemption-plan.ts';
import { covers, scopeLabel, type Hierarchy } from '../tenant/hierarchy.ts';
import type { Obstacle } from './obstacle.ts';
import type { Lock } from '../access/own-access.ts';
import type { PolicyAssignment } from '../tenant/policy.ts';
import { subscriptionObstacles } from './subscription-obstacles.ts';

/** The known facts about the scopes that a plan would write to. Undefined: Azure did not say. */
export type Site = {
  readonly hierarchy: Hierarchy;
  readonly existing: readonly Exemption[];
  readonly assignments: readonly Pick<PolicyAssignment, 'id' | 'managedBy'>[];
  readonly denials: readonly Denial[] | undefined;
  readonly locks: readonly Lock[] | undefined;
  /** Whether Exemption Desk has a permission; conditional: a role names it, but the condition of that role is not provably true of it. */
  readonly may: (right: NeededRight) => boolean | 'conditional' | undefined;
};

/** The limit of Azure Policy. */
export const mostPerScope = 1000;

const listed = (names: readonly string[]): string => [...new Set(names)].join(', ');

const labelsOf = (targets: readonly Target[], { hierarchy }: Site): string =>
  listed(targets.map(({ scope }) => scopeLabel(scope, hierarchy)));

const notChecked = (what: string): Obstacle => ({ code: 'not-checked', kind: 'not-checked', sentence: what });

const denied = (targets: readonly Target[], site: Site): Obstacle[] => {
  const { denials, hierarchy } = site;
  if (denials === undefined) return [notChecked('Azure did not say whether a deny assignment protects this scope.')];
  const access = { grants: [], denials, eligible: [] };
  const found = targets.flatMap((target) =>
    rightsFor([target]).flatMap(({ action, scope }) => {
      const denial = denialOf(access, action, scope, hierarchy);
      return denial === undefined ? [] : [{ target, name: denial.name, doubt: denialDoubt(denial, action) }];
    }),
  );
  const hit = found.map(({ target }) => target);
  return [...new Map(found.map(({ name, doubt }) => [name, doubt]))].map(([name, doubt]) => ({
    code: 'deny-assignment',
    kind: 'blocking',
    sentence: `The deny assignment “${name}” protects ${labelsOf(hit, site)}, so nobody can write an exemption there.${doubt} Managed services set one on their own resource groups. Leave this scope out, choose a wider scope, or have it excluded from the policy assignment.`,
  }));
};

const locked = (targets: readonly Target[], { locks, hierarchy }: Site): Obstacle[] => {
  if (locks === undefined) return [notChecked('Azure did not say whether a resource lock protects this scope.')];
  const inTheWay = locks.filter((lock) => targets.some(({ scope }) => covers(lock.scope, scope, hierarchy)));
  return inTheWay.map((lock) => {
    const which = `The lock “${lock.name}” on ${scopeLabel(lock.scope, hierarchy)}`;
    return lock.level === 'ReadOnly'
      ? {
          code: 'locked',
          kind: 'blocking',
          sentence: `${which} is read-only, so nothing can be written there. Have it removed first.`,
        }
      : {
          code: 'locked',
          kind: 'warning',
          sentence: `${which} prevents deletions: the exemption can be written, but not revoked until the lock is removed.`,
        };
  });
};

const full = (targets: readonly Target[], site: Site): Obstacle[] => {
  const { existing } = site;
  const over = targets.filter(({ scope }) => {
    const there = existing.filter((exemption) => sameId(exemption.scope, scope));
    const isNew = (target: Target): boolean => !there.some(({ id }) => sameId(id, target.exemptionId));
    const added = targets.filter((target) => sameId(target.scope, scope) && isNew(target));
    return there.length + added.length > mostPerScope;
  });
  if (over.length === 0) return [];
  return [
    {
      code: 'limit-reached',
      kind: 'blocking',
      sentence: `Azure allows ${mostPerScope.toLocaleString('en')} exemptions at one scope, and ${labelsOf(over, site)} has reached that limit. Have expired exemptions deleted there, or choose another scope.`,
    },
  ];
};

/** EPAC is known to leave alone what carries our mark of an owner; of other tools nobody knows. */
const managedBy = (tool: string): string =>
  tool === 'EPAC'
    ? 'EPAC manages policy at this scope. It leaves exemptions of Exemption Desk alone, unless its own files name them. Tell the team that runs it.'
    : `${tool} manages policy at this scope and may remove exemptions that it did not write. Tell the team that runs it, or add the exemption to its files too.`;

const managedElsewhere = (targets: readonly Target[], site: Site): Obstacle[] => {
  const { existing, assignments, hierarchy } = site;
  const owners = [
    ...assignments.filter(({ id }) => targets.some(({ assignmentId }) => sameId(assignmentId, id))),
    ...existing.filter((exemption) => targets.some(({ scope }) => covers(exemption.scope, scope, hierarchy))),
  ].flatMap(({ managedBy }) => managedBy ?? []);
  return [...new Set(owners)].map((tool) => ({
    code: 'managed-elsewhere',
    kind: 'warning',
    sentence: managedBy(tool),
  }));
};

const shortAction = (action: string): string => action.replace('Microsoft.Authorization/', '');

const isMissing = (site: Site, right: NeededRight): boolean => {
  const answer = site.may(right);
  return answer === false || answer === 'conditional';
};

/** Permissions in words, each with where it is needed. */
const rightsInWords = (rights: readonly NeededRight[], { hierarchy }: Site): string =>
  [...Map.groupBy(rights, ({ action }) => action)]
    .map(([action, at]) => `${shortAction(action)} in ${listed(at.map(({ scope }) => scopeLabel(scope, hierarchy)))}`)
    .join(' and ');

const lacking = (targets: readonly Target[], site: Site, kind: Obstacle['kind']): Obstacle => {
  const missing = rightsFor(targets).filter((right) => isMissing(site, right));
  const conditional = missing.some((right) => site.may(right) === 'conditional')
    ? ' A role of it names that permission, but under a condition that does not cover it, or that Exemption Desk cannot evaluate.'
    : '';
  return {
    code: 'bot-lacks-rights',
    kind,
    sentence: `Exemption Desk may not exempt from ${listed(targets.map((each) => each.assignmentName))}: its identity lacks ${rightsInWords(missing, site)}.${conditional} Have an Azure administrator grant it.`,
  };
};

export type Preflight = {
  readonly targets: readonly Target[];
  readonly leftOut: readonly string[];
  readonly obstacles: readonly Obstacle[];
};

const withinRights = (targets: readonly Target[], site: Site, partialRights: PartialRights): Preflight => {
  const isBeyond = (target: Target): boolean => rightsFor([target]).some((right) => isMissing(site, right));
  const beyond = targets.filter(isBeyond);
  const unknown = rightsFor(targets).filter((right) => site.may(right) === undefined);
  const open =
    unknown.length === 0
      ? []
      : [notChecked(`Azure did not say whether Exemption Desk may do what it needs: ${rightsInWords(unknown, site)}.`)];
  if (beyond.length === 0) return { targets, leftOut: [], obstacles: open };
  const within = targets.filter((target) => !isBeyond(target));
  if (partialRights === 'all-or-nothing' || within.length === 0)
    return { targets: [], leftOut: [], obstacles: [lacking(beyond, site, 'blocking')] };
  const leftOut = [...new Set(beyond.map((target) => target.assignmentName))];
  return { targets: within, leftOut, obstacles: [lacking(beyond, site, 'warning'), ...open] };
};

/**
 * The obstacles to writing the targets of a plan: the state of subscriptions, deny assignments, locks, limits, tools that would revert them, and missing permissions of
 * Exemption Desk. With `best-effort`, targets beyond these permissions are left out and named. Pure.
 */
export const preflightOf = (targets: readonly Target[], site: Site, partialRights: PartialRights): Preflight => {
  if (targets.length === 0) return { targets, leftOut: [], obstacles: [] };
  const rights = withinRights(targets, site, partialRights);
  const obstacles = [denied, locked, full, managedElsewhere].flatMap((rule) => rule(targets, site));
  return {
    ...rights,
    obstacles: [...rights.obstacles, ...subscriptionObstacles(targets, site.hierarchy), ...obstacles],
  };
};
