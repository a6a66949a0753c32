import type { ExemptionProperties } from '../policy-exemption.ts';
import type { Principal } from '../tenant.ts';
import { guidOf, pick, roll } from './dice.ts';
import type { Oddity } from './oddities.ts';
import { patPortal, programs } from './people.ts';

const dayInMs = 86_400_000;

/** A member that no published API version has, and the version that will know it. */
export const laterMember = { name: 'reviewCadence', version: '2027-03-01-preview' };

type Made = { readonly author: Principal; readonly by: Partial<ExemptionProperties> };

/** Who made an exemption, and the mark that a program leaves on it. */
export const makerOf = (seed: string, employees: readonly Principal[], has: (oddity: Oddity) => boolean): Made => {
  const side = roll(`maker ${seed}`, 20);
  if (has('madeByPrograms')) {
    if (side < 3)
      return { author: programs.epac, by: { metadata: { pacOwnerId: 'fab-platform', deployedBy: 'epac/fab' } } };
    if (side < 4) return { author: programs.terraform, by: { metadata: { managedBy: 'terraform' } } };
    if (side < 5) return { author: programs.pipeline, by: {} };
  }
  if (side < 12) return { author: patPortal, by: {} };
  return { author: employees[roll(`author ${seed}`, employees.length)] ?? patPortal, by: {} };
};

const reasons = [
  'Moves to the new platform next quarter.',
  'The vendor does not support it.',
  'Isolated network; accepted by the risk board, see "RB-77".',
  'ausgenommen bis zur Ablösung – Änderung läuft',
] as const;

const selectorsOf = (side: number): Partial<ExemptionProperties> => {
  if (side === 0)
    return {
      resourceSelectors: [{ name: 'one region', selectors: [{ kind: 'resourceLocation', in: ['westeurope'] }] }],
    };
  if (side !== 1) return {};
  const group = guidOf('group Security EMEA');
  return { resourceSelectors: [{ name: 'operators', selectors: [{ kind: 'groupPrincipalId', in: [group] }] }] };
};

/** End, texts and members of an exemption; some have nothing but what Azure demands. */
export const termsOf = (
  seed: string,
  now: Date,
  has: (oddity: Oddity) => boolean,
): Pick<ExemptionProperties, 'exemptionCategory'> & Partial<ExemptionProperties> => {
  const exemptionCategory = pick(`category ${seed}`, ['Waiver', 'Waiver', 'Mitigated', 'waiver'] as const);
  const end = roll(`end ${seed}`, 10);
  const expiresOn =
    end < 8
      ? new Date(now.getTime() + (roll(`days ${seed}`, 460) - 60) * dayInMs).toISOString()
      : '9999-12-31T23:59:59.9999999Z';
  const isEndless = end >= 8 && !has('endlessExemptions');
  if (has('bareExemptions') && roll(`bare ${seed}`, 12) === 0) return { exemptionCategory };
  return {
    exemptionCategory,
    displayName: `${pick(`title ${seed}`, ['Risk accepted', 'Legacy', 'Ausnahme', 'Waiver'] as const)} ${roll(seed, 10_000)}`,
    description: pick(`reason ${seed}`, reasons),
    ...(end < 9 && !isEndless && { expiresOn }),
    ...(has('laterMembers') && roll(`later ${seed}`, 40) === 0 && { [laterMember.name]: 'P90D' }),
    ...(has('selectors') && selectorsOf(roll(`selector ${seed}`, 50))),
  };
};
