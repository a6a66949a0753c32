import type { ManagementGroup } from '../tenant.ts';
import { numbersTo, pick } from './dice.ts';
import type { Oddity } from './oddities.ts';
import { tenantId } from './people.ts';

const fixed: readonly ManagementGroup[] = [
  { name: tenantId, displayName: 'Fabrikam Group (root)' },
  { name: 'fabrikam', displayName: 'Fabrikam', parent: tenantId },
  { name: 'fab-platform', displayName: 'Platform', parent: 'fabrikam' },
  { name: 'fab-landingzones', displayName: 'Landing zones', parent: 'fabrikam' },
  { name: 'fab-sandbox', displayName: 'Sandbox', parent: 'fabrikam' },
  { name: 'fab-corp', displayName: 'Corp', parent: 'fab-landingzones' },
  { name: 'Fab-Online', displayName: 'Online', parent: 'fab-landingzones' },
  { name: 'fab-regulated', displayName: 'Regulated', parent: 'fab-corp' },
];

const units = ['Retail', 'Logistics', 'Finance', 'Production', 'Research', 'Health'] as const;
const parents = ['fab-corp', 'Fab-Online', 'fab-regulated'] as const;

/** Four levels of fixed groups, and business units below the landing zones. */
export const managementGroupsOf = (
  count: number,
  has: (oddity: Oddity) => boolean,
): readonly [ManagementGroup, ...ManagementGroup[]] => {
  const [root, ...others] = fixed;
  if (root === undefined) throw new Error('There is no root.');
  const made = numbersTo(Math.max(0, count - fixed.length)).map((number): ManagementGroup => {
    const name = `fab-bu-${(number + 1).toString().padStart(3, '0')}`;
    const unit = pick(name, units);
    const parent = parents[number % parents.length] ?? parents[0];
    // The first two have one name.
    return {
      name,
      displayName: has('duplicateNames') ? (number < 2 ? 'Production' : unit) : `${unit} ${number + 1}`,
      parent,
    };
  });
  return [root, ...others, ...made];
};
