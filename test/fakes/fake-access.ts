import {
  deleteExemptions,
  exemptFromAssignment,
  readAssessments,
  readExemptions,
  writeExemptions,
  type Access,
  type AccessSource,
  type Denial,
  type Grant,
} from '../../src/core/access/access.ts';
import { readCondition } from '../../src/core/access/read-condition.ts';
import type { Person } from '../../src/core/person.ts';
import { covers } from '../../src/core/tenant/hierarchy.ts';
import type { FakeTenant } from './fake-tenant.ts';

const roles = {
  reader: ['*/read'],
  contributor: ['*/read', 'Microsoft.Resources/deployments/*'],
  securityAdmin: ['*/read', writeExemptions, deleteExemptions, exemptFromAssignment],
  /** May write exemptions, but not exempt from a policy assignment. */
  exemptionWriter: ['*/read', writeExemptions, deleteExemptions],
  /** May write exemptions, and delete none. */
  exemptionCreator: ['*/read', writeExemptions, exemptFromAssignment],
  alertReader: [readAssessments, readExemptions],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type RoleName = keyof typeof roles;

const grantOf = (roleName: RoleName, scope: string, condition?: string): Grant => ({
  scope,
  roleName,
  actions: roles[roleName],
  notActions: [],
  conditions: condition === undefined ? [] : [readCondition(condition)],
});

type Rights = Access & { readonly groups: readonly string[] };
const none: Rights = { grants: [], denials: [], eligible: [], groups: [] };

/** Who may do what in a fake tenant. */
export class FakeAccess implements AccessSource {
  /** Microsoft Graph does not let the bot see who is in which group. */
  groupsHidden = false;
  /** Azure does not say which roles somebody could activate. */
  eligibleHidden = false;
  readonly #tenant: FakeTenant;
  readonly #rights = new Map<string, Rights>();

  constructor(tenant: FakeTenant) {
    this.#tenant = tenant;
  }

  readonly #of = ({ objectId }: Person): Rights => this.#rights.get(objectId.toLowerCase()) ?? none;
  readonly #change = (person: Person, change: (rights: Rights) => Partial<Rights>): void => {
    const rights = this.#of(person);
    this.#rights.set(person.objectId.toLowerCase(), { ...rights, ...change(rights) });
  };

  readonly give = (person: Person, role: RoleName, scope: string, condition?: string): void =>
    this.#change(person, ({ grants }) => ({ grants: [...grants, grantOf(role, scope, condition)] }));

  /** Takes every role, denial and group away. */
  readonly takeAll = (person: Person): void => void this.#rights.delete(person.objectId.toLowerCase());

  readonly makeEligible = (person: Person, role: RoleName, scope: string): void =>
    this.#change(person, ({ eligible }) => ({ eligible: [...eligible, grantOf(role, scope)] }));

  readonly deny = (person: Person, scope: string, actions: readonly string[] = ['*']): void => {
    const denial: Denial = {
      scope,
      name: 'managed',
      actions,
      notActions: [],
      conditions: [],
      appliesToChildScopes: true,
    };
    this.#change(person, ({ denials }) => ({ denials: [...denials, denial] }));
  };

  readonly putInGroup = (person: Person, group: string): void =>
    this.#change(person, ({ groups }) => ({ groups: [...groups, group] }));

  readonly forReading: AccessSource['forReading'] = async (person) => {
    const { grants, denials } = this.#of(person);
    return { grants, denials, eligible: [] };
  };

  readonly forDecision: AccessSource['forDecision'] = async (person, scopes) => {
    const isAround = ({ scope }: { readonly scope: string }): boolean =>
      scopes.some((each) => covers(scope, each, this.#tenant.hierarchy));
    const { grants, denials, eligible } = this.#of(person);
    return {
      grants: grants.filter(isAround),
      denials: denials.filter(isAround),
      eligible: eligible.filter(isAround),
    };
  };

  readonly eligibleRoles: AccessSource['eligibleRoles'] = async (person) =>
    this.eligibleHidden ? undefined : this.#of(person).eligible;

  readonly groupsForDecision: AccessSource['groupsForDecision'] = async (person) =>
    this.groupsHidden ? undefined : this.#of(person).groups;
}
