import { denialOf, type Denial } from '../../core/access/access.ts';
import type { ApproverSource, Directory, Principals, Refusal } from '../../core/access/approver-count.ts';
import { normalId, subscriptionOf } from '../../core/tenant/arm-id.ts';
import { everything, normalChain, subscriptionsBelow, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { denialsFor, denyAssignment, everybody, type DenyAssignment } from '../access/deny-assignments.ts';
import { understood } from '../client/failure.ts';
import { keptGroup, keptPerson } from './approver-directory.ts';
import { approverRole, keyOfScope, type ApproverRole } from './approver-roles.ts';
import type { MirrorReader } from './mirror-reader.ts';

/** A person waits for this, so no more groups than these are looked at; the others count as not read. */
const mostGroups = 50;

type Right = { readonly action: string; readonly scope: string };

const nobody: Principals = { people: [], groups: [] };

const together = (all: readonly Principals[]): Principals => ({
  people: [...new Set(all.flatMap(({ people }) => people))],
  groups: [...new Set(all.flatMap(({ groups }) => groups))],
});

const principalsOf = (roles: readonly ApproverRole[]): Principals => {
  const idsOf = (isGroup: boolean): string[] =>
    roles.filter((role) => role.isGroup === isGroup).map(({ principalId }) => principalId);
  return { people: idsOf(false), groups: idsOf(true) };
};

const namedIn = (list: DenyAssignment['properties']['principals']): Principals => {
  const those = list.map(({ id, type }) => ({ principalId: normalId(id), isGroup: type?.toLowerCase() === 'group' }));
  return principalsOf(those.map((each) => ({ ...each, actions: [] })));
};

/** The deny assignments that may refuse one of the rights. */
const refusalsIn = (found: readonly DenyAssignment[], rights: readonly Right[], hierarchy: Hierarchy): Refusal[] =>
  found.flatMap((one) => {
    // As for somebody whom it names and does not spare.
    const [first = { id: everybody }] = one.properties.principals;
    const person = { objectId: first.id, tenantId: '', name: '' };
    const asNamed = { ...one, properties: { ...one.properties, excludePrincipals: [] } };
    const denials: Denial[] = denialsFor(person, [], [asNamed]);
    const access = { grants: [], denials, eligible: [] };
    if (!rights.some(({ action, scope }) => denialOf(access, action, scope, hierarchy) !== undefined)) return [];
    const { principals, excludePrincipals } = one.properties;
    const of = principals.some(({ id }) => id === everybody) ? 'everybody' : namedIn(principals);
    return [{ of, but: namedIn(excludePrincipals) } as const];
  });

/** The subscriptions whose deny assignments tell of these scopes: their own, or for a management group any one below it. */
const subscriptionsFor = (rights: readonly Right[], hierarchy: Hierarchy): string[] => [
  ...new Set(
    rights.flatMap(({ scope }) => {
      const around = subscriptionOf(scope);
      return around === undefined ? subscriptionsBelow([scope], hierarchy).slice(0, 1) : [normalId(around)];
    }),
  ),
];

/** Answers from the mirror who could approve. */
export const createKeptApprovers = (mirror: MirrorReader, hierarchy: () => Promise<Hierarchy>): ApproverSource => {
  const holdersOf = async (rights: readonly Right[], places: Hierarchy): Promise<Principals[] | undefined> => {
    const keysOf = ({ scope }: Right): string[] => [...normalChain(scope, places), everything].map(keyOfScope);
    const answers = await Promise.all(rights.map((right) => mirror.some('approver-roles', keysOf(right))));
    return answers.includes(undefined)
      ? undefined
      : rights.map(({ action }, index) =>
          principalsOf(
            (answers[index]?.value ?? [])
              .map((row) => understood(approverRole, row))
              .filter(({ actions }) => actions.includes(action)),
          ),
        );
  };

  const refusals = async (rights: readonly Right[], places: Hierarchy) => {
    const subscriptions = subscriptionsFor(rights, places);
    const read = await mirror.usable('deny-assignments', subscriptions);
    const rows = await mirror.rows('deny-assignments', subscriptions);
    const found = rows.map((row) => understood(denyAssignment, row));
    return {
      refusals: refusalsIn(found, rights, places),
      mayRefuseMore: subscriptions.some((each) => !read.has(each)),
    };
  };

  const groupsAmong = async (ids: readonly string[]) => {
    const wanted = ids.slice(0, mostGroups);
    const read = await mirror.usable('approver-groups', wanted);
    const rows = (await mirror.rows('approver-groups', wanted)).map((row) => understood(keptGroup, row));
    return rows.filter(({ id }) => read.has(id));
  };

  const directoryOf = async (all: readonly Principals[]): Promise<Directory> => {
    const { people, groups } = together(all);
    const [kept, own] = await Promise.all([groupsAmong(groups), mirror.some('approver-people', people)]);
    const persons = (own?.value ?? []).map((row) => understood(keptPerson, row));
    return {
      groups: new Map(kept.map((each) => [each.id, { people: new Set(each.people), isWhole: each.isWhole }])),
      people: new Map(persons.map(({ id, couldDecide }) => [id, couldDecide])),
      names: new Map([
        ...kept.flatMap(({ names }) => Object.entries(names)),
        ...persons.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name] as const])),
      ]),
    };
  };

  return {
    factsFor: async ({ rights, lent, named }) => {
      const places = await hierarchy();
      const distinct = [...new Map(rights.map((each) => [`${each.action} ${normalId(each.scope)}`, each])).values()];
      const held = await holdersOf(distinct, places);
      if (held === undefined) return undefined;
      const byLending: Principals = { people: [], groups: lent.groups };
      const needs = [
        ...held.map((each, index) =>
          together([each, lent.actions.includes(distinct[index]?.action ?? '') ? byLending : nobody]),
        ),
        ...named,
      ];
      const denied = await refusals(distinct, places);
      const spelled = denied.refusals.flatMap(({ of, but }) => [...(of === 'everybody' ? [] : [of]), but]);
      const directory = await directoryOf([...needs, ...spelled]);
      const unread = together(needs).groups.filter((id) => directory.groups.get(id)?.isWhole !== true).length;
      return { question: { needs, ...denied }, directory, unread };
    },
  };
};
