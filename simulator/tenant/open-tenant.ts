import { createTenant } from './contoso/create-tenant.ts';
import { createFabrikam } from './fabrikam/create-fabrikam.ts';
import type { Oddities } from './fabrikam/oddities.ts';
import type { KeptTenant } from './kept-tenant.ts';
import type { Tenant } from './tenant.ts';

/** Which simulated tenant somebody wants. */
export type TenantWish = {
  /** Contoso by default; Fabrikam is large and untidy. */
  readonly tenant?: 'contoso' | 'fabrikam';
  /** Of Fabrikam: how many subscriptions it has (30 by default), how many exemptions, and which oddities are turned off. */
  readonly subscriptions?: number;
  readonly exemptions?: number;
  readonly oddities?: Oddities;
};

const usualSubscriptions = 30;

/** Which tenant a kept world is about. */
export const nameOfTenant = ({ tenant = 'contoso', subscriptions = usualSubscriptions }: TenantWish): string =>
  tenant === 'contoso' ? tenant : `${tenant} with ${subscriptions} subscriptions`;

export const openTenant = (
  { tenant, subscriptions = usualSubscriptions, exemptions, oddities }: TenantWish,
  now: () => Date,
  kept?: KeptTenant,
): Tenant =>
  tenant === 'fabrikam'
    ? createFabrikam({ now, subscriptions, exemptions, oddities, kept })
    : createTenant({ now, kept });
