import { createAzure } from '../../src/azure/azure.ts';
import { redirectingHttpClient } from '../../simulator/azure/redirecting-http-client.ts';
import { lock } from '../../simulator/tenant/locks.ts';
import { people } from '../../simulator/tenant/contoso/people.ts';
import { roles } from '../../simulator/tenant/role-definitions.ts';
import { credential } from '../azure/canned-http-client.ts';
import {
  assignmentId,
  benchmarkAtContoso,
  corpData,
  databricksGroup,
  machine,
  openAzure,
  shop,
  shopGroup,
  type SimulatedAzure,
} from '../simulator/azure/simulated-azure.ts';
import { describeAzureSources } from './azure-sources.ts';
import { describeExemptionGateway } from './exemption-gateway.ts';

const opened: SimulatedAzure[] = [];
afterEach(() => Promise.all(opened.splice(0).map(({ simulator }) => simulator.close())));

/** The adapters of the product on the simulated Azure, without the app. */
const make = async () => {
  const simulated = await openAzure({ effectDelay: 'PT0S' });
  opened.push(simulated);
  const { tenant, clock, simulator } = simulated;
  const origins = { 'https://management.azure.com': simulator.url, 'https://graph.microsoft.com': simulator.url };
  const azure = createAzure({
    credential,
    httpClient: redirectingHttpClient(origins),
    now: () => clock.now(),
    pause: async () => undefined,
  });
  return { tenant, azure };
};
const personNamed = (key: string) => people.find((each) => each.key === key)!;

describeExemptionGateway('the simulated Azure', async () => {
  const { tenant, azure } = await make();
  return {
    gateway: azure.exemptions,
    every: azure.everyExemption,
    hierarchy: await azure.hierarchy(),
    scope: machine('vm-shop-1'),
    assignmentId: benchmarkAtContoso,
    referenceId: 'jitNetworkAccessMonitoring',
    elsewhere: assignmentId('/providers/Microsoft.Management/managementGroups/corp', 'corp-baseline'),
    goneScope: `${shop}/resourceGroups/rg-gone`,
    lock: (level) => void lock(tenant, shopGroup, level),
    takeRightsFromBot: () => {
      const reading = tenant.roleAssignments.map((each) =>
        each.role === roles.exemptionDesk ? { ...each, role: roles.reader } : each,
      );
      tenant.roleAssignments.splice(0, reading.length, ...reading);
    },
    narrowInPortal: (id) => {
      const found = tenant.exemptions.find(id)!;
      const selectors = [{ kind: 'resourceLocation', in: ['westeurope'] } as const];
      tenant.exemptions.write({
        ...found,
        properties: { ...found.properties, resourceSelectors: [{ name: 'west', selectors }] },
      });
    },
  };
});

describeAzureSources('the simulated Azure', async () => {
  const { tenant, azure } = await make();
  const bob = personNamed('bob');
  const { assessmentKey } = tenant.recommendations.find(({ displayName }) => /just-in-time/i.test(displayName))!;
  return {
    ...azure,
    reader: personNamed('alice'),
    admin: bob,
    eligible: personNamed('frank'),
    nobody: personNamed('dan'),
    groupOf: { person: bob, id: tenant.groups.find(({ members }) => members.includes(bob.objectId))!.id },
    machine: machine('vm-shop-1'),
    otherSubscription: corpData,
    deniedScope: databricksGroup,
    recommendationKey: assessmentKey,
    assignmentId: benchmarkAtContoso,
    initiativeId: tenant.policyAssignments.find(({ id }) => id === benchmarkAtContoso)!.policyDefinitionId,
    hideGroups: () => void (tenant.settings.groupsReadable = false),
    lock: () => void lock(tenant, shopGroup, 'ReadOnly'),
  };
});
