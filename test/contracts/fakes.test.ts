import { alice, bob, carol, dan, playground, root, shopGroup, shopProd, vm1 } from '../core/contoso.ts';
import { benchmark, now, ownInitiative, assignment } from '../core/policies.ts';
import { FakeAccess } from '../fakes/fake-access.ts';
import { fakeAzure } from '../fakes/fake-azure.ts';
import { FakeTenant, atRoot, disks } from '../fakes/fake-tenant.ts';
import { describeAzureSources } from './azure-sources.ts';
import { describeExemptionGateway } from './exemption-gateway.ts';

const group = 'aaaaaaaa-0000-4000-8000-0000000000aa';
const gone = `${shopProd}/resourceGroups/rg-gone`;
const sandboxed = assignment('sandboxed', playground, ownInitiative);

const make = () => {
  const tenant = new FakeTenant();
  tenant.assignments = [...tenant.assignments, sandboxed];
  tenant.deleted = [gone];
  const access = new FakeAccess(tenant);
  return { tenant, access, azure: fakeAzure(tenant, access, () => now) };
};

describeExemptionGateway('the fake Azure', async () => {
  const { tenant, azure } = make();
  return {
    gateway: azure.exemptions,
    every: azure.everyExemption,
    hierarchy: tenant.hierarchy,
    scope: vm1,
    assignmentId: atRoot.id,
    referenceId: 'diskEncryption',
    elsewhere: sandboxed.id,
    goneScope: gone,
    lock: (level) => void (tenant.locks = [{ scope: shopGroup, name: 'lock', level }]),
    takeRightsFromBot: () => void (tenant.botGrants = []),
    narrowInPortal: (id) =>
      tenant.change(id, { resourceSelectors: [[{ kind: 'resourceLocation', in: ['westeurope'], notIn: undefined }]] }),
  };
});

describeAzureSources('the fake Azure', async () => {
  const { tenant, access, azure } = make();
  access.give(alice, 'reader', shopGroup);
  access.give(bob, 'securityAdmin', root);
  access.deny(bob, `${shopProd}/resourceGroups/rg-managed`);
  access.putInGroup(bob, group);
  access.makeEligible(carol, 'securityAdmin', root);
  return {
    ...azure,
    reader: alice,
    admin: bob,
    eligible: carol,
    nobody: dan,
    groupOf: { person: bob, id: group },
    machine: vm1,
    otherSubscription: playground,
    deniedScope: `${shopProd}/resourceGroups/rg-managed`,
    recommendationKey: disks.key,
    assignmentId: atRoot.id,
    initiativeId: benchmark.id,
    hideGroups: () => void (access.groupsHidden = true),
    lock: () => void (tenant.locks = [{ scope: shopGroup, name: 'lock', level: 'ReadOnly' }]),
  };
});
