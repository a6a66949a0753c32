import { normalised } from '../arm-id.ts';
import type { Tags } from '../tenant.ts';

/** Tags of subscriptions and resources by name. Teams spell keys and values as they like, and not everything has any. */
const ofSubscription: Readonly<Record<string, Tags>> = {
  'shop-prod': { env: 'prod' },
  'shop-test': { env: 'test' },
  'corp-data': { Environment: 'Production' },
};

const ofResource: Readonly<Record<string, Tags>> = {
  // A copy of the logs for developers, in a group of production.
  stshoplogs: { Env: 'Dev', Owner: 'alice@contoso.com' },
  'vm-shop-1': { contact: 'Alice Anders; bob@contoso.com' },
  'kv-shop-prod': { 'cost center': '42 a, Größe' },
  'vm-shop-build-1': { env: 'build' },
};

export const subscriptionTags = (name: string): Tags | undefined => ofSubscription[name];
export const resourceTags = (name: string): Tags | undefined => ofResource[name];

/** Defender's rules made Alice the owner of what is to be done on the first machine and the vault of the shop. */
export const governanceOwnerOf = (resourceId: string): string | undefined =>
  /\/(vm-shop-2|kv-shop-prod)$/.test(normalised(resourceId)) ? 'alice@contoso.com' : undefined;
