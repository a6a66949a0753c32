import {
  exemptionBody,
  exemptionPath,
  machine,
  openAzure,
  rowsOf,
  shopGroup,
  type SimulatedAzure,
} from './simulated-azure.ts';

const exemptions = "policyresources | where type == 'microsoft.authorization/policyexemptions' | project id";
const assignments = "policyresources | where type == 'microsoft.authorization/policyassignments' | project id";
const roles = "authorizationresources | where type == 'microsoft.authorization/roleassignments' | project id";
const exempt = `securityresources | where type == 'microsoft.security/assessments'
| where tostring(properties.status.cause) == 'Exempt' | project id`;
const states = `policyresources | where type == 'microsoft.policyinsights/policystates'
| where tostring(properties.complianceState) == 'Exempt' | project id`;
const defender = "securityresources | where type == 'microsoft.security/standardassignments' | project id";

type Change = (azure: SimulatedAzure) => unknown;
const write: Change = ({ send }) => send('bob', 'PUT', exemptionPath(machine('vm-shop-1'), 'mine'), exemptionBody());

const changes: readonly (readonly [what: string, question: string, change: Change])[] = [
  ['an exemption is written', exemptions, write],
  ['an exemption is removed', exemptions, ({ tenant }) => tenant.exemptions.remove(tenant.exemptions.all()[0]!.id)],
  ['exemptions end', exempt, ({ clock }) => clock.advance('P400D')],
  [
    'a written exemption shows its effect later',
    states,
    async (azure) => {
      await write(azure);
      await azure.query('bot', states);
      await azure.clock.advance('PT31S');
    },
  ],
  ['an assignment goes', assignments, ({ tenant }) => tenant.policyAssignments.pop()],
  ['a role is taken away', roles, ({ tenant }) => tenant.roleAssignments.pop()],
  ['an exemption made in Defender goes', defender, ({ tenant }) => tenant.standardAssignments.pop()],
];

describe('an answer of Resource Graph', () => {
  it.each(changes)('is another one as soon as %s', async (_, question, change) => {
    const azure = await openAzure();
    try {
      const ask = async () => rowsOf(await azure.query('bot', question));
      const before = await ask();
      expect(await ask()).toEqual(before);
      await change(azure);
      expect(await ask()).not.toEqual(before);
    } finally {
      await azure.simulator.close();
    }
  });

  it('belongs to whoever asked', async () => {
    const azure = await openAzure();
    try {
      const seenBy = async (who: string) => rowsOf(await azure.query(who, exempt)).map(({ id }) => String(id));
      const ofBot = await seenBy('bot');
      const ofAlice = await seenBy('alice');
      expect(ofAlice.length).toBeLessThan(ofBot.length);
      expect(ofAlice.every((id) => id.startsWith(shopGroup))).toBe(true);
    } finally {
      await azure.simulator.close();
    }
  });
});
