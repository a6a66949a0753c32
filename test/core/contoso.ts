import fc from 'fast-check';
import { managementGroupId } from '../../src/core/tenant/arm-id.ts';
import type { Hierarchy } from '../../src/core/tenant/hierarchy.ts';
import type { Person } from '../../src/core/person.ts';

const tenantId = '00000000-0000-4000-8000-000000000001';

/** Contoso > Landing zones > Online > shop-prod, shop-test; Contoso > Sandbox > playground. */
export const contoso: Hierarchy = {
  managementGroups: [
    { name: tenantId, displayName: 'Contoso', ancestors: [] },
    { name: 'landingzones', displayName: 'Landing zones', ancestors: [tenantId] },
    { name: 'online', displayName: 'Online', ancestors: ['landingzones', tenantId] },
    { name: 'sandbox', displayName: 'Sandbox', ancestors: [tenantId] },
  ],
  subscriptions: [
    {
      id: '/subscriptions/10000000-0000-4000-8000-000000000001',
      displayName: 'shop-prod',
      ancestors: ['online', 'landingzones', tenantId],
    },
    {
      id: '/subscriptions/10000000-0000-4000-8000-000000000010',
      displayName: 'shop-test',
      ancestors: ['online', 'landingzones', tenantId],
    },
    {
      id: '/subscriptions/20000000-0000-4000-8000-000000000002',
      displayName: 'playground',
      ancestors: ['sandbox', tenantId],
    },
  ],
};

export const root = managementGroupId(tenantId);
export const landingZones = managementGroupId('landingzones');
export const online = managementGroupId('online');
export const sandbox = managementGroupId('sandbox');
export const shopProd = '/subscriptions/10000000-0000-4000-8000-000000000001';
export const shopTest = '/subscriptions/10000000-0000-4000-8000-000000000010';
export const playground = '/subscriptions/20000000-0000-4000-8000-000000000002';
export const shopGroup = `${shopProd}/resourceGroups/rg-shop`;
export const shopGroup2 = `${shopProd}/resourceGroups/rg-shop-2`;
export const vm1 = `${shopGroup}/providers/Microsoft.Compute/virtualMachines/vm1`;
export const vm10 = `${shopGroup}/providers/Microsoft.Compute/virtualMachines/vm10`;
export const sqlServer = `${shopGroup}/providers/Microsoft.Sql/servers/sql1`;
export const sqlDatabase = `${sqlServer}/databases/orders`;
export const pricing = `${shopProd}/providers/Microsoft.Security/pricings/VirtualMachines`;

/** What lies directly in what, written down by hand as an answer that owes nothing to the code under test. */
const parentOf: Readonly<Record<string, string | undefined>> = {
  [landingZones]: root,
  [online]: landingZones,
  [sandbox]: root,
  [shopProd]: online,
  [shopTest]: online,
  [playground]: sandbox,
  [shopGroup]: shopProd,
  [shopGroup2]: shopProd,
  [vm1]: shopGroup,
  [vm10]: shopGroup,
  [sqlServer]: shopGroup,
  [sqlDatabase]: sqlServer,
  [pricing]: shopProd,
};

export const places: readonly string[] = [root, ...Object.keys(parentOf)];

export const inside = (narrow: string, wide: string): boolean => {
  for (let at: string | undefined = narrow; at !== undefined; at = parentOf[at]) if (at === wide) return true;
  return wide === '/';
};

export const place = fc.constantFrom(...places);

/** The same text in another casing, letter by letter. */
export const recased = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) => Array.from(text, (each, at) => (upper[at] ? each.toUpperCase() : each.toLowerCase())).join(''));

const person = (name: string, number: number): Person => ({
  objectId: `aaaaaaaa-0000-4000-8000-00000000000${number}`,
  tenantId,
  name,
});

export const alice = person('Alice Adler', 1);
export const bob = person('Bob Berger', 2);
export const carol = person('Carol Costa', 3);
export const dan = person('Dan Dorn', 4);
