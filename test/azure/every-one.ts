import type { Azure } from '../../src/azure/azure.ts';
import type { Exemption } from '../../src/core/exemption/exemption.ts';

/** Every exemption of Azure Policy, in one list. */
export const everyOne = async ({ everyExemption }: Pick<Azure, 'everyExemption'>): Promise<Exemption[]> => {
  const found: Exemption[] = [];
  for await (const page of everyExemption.ofPolicy()) found.push(...page);
  return found;
};
