import { shortTypeNames, typeHint, typesMeant } from '../../../src/core/tenant/resource-type-names.ts';

describe('the name of a type of resources', () => {
  it.each([
    ['VM', ['microsoft.compute/virtualmachines']],
    ['kv', ['microsoft.keyvault/vaults', 'microsoft.keyvault/managedhsms']],
    ['virtualMachines', ['virtualmachines']],
    ['Microsoft.Web/sites', ['microsoft.web/sites']],
    ['constructor', ['constructor']],
  ])('%s means what people call so, or a type of Azure', (typed, types) => {
    expect(typesMeant(typed)).toEqual(types);
  });

  it('is corrected only where it is neither', () => {
    for (const typed of ['', 'vm', 'KV', 'microsoft.x/y']) expect(typeHint(typed)).toBe('');
    expect(typeHint('storrage')).toContain('Did you mean type:storage?');
    expect(typeHint('constructor')).toContain('no short name');
  });

  it('is written in lower case, each with a whole type', () => {
    for (const name of shortTypeNames)
      for (const type of typesMeant(name)) expect(type).toMatch(/^microsoft\.[a-z]+\/[a-z/]+$/);
  });
});
