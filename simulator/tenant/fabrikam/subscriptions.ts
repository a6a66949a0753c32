import type { ManagementGroup, Subscription } from '../tenant.ts';
import { numbersTo, pick } from './dice.ts';
import type { Oddity } from './oddities.ts';
import { otherTenantId, tenantId } from './people.ts';
import { subscriptionTags } from './tags.ts';

/** The subscriptions with a part in the stories, by their position. */
export const parts = {
  shop: 0,
  shopStage: 1,
  twin: 2,
  hub: 3,
  disabled: 4,
  pastDue: 5,
  notRegistered: 6,
  withoutPlan: 7,
  invisible: 8,
  lighthouse: 9,
  warned: 10,
  oddlyNamed: 11,
} as const;

export const subscriptionIdAt = (position: number): string =>
  `2${position.toString(16).padStart(7, '0')}-0000-4000-8000-00000000fab0`;

export const longName = 'a-name-as-long-as-resource-manager-allows-'.repeat(3).slice(0, 90);

const workloads = ['erp', 'crm', 'data', 'iot', 'web', 'pay', 'mail', 'lab', 'bi', 'sap'] as const;
const stages = ['prod', 'test', 'dev'] as const;

/** Which business unit a subscription is in; the stories' first two are in the landing zones. */
const groupAt = (position: number, groups: readonly ManagementGroup[]): string => {
  if (position === parts.shop || position === parts.shopStage) return 'Fab-Online';
  if (position === parts.hub) return 'fab-platform';
  const homes = groups.filter(({ name }) => name.startsWith('fab-bu-') || name === 'fab-sandbox');
  return homes[position % homes.length]?.name ?? 'fab-sandbox';
};

const nameAt = (position: number, has: (oddity: Oddity) => boolean): string => {
  if (position === parts.shop) return 'shop-prod';
  if (position === parts.shopStage) return 'shop-stage';
  if (position === parts.twin && has('duplicateNames')) return 'shop-prod';
  if (position === parts.hub) return 'connectivity';
  if (position === parts.oddlyNamed && has('oddNames')) return '100% R&D, "Nord" #2 – Größe/様式';
  const id = subscriptionIdAt(position);
  if (position % 25 === 13 && has('duplicateNames')) return 'Azure subscription 1';
  return `${pick(`workload ${id}`, workloads)}-${pick(`stage ${id}`, stages)}-${(position + 1).toString().padStart(4, '0')}`;
};

const troubleAt = (position: number, has: (oddity: Oddity) => boolean): Partial<Subscription> => {
  const { disabled, pastDue, warned, notRegistered, withoutPlan, invisible, lighthouse } = parts;
  if (has('subscriptionStates')) {
    if (position === disabled) return { state: 'Disabled' };
    if (position === pastDue) return { state: 'PastDue' };
    if (position === warned) return { state: 'Warned' };
  }
  if (position === notRegistered && has('withoutDefender')) return { defender: 'not registered' };
  if ((position === withoutPlan || position % 40 === 39) && has('withoutCspm')) return { defender: 'no plan' };
  if (position === invisible && has('invisibleToBot')) return { managementGroup: tenantId };
  return position === lighthouse && has('lighthouse') ? { managementGroup: '', tenantId: otherTenantId } : {};
};

export const subscriptionsOf = (
  count: number,
  groups: readonly ManagementGroup[],
  has: (oddity: Oddity) => boolean,
): readonly Subscription[] =>
  numbersTo(count).map((position) => ({
    subscriptionId: subscriptionIdAt(position),
    name: nameAt(position, has),
    managementGroup: groupAt(position, groups),
    tags: subscriptionTags(position),
    ...troubleAt(position, has),
  }));
