import { normalised } from '../arm-id.ts';
import type { Tags } from '../tenant.ts';
import { pick, roll } from './dice.ts';

const environments: readonly [Tags, ...Tags[]] = [
  { env: 'prod' },
  { ENV: 'Prod' },
  { environment: 'production' },
  { env: 'dev' },
  { Environment: 'Test (old)' },
  {},
  {},
  {},
];

const owners: readonly [Tags, ...Tags[]] = [
  { Owner: 'alice@fabrikam.com' },
  { owner: 'Alice Anders, bob@fabrikam.com' },
  { contact: 'team-erp@fabrikam.com' },
  {},
  {},
  {},
  {},
  {},
];

/** Tags that teams gave a resource; most have none of their own. */
export const resourceTags = (id: string): Tags | undefined => {
  const key = normalised(id);
  if (roll(`tagged ${key}`, 3) > 0) return undefined;
  return { ...pick(`environment ${key}`, environments), ...pick(`owner ${key}`, owners) };
};

/** Every ninth subscription is tagged as a whole. */
export const subscriptionTags = (position: number): Tags | undefined =>
  position % 9 === 0 ? { Environment: 'Production', costcenter: `${4000 + position}` } : undefined;

const governors = ['alice@fabrikam.com', 'Team.CRM@fabrikam.com', 'j.fischer@fabrikam.com'] as const;

/** Who has to remediate by the rules of Defender, of about every fourth resource. */
export const governanceOwnerOf = (resourceId: string): string | undefined => {
  const key = normalised(resourceId);
  return roll(`governed ${key}`, 4) === 0 ? pick(`governor ${key}`, governors) : undefined;
};
