import type { ResourceGroup, Subscription } from '../tenant.ts';
import { numbersTo, pick } from './dice.ts';
import type { Oddity } from './oddities.ts';
import { longName, parts, subscriptionIdAt } from './subscriptions.ts';

const locations = ['westeurope', 'northeurope', 'eastus', 'southeastasia', 'swedencentral'] as const;
const owners = ['team-erp@fabrikam.com', 'Team CRM', 'j.fischer@fabrikam.com; a.brown@fabrikam.com', '4711'] as const;

export const groupIn = (
  subscriptionId: string,
  name: string,
  { spelling = 'resourceGroups', ...more }: Partial<ResourceGroup> & { readonly spelling?: string } = {},
): ResourceGroup => ({
  id: `/subscriptions/${subscriptionId}/${spelling}/${name}`,
  name,
  subscriptionId,
  location: pick(`location ${subscriptionId} ${name}`, locations),
  tags: { owner: pick(`owner ${subscriptionId} ${name}`, owners) },
  ...more,
});

const groupsPerSubscription = 10;

const namesIn = (position: number, has: (oddity: Oddity) => boolean): readonly string[] => {
  if (position === parts.shop) return ['rg-shop-prod', 'rg-shop-platform'];
  if (position === parts.shopStage) return ['rg-shop-stage', 'rg-shop-archive'];
  if (position === parts.twin && has('duplicateNames')) return ['rg-shop-prod'];
  if (position === parts.oddlyNamed && has('oddNames')) return ['rg (Köln), «Größe».東京', longName];
  return [];
};

/** The groups that people made; those of the stories come first. */
export const resourceGroupsIn = (
  { subscriptionId }: Subscription,
  position: number,
  has: (oddity: Oddity) => boolean,
): readonly ResourceGroup[] => {
  const id = subscriptionIdAt(position);
  const ordinary = numbersTo(groupsPerSubscription).map((number) => `rg-${id.slice(4, 8)}-${number + 1}`);
  return [...namesIn(position, has), ...ordinary].map((name, at) =>
    groupIn(subscriptionId, name, has('mixedCaseIds') && at % 7 === 6 ? { spelling: 'resourcegroups' } : {}),
  );
};
